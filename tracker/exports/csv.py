"""CSV by RFC 4180: one header of the columns' keys, then the rows, as a stream of bytes."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, CellKind, Report, RowBlocks
from tracker.exports.cells import WrittenInstants, written_numbers, written_texts

BATCH = 500
BOM = "\ufeff"
"""What makes Excel read UTF-8."""

Writing = Callable[[Sequence[Cell]], Sequence[Cell]]
"""What makes of a column what is written."""


def csv_of(report: Report, *, has_bom: bool = False) -> Iterator[bytes]:
    """The rows of a report; instants carry the offset of its zone, what is undefined is empty."""
    keys = [column.key for column in report.columns]
    yield from _written(keys, _blocks(report, keys), has_bom)


def _blocks(report: Report, keys: Sequence[str]) -> Iterator[Iterable[Sequence[Cell]]]:
    """The lines in blocks, made a column at a time: what is asked of each cell is asked of many at once."""
    zone = ZoneInfo(report.zone)
    writing = [(column.key, _writing(column.kind, zone)) for column in report.columns]
    for block in report.rows.blocks() if isinstance(report.rows, RowBlocks) else _of_rows(report, keys):
        yield zip(*(write(block[key]) for key, write in writing), strict=True)


def _of_rows(report: Report, keys: Sequence[str]) -> Iterator[Mapping[str, Sequence[Cell]]]:
    coming = iter(report.rows)
    while block := list(islice(coming, BATCH)):
        yield {key: [row[key] for row in block] for key in keys}


def _writing(kind: CellKind, zone: ZoneInfo) -> Writing:
    if kind is CellKind.INSTANT:
        return WrittenInstants(zone)
    if kind is CellKind.TEXT:
        return lambda cells: written_texts(cells, zone)
    return lambda cells: written_numbers(cells, zone)


def csv_lines(
    header: Sequence[str], lines: Iterable[Sequence[Cell]], *, has_bom: bool = False
) -> Iterator[bytes]:
    """A header and lines that hold what is to be written, as blocks of bytes."""
    coming = iter(lines)
    yield from _written(header, iter(lambda: list(islice(coming, BATCH)), []), has_bom)


def _written(
    header: Sequence[str], blocks: Iterable[Iterable[Sequence[Cell]]], has_bom: bool
) -> Iterator[bytes]:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    if has_bom:
        buffer.write(BOM)
    writer.writerow(header)
    for block in blocks:
        writer.writerows(block)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue().encode()
