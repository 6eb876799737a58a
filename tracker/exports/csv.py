"""CSV by RFC 4180: one header of the columns' keys, then the rows, as a stream of bytes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, Report
from tracker.exports.cells import written

BATCH = 500
BOM = "\ufeff"
"""What makes Excel read UTF-8."""


def csv_of(report: Report, *, has_bom: bool = False) -> Iterator[bytes]:
    """The rows of a report; instants carry the offset of its zone, what is undefined is empty."""
    keys = [column.key for column in report.columns]
    zone = ZoneInfo(report.zone)
    lines = ([written(row[key], zone) for key in keys] for row in report.rows)
    yield from csv_lines(keys, lines, has_bom=has_bom)


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
