"""A workbook of many rows by our writer and by XlsxWriter: `python -m tests.bench.workbooks --rows 100k`."""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import IO

import xlsxwriter

from tests.bench.__main__ import number_of
from tracker.domain.reports import CellKind, Column, Report, Row
from tracker.exports.xlsx import write_xlsx

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = (
    Column("job", "Job", CellKind.TEXT),
    Column("application", "Application"),
    Column("candidate", "Candidate", CellKind.TEXT),
    Column("stage", "Stage", CellKind.TEXT),
    Column("counted_as", "Counted as", CellKind.TEXT),
    Column("became", "Became", CellKind.TEXT),
    Column("entered_at", "Entered at", CellKind.INSTANT),
    Column("entered_move", "Move"),
    Column("ended_at", "Ended at", CellKind.INSTANT),
    Column("ended_move", "Move"),
)


def rows(number: int) -> Iterator[Row]:
    """Stays as the pipeline report lists them, hardly two instants of which are equal."""
    dice = Random(1)
    for place in range(number):
        at = BEGAN + timedelta(seconds=dice.randrange(10_000_000))
        yield {
            "job": f"Order clerk {place % 600}",
            "application": place,
            "candidate": f"Amina Yusuf {place}",
            "stage": "screening",
            "counted_as": "entered",
            "became": "advanced",
            "entered_at": at,
            "entered_move": place % 6,
            "ended_at": at + timedelta(days=3) if place % 3 else None,
            "ended_move": place % 5,
        }


def report(number: int) -> Report:
    return Report("pipeline", "Pipeline", BEGAN, "Europe/London", "All.", {}, COLUMNS, rows(number))


def write_by_library(given: Report, out: IO[bytes]) -> None:
    """The same cells with the same formats by the library, in its mode of flat memory."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Pipeline")
        instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for line, row in enumerate(given.rows, start=1):
            for place, column in enumerate(given.columns):
                cell = row[column.key]
                if isinstance(cell, str):
                    sheet.write_string(line, place, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(line, place, cell.replace(tzinfo=None), instant)
                elif cell is not None:
                    sheet.write_number(line, place, cell)


def measured(name: str, write: Callable[[Report, IO[bytes]], None], number: int) -> None:
    with tempfile.TemporaryFile() as out:
        began = time.process_time()
        write(report(number), out)
        seconds = time.process_time() - began
        size = os.fstat(out.fileno()).st_size / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:12} {seconds:6.2f} s  {size:6.1f} MB  most memory {most} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=number_of, default=100_000, metavar="N", help="100k, 1M")
    number = parser.parse_args().rows
    began = time.process_time()
    for _ in rows(number):
        pass
    print(f"{number:,} rows by {len(COLUMNS)} columns; the rows alone {time.process_time() - began:.2f} s")
    measured("tracker", write_xlsx, number)
    measured("XlsxWriter", write_by_library, number)


if __name__ == "__main__":
    main()
