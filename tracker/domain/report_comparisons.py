"""A report beside the same one in the window before: which rows belong together, and both in one table."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from tracker.domain.outlines.outline import Outline
from tracker.domain.reports import Cell, CellKind, Check, Column, Report, Row, in_words

BEFORE = "before_"
"""How the key of a number in the window before begins."""
_WORDS = (CellKind.TEXT, CellKind.INSTANT)


def place_of(outline: Outline, row: Row) -> tuple[Cell, ...]:
    """What tells a row of the report from the others."""
    return (row.get("job_id"), *(row[key] for key in outline.named_by))


def gone(report: Report, outline: Outline, rows: Sequence[Row], earlier: Sequence[Row]) -> list[Row]:
    """Rows that were there in the window before only: nothing of them is counted now."""
    here = {place_of(outline, row) for row in rows}
    nothing = {
        column.key: 0 if column.kind is CellKind.COUNT else None
        for column in report.columns
        if column.kind is not CellKind.TEXT
    }
    return [{**row, **nothing, "longest_days": None} for row in earlier if place_of(outline, row) not in here]


def beside_before(report: Report, earlier: Report, outline: Outline) -> Report:
    """The report with each number followed by what it was in the window before, for files and scripts."""
    rows, was_rows = list(report.rows), list(earlier.rows)
    was = {place_of(outline, row): row for row in was_rows}
    numbers = [column for column in report.columns if column.kind not in _WORDS]
    columns: list[Column] = []
    for column in report.columns:
        columns.append(column)
        if column in numbers:
            columns.append(Column(f"{BEFORE}{column.key}", f"{column.label}, before", column.kind))
    return replace(
        report,
        columns=tuple(columns),
        rows=[
            {**row, **_before(numbers, was.get(place_of(outline, row)))}
            for row in [*rows, *gone(report, outline, rows, was_rows)]
        ],
        definitions={
            **report.definitions,
            "window_before": f"{earlier.cohort} As of {in_words(earlier.as_of, ZoneInfo(earlier.zone))}, so"
            " that both had the same time to come to something.",
        },
        checks=(*report.checks, *(_of_before(check) for check in earlier.checks)),
    )


def _before(numbers: Sequence[Column], row: Row | None) -> dict[str, Cell]:
    """The numbers of a row in the window before; where it was not there, none were counted."""
    nothing = {column.key: 0 if column.kind is CellKind.COUNT else None for column in numbers}
    return {f"{BEFORE}{column.key}": (row or nothing)[column.key] for column in numbers}


def _of_before(check: Check) -> Check:
    return Check(f"{BEFORE}{check.key}", f"The window before: {check.sentence}", check.holds)
