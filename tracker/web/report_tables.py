"""A report as a table on a page: cells as people read them, and the address behind each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import url_for

from tracker.domain.dispositions import DECIDED_BY_LABELS, DISPOSITION_REASONS
from tracker.domain.eeo1 import EEO1_CATEGORY_LABELS
from tracker.domain.metrics.adverse_impact import TEST_LABELS
from tracker.domain.metrics.impact_counts import BASIS_LABELS, HIRED
from tracker.domain.metrics.spells import SPELL_END_LABELS
from tracker.domain.offers import OFFER_ANSWER_LABELS
from tracker.domain.outlines.outline import Outline
from tracker.domain.report_addresses import named_as
from tracker.domain.report_comparisons import gone, place_of
from tracker.domain.reports import Cell, CellKind, Column, Report, Row
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, Stage

MOST_JOBS = 12
"""How many jobs a page shows one by one; files hold all."""
_WORDS: dict[str, Mapping[Any, str]] = {
    "stage": {**STAGE_LABELS, HIRED: "Hired"},
    "became": SPELL_END_LABELS,
    "basis": BASIS_LABELS,
    "test": TEST_LABELS,
    "decided_by": DECIDED_BY_LABELS,
    "reason": {reason.key: reason.label for reason in DISPOSITION_REASONS.values()},
    "answer": OFFER_ANSWER_LABELS,
    "furthest_stage": STAGE_LABELS,
    "disposition": OUTCOME_LABELS,
    "eeo1_category": EEO1_CATEGORY_LABELS,
    "decision": OUTCOME_LABELS,
    "counted_as": {"entered": "Entered", "open_at_start": "Open at start"},
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the page: its words, the address of the rows behind it if it opens, and what it was in the
    window before where that is compared."""

    text: str
    column: Column
    href: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the page with its headers and lines."""

    caption: str
    headers: list[dict[str, str]]
    lines: list[list[ShownCell]]


Earlier = Sequence[Row] | None
"""The rows of the same report in the window before, if it is compared."""


def tables(
    report: Report, outline: Outline, rows: Sequence[Row], asked: Mapping[str, str], earlier: Earlier = None
) -> list[ShownTable]:
    """The tables of a report: for several jobs, first their sum, then each job by itself."""
    if earlier is not None:
        rows = [*rows, *gone(report, outline, rows, earlier)]
    jobs = list(dict.fromkeys(row["job"] for row in rows if "job" in row))
    whole = [column for column in report.columns if column.key != "job"]
    parts = list(dict.fromkeys(row[outline.split_by] for row in rows)) if outline.split_by else []
    if len(parts) > 1:
        columns = tuple(column for column in report.columns if column.key != outline.split_by)
        return [
            _table(str(part), columns, outline, [row for row in rows if row[outline.split_by] == part], asked)
            for part in parts
        ]
    if len(jobs) <= 1 or not outline.is_by_job:
        # The headline names a job that was asked for.
        columns = tuple(whole) if "job" in asked and outline.is_by_job else report.columns
        return [_table(report.title, columns, outline, rows, asked, earlier)]
    summed = None if earlier is None else _summed(earlier, whole)
    sums = _summed(rows, whole) if report.sums is None else report.sums.rows
    shown = [_table("All jobs", tuple(whole), outline, _without_job(sums), asked, summed)]
    own: dict[Cell, list[Row]] = {job: [] for job in jobs[:MOST_JOBS]}
    for row in rows:
        if row["job"] in own:
            own[row["job"]].append(row)
    for job, of_job in own.items():
        shown.append(_table(str(job), tuple(whole), outline, of_job, asked, earlier))
    return shown


def text_of(column: Column, cell: Cell) -> str:
    """A cell as people read it; instants are the template's to write."""
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if column.key in _WORDS:
        return _WORDS[column.key].get(str(cell), str(cell))
    if column.kind is CellKind.SHARE:
        return f"{float(str(cell)):.1%}"
    if column.kind is CellKind.DAYS:
        return f"{float(str(cell)):,.1f}"
    if column.kind is CellKind.MONEY:
        return "; ".join(map(_amount, str(cell).split("; ")))
    if column.kind is CellKind.NUMBER:
        return _number(float(str(cell)))
    return f"{cell:,}" if isinstance(cell, int) and column.key != "application" else str(cell)


def _number(value: float) -> str:
    """Two decimals, and three where the first two say nothing."""
    if 0 < abs(value) < 0.0005:
        return "< 0.001"
    return f"{value:,.3f}" if abs(value) < 0.1 else f"{value:,.2f}"


def _amount(text: str) -> str:
    """An amount as the report holds it, with its thousands set apart."""
    number, _, currency = text.partition(" ")
    whole, _, cents = number.partition(".")
    return f"{int(whole):,}.{cents} {currency}"


def _table(
    caption: str,
    columns: tuple[Column, ...],
    outline: Outline,
    rows: Sequence[Row],
    asked: Mapping[str, str],
    earlier: Earlier = None,
) -> ShownTable:
    headers = [_header(column) for column in columns]
    lines = [[_cell(column, row, outline, asked) for column in columns] for row in rows]
    if earlier is not None:
        was = {place_of(outline, row): row for row in earlier}
        for line, row in zip(lines, rows, strict=True):
            line[:] = [replace(cell, was=_was(cell.column, was.get(place_of(outline, row)))) for cell in line]
    return ShownTable(caption, headers, lines)


def _was(column: Column, row: Row | None) -> str:
    """What a number was in the window before; words have nothing to compare."""
    if column.kind in (CellKind.TEXT, CellKind.INSTANT):
        return ""
    if row is None:
        return "0" if column.kind is CellKind.COUNT else "—"
    return _shown(column, row)


def _header(column: Column) -> dict[str, str]:
    return {"label": column.label, "kind": "" if column.kind is CellKind.TEXT else "num"}


def _cell(column: Column, row: Row, outline: Outline, asked: Mapping[str, str]) -> ShownCell:
    value = row[column.key]
    href = ""
    if column.key in outline.openable and value:
        named = {named_as(key): row[key] for key in outline.named_by}
        figure: dict[str, Any] = {**asked, **named, "figure": column.key}
        if "job_id" in row:
            figure["job"] = row["job_id"]
        href = url_for("reports.rows", name=outline.name.value, **figure)
    return ShownCell(_shown(column, row), column, href)


def _shown(column: Column, row: Row) -> str:
    """A cell in words; a median that is not reached is longer than the longest seen."""
    value = row[column.key]
    if value is None and column.key == "km_median_days" and row["longest_days"] is not None:
        return f"> {float(str(row['longest_days'])):,.1f}"
    return text_of(column, value)


def _without_job(rows: Sequence[Row]) -> list[Row]:
    """Rows of all jobs, whose numbers open to those of no single one."""
    return [{key: cell for key, cell in row.items() if key not in ("job", "job_id")} for row in rows]


def _summed(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    counts = [column.key for column in columns if column.kind is CellKind.COUNT]
    by_stage: dict[Cell, list[Row]] = {stage.value: [] for stage in Stage}
    for row in rows:
        by_stage[row["stage"]].append(row)
    return [
        {"stage": stage, **{key: sum(cast(int, row[key]) for row in own) for key in counts}}
        for stage, own in by_stage.items()
    ]
