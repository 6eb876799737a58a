"""Reports as files: the formats that are written as they are sent, whoever sends them."""

from collections.abc import Callable, Iterator

from tracker.domain.reports import Report
from tracker.exports.csv import csv_of
from tracker.exports.json import json_of
from tracker.exports.xlsx import xlsx_of

STREAMED: dict[str, Callable[[Report], Iterator[bytes]]] = {"csv": csv_of, "xlsx": xlsx_of, "json": json_of}
"""The formats of a report of any length, by their names."""


def blocks_of(report: Report, format: str, *, has_bom: bool = False) -> Iterator[bytes]:
    """The file of a report, piece by piece. Raises KeyError for a format that is not written so."""
    return csv_of(report, has_bom=True) if format == "csv" and has_bom else STREAMED[format](report)
