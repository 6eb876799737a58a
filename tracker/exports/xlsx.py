"""Reports as a workbook: typed cells, a frozen header with filters, and a sheet that says what they mean."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, CellKind, Column, Report, Row
from tracker.late import Late

# Every page would wait for it at the start of the server; only workbooks need it.
if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Late("xlsxwriter")

MOST_ROWS = 1_048_575
"""How many rows a sheet holds below its header."""
MOST_CHARACTERS = 32_767
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_NUMBER_FORMATS = {
    CellKind.COUNT: "#,##0",
    CellKind.SHARE: "0.0%",
    CellKind.DAYS: "0.0",
    CellKind.INSTANT: "yyyy-mm-dd hh:mm:ss",
}
_WIDTHS = {CellKind.TEXT: 24, CellKind.INSTANT: 20}


def write_xlsx(report: Report, out: IO[bytes]) -> None:
    """Write the workbook of a report; instants are in its zone, which the header names.

    Its rows pass through a temporary file, so memory stays flat.
    """
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _NUMBER_FORMATS.items()}
        bold = book.add_format({"bold": True, "bottom": 1})
        for number, rows in enumerate(_sheets(report.rows), start=1):
            title = report.title if number == 1 else f"{report.title} {number}"
            _write_rows(book.add_worksheet(title[:31]), report, rows, formats, bold)
        _write_meaning(book.add_worksheet("Definitions"), report, bold)


def _sheets(rows: Iterable[Row]) -> Iterator[Iterable[Row]]:
    """The rows, parted where a sheet is full; one sheet even if there are none."""
    coming = iter(rows)
    yield islice(coming, MOST_ROWS)
    for row in coming:
        yield islice(chain([row], coming), MOST_ROWS)


def _write_rows(
    sheet: Any, report: Report, rows: Iterable[Row], formats: dict[CellKind, Any], bold: Any
) -> None:
    zone = ZoneInfo(report.zone)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(report.columns):
        sheet.set_column(place, place, _WIDTHS.get(column.kind, 12))
        sheet.write_string(0, place, _header(column, report.zone), bold)
    written = 0
    for written, row in enumerate(rows, start=1):
        for place, column in enumerate(report.columns):
            _write_cell(sheet, written, place, row[column.key], formats.get(column.kind), zone)
    sheet.autofilter(0, 0, written, len(report.columns) - 1)


def _write_cell(sheet: Any, line: int, place: int, cell: Cell, form: Any, zone: ZoneInfo) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(line, place, cell[:MOST_CHARACTERS])
    elif isinstance(cell, bool):
        sheet.write_boolean(line, place, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, place, cell.astimezone(zone).replace(tzinfo=None), form)
    else:
        sheet.write_number(line, place, cell, form)


def _header(column: Column, zone: str) -> str:
    return f"{column.label} ({zone})" if column.kind is CellKind.INSTANT else column.label


def _write_meaning(sheet: Any, report: Report, bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    labels = {column.key: column.label for column in report.columns}
    stated = [
        ("Report", report.title),
        ("Counted", report.cohort),
        ("As of", report.as_of.astimezone(ZoneInfo(report.zone)).isoformat()),
        ("Time zone", report.zone),
        *(
            (labels.get(key, key.replace("_", " ").capitalize()), text)
            for key, text in report.definitions.items()
        ),
        *(("Holds" if check.holds else "Does not hold", check.sentence) for check in report.checks),
    ]
    for line, (name, text) in enumerate(stated):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, text)
