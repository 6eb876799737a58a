"""CSV by RFC 4180: one header of the columns' keys, then the rows, as a stream of bytes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, CellKind, Report, Row
from tracker.exports.cells import WrittenCells, written

BATCH = 500
_COMES_BACK = (CellKind.TEXT, CellKind.INSTANT)
BOM = "\ufeff"
"""What makes Excel read UTF-8."""


def csv_of(report: Report, *, has_bom: bool = False) -> Iterator[bytes]:
    """The rows of a report; instants carry the offset of its zone, what is undefined is empty."""
    keys = [column.key for column in report.columns]
    yield from csv_lines(keys, _lines(report), has_bom=has_bom)


def _lines(report: Report) -> Iterator[Sequence[Cell]]:
    """The lines, written a column at a time: what is asked of each cell is asked of many in one go."""
    zone = ZoneInfo(report.zone)
    columns = [(column.key, WrittenCells(zone), column.kind in _COMES_BACK) for column in report.columns]
    coming = iter(report.rows)
    while block := list(islice(coming, BATCH)):
        yield from zip(*(_written(block, *column, zone) for column in columns), strict=True)


def _written(
    block: list[Row], key: str, known: WrittenCells, comes_back: bool, zone: ZoneInfo
) -> Iterable[Cell]:
    cells = [row[key] for row in block]
    if comes_back:
        return map(known.__getitem__, cells)
    # Most are whole numbers, which stay what they are; True is none of them.
    return [cell if type(cell) is int else written(cell, zone) for cell in cells]


def csv_lines(
    header: Sequence[str], lines: Iterable[Sequence[Cell]], *, has_bom: bool = False
) -> Iterator[bytes]:
    """A header and lines that hold what is to be written, as blocks of bytes."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    if has_bom:
        buffer.write(BOM)
    writer.writerow(header)
    coming = iter(lines)
    while True:
        block = list(islice(coming, BATCH))
        writer.writerows(block)
        if buffer.tell():
            yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        if len(block) < BATCH:
            return
