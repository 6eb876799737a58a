"""Reports as JSON in the shape that scripts read, as a stream of bytes."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.reports import Cell, Report
from tracker.exports.cells import iso

BATCH = 500


def json_of(report: Report) -> Iterator[bytes]:
    """`{report, as_of, zone, cohort, definitions, rows, checks}`; what is undefined is null."""
    zone = ZoneInfo(report.zone)
    head = json.dumps(_head(report, zone), ensure_ascii=False)
    yield f'{head[:-1]}, "rows": ['.encode()
    rows = iter(report.rows)
    keys = [column.key for column in report.columns]
    lead = "\n"
    while block := list(islice(rows, BATCH)):
        lines = (_line({key: _value(row[key], zone) for key in keys}) for row in block)
        yield (lead + ",\n".join(lines)).encode()
        lead = ",\n"
    checks = {check.key: check.holds for check in report.checks}
    yield f'\n], "checks": {json.dumps(checks)}}}\n'.encode()


def _head(report: Report, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "report": report.name,
        "as_of": iso(report.as_of, zone),
        "zone": report.zone,
        "cohort": report.cohort,
        "definitions": dict(report.definitions),
    }


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, allow_nan=False)


def _value(cell: Cell, zone: ZoneInfo) -> str | int | float | None:
    return iso(cell, zone) if isinstance(cell, datetime) else cell
