"""Reports as a workbook: typed cells, a frozen header with filters, and a sheet that says what they mean.

It is written as it is sent, part after part of its zip, so that memory stays flat and the first bytes leave
at once. A library that knows all of the format takes five times as long for what reports need of it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import RawIOBase
from itertools import islice
from math import isfinite
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, CellKind, Column, Report, Row
from tracker.exports.cells import FORMULA_SIGNS
from tracker.exports.xlsx_frame import (
    BOLD,
    PARTS,
    QUOTED,
    STYLES,
    Sheet,
    content_types,
    relations_of_book,
    sheet_head,
    sheet_tail,
    workbook,
)

MOST_ROWS = 1_048_575
"""How many rows a sheet holds below its header."""
MOST_BYTES = 1_000_000_000
"""Where a sheet ends for its size, well before a zip needs numbers that older programs cannot read."""
MOST_CHARACTERS = 32_767
BATCH = 1_000
_MOST_KNOWN = 4096
_LEVEL = 1
_WIDTHS = {CellKind.TEXT: 24, CellKind.INSTANT: 20}
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_DAY = timedelta(days=1)
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write_xlsx(report: Report, out: IO[bytes]) -> None:
    """Write the workbook of a report; instants are in its zone, which the header names."""
    for block in xlsx_of(report):
        out.write(block)


def xlsx_of(report: Report) -> Iterator[bytes]:
    """The workbook of a report as a stream of bytes; instants are in its zone, which the header names."""
    sink, sheets = _Sink(), list[Sheet]()
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        lines, rows = _Lines(report), iter(report.rows)
        block = _taken(rows, MOST_ROWS)
        while block or not sheets:
            sheet = Sheet(_title(report, len(sheets) + 1), len(report.columns))
            with book.open(_part(f"xl/worksheets/sheet{len(sheets) + 1}.xml"), "w") as part:
                size = part.write(_head(report, is_first=not sheets))
                while block and _has_room(sheet, size):
                    size += part.write(lines.of(block))
                    sheet.rows += len(block)
                    yield sink.taken()
                    block = _taken(rows, (MOST_ROWS - sheet.rows) or MOST_ROWS)
                part.write(sheet_tail(sheet).encode())
            sheets.append(sheet)
        meaning = Sheet("Definitions", 2)
        book.writestr(_part(f"xl/worksheets/sheet{len(sheets) + 1}.xml"), _meaning(report), ZIP_DEFLATED)
        for name, text in PARTS.items():
            book.writestr(_part(name), text, ZIP_DEFLATED)
        book.writestr(_part("xl/workbook.xml"), workbook([*sheets, meaning]), ZIP_DEFLATED)
        book.writestr(_part("xl/_rels/workbook.xml.rels"), relations_of_book(len(sheets) + 1), ZIP_DEFLATED)
        book.writestr(_part("[Content_Types].xml"), content_types(len(sheets) + 1), ZIP_DEFLATED)
    yield sink.taken()


class _Sink(RawIOBase):
    """What the zip is written to: it is asked for what came, and cannot go back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        before = len(self._held)
        self._held += cast(bytes, data)
        return len(self._held) - before

    def taken(self) -> bytes:
        """What came since it was last asked."""
        held = bytes(self._held)
        self._held.clear()
        return held


def _part(name: str) -> ZipInfo:
    # One instant for all of them: the same rows give the same bytes.
    part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.compress_type = ZIP_DEFLATED
    return part


def _taken(rows: Iterator[Row], room: int) -> list[Row]:
    return list(islice(rows, min(BATCH, room)))


def _has_room(sheet: Sheet, size: int) -> bool:
    return not sheet.rows or (sheet.rows < MOST_ROWS and size < MOST_BYTES)


def _title(report: Report, number: int) -> str:
    return (report.title if number == 1 else f"{report.title} {number}")[:31]


def _head(report: Report, *, is_first: bool) -> bytes:
    """Everything before the rows of a sheet, and the row of headers."""
    widths = [_WIDTHS.get(column.kind, 12) for column in report.columns]
    cells = (_text(_header(column, report.zone), BOLD) for column in report.columns)
    return f"{sheet_head(widths, is_first=is_first, is_frozen=True)}<row>{''.join(cells)}</row>".encode()


def _header(column: Column, zone: str) -> str:
    return f"{column.label} ({zone})" if column.kind is CellKind.INSTANT else column.label


class _Lines:
    """The rows as their sheet holds them, written a column at a time: what is asked of each cell is asked of
    many in one go, and what comes back is written once.
    """

    def __init__(self, report: Report) -> None:
        zone = ZoneInfo(report.zone)
        self._columns = [(column.key, _KnownCells(column.kind, zone)) for column in report.columns]

    def of(self, block: list[Row]) -> bytes:
        """The rows of a block; where a cell stands is told by its order, as the format allows."""
        cells = [[known[row[key]] for row in block] for key, known in self._columns]
        return f"<row>{'</row><row>'.join(map(''.join, zip(*cells, strict=True)))}</row>".encode()


class _KnownCells(dict[Cell, str]):
    """The cells of one column by what stands in them."""

    def __init__(self, kind: CellKind, zone: ZoneInfo) -> None:
        self._begin, self._zone = f"<c{STYLES.get(kind, '')}><v>", zone
        # In the report's own zone, so that days are told apart by its clocks.
        self._epoch = _EPOCH.replace(tzinfo=zone)

    def __missing__(self, cell: Cell) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[cell] = found = self._written(cell)
        return found

    def _written(self, cell: Cell) -> str:
        if isinstance(cell, datetime):
            days = (cell.astimezone(self._zone) - self._epoch) / _DAY
            return f"{self._begin}{days:.11f}</v></c>"
        if isinstance(cell, str):
            return _text(cell)
        if cell is None:
            return "<c/>"
        if isinstance(cell, bool):
            return f'<c t="b"><v>{cell:d}</v></c>'
        if not isfinite(cell):
            raise ValueError("A workbook holds no number that is none.")
        return f"{self._begin}{cell!r}</v></c>"


def _text(text: str, style: str = "") -> str:
    """A cell of text: never a formula, also once somebody has edited it."""
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
    if not style and text.lstrip().startswith(FORMULA_SIGNS):
        style = QUOTED
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(_escaped, text)
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _escaped(found: re.Match[str]) -> str:
    """A character that a workbook cannot hold as it is, in the way that its readers know."""
    text = found[0]
    if text[0] == "_":
        return f"_x005F{text}"
    return _ENTITIES.get(text) or ("\ufffd" if text >= "\ud800" else f"_x{ord(text):04X}_")


def _meaning(report: Report) -> str:
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
    rows = "".join(f"<row>{_text(name, BOLD)}{_text(text)}</row>" for name, text in stated)
    return f"{sheet_head([24, 100], is_first=False, is_frozen=False)}{rows}</sheetData></worksheet>"
