"""Reports as plain text, for reading on a terminal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, CellKind, Column, Report
from tracker.exports.cells import iso

UNDEFINED = "—"


def text_of(report: Report) -> str:
    """A report as aligned columns under what it counts, and its checks below."""
    zone = ZoneInfo(report.zone)
    lines = [[shown(row[column.key], column, zone) for column in report.columns] for row in report.rows]
    table = [[column.label for column in report.columns], *lines]
    widths = [max(len(line[place]) for line in table) for place in range(len(report.columns))]
    checks = [f"{'Holds' if check.holds else 'DOES NOT HOLD'}: {check.sentence}" for check in report.checks]
    head = f"{report.title}. {report.cohort} As of {iso(report.as_of, zone)}, {report.zone}."
    body = ["  ".join(_aligned(line, widths, report.columns)).rstrip() for line in table]
    return "\n".join([head, "", *body, "", *checks]).rstrip() + "\n"


def _aligned(line: list[str], widths: list[int], columns: tuple[Column, ...]) -> list[str]:
    return [
        text.ljust(width) if column.kind is CellKind.TEXT else text.rjust(width)
        for text, width, column in zip(line, widths, columns, strict=True)
    ]


def shown(cell: Cell, column: Column, zone: ZoneInfo) -> str:
    """A cell on one line, as people read it; what is undefined is a dash."""
    if cell is None:
        return UNDEFINED
    if isinstance(cell, datetime):
        return iso(cell, zone)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if column.kind is CellKind.SHARE:
        return f"{float(cell):.1%}"
    if column.kind is CellKind.NUMBER:
        return f"{float(cell):.3g}"
    # A line of a table is one line, whatever a name holds.
    return (
        f"{cell:.1f}"
        if isinstance(cell, float)
        else "".join(c if c.isprintable() else "�" for c in str(cell))
    )
