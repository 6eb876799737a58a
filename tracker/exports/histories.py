"""The history as lines: JSON with every move as it is kept, or CSV in the columns that our import reads."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from tracker.domain.event_logs import Case
from tracker.exports.cells import neutral
from tracker.exports.csv import csv_lines

BATCH = 500
COLUMNS = ("application", "candidate", "email", "job", "at", "activity", "actor", "reason")


def jsonl_of(moves: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """One object a line for each move; instants are ISO in UTC, what is unknown is null."""
    coming = iter(moves)
    while block := list(islice(coming, BATCH)):
        yield "".join(f"{_line(move)}\n" for move in block).encode()


def case_lines(cases: Iterable[Case]) -> Iterator[bytes]:
    """One line for each event; texts that a spreadsheet might run carry an apostrophe before them."""
    lines = (
        (
            case.key,
            neutral(case.candidate or ""),
            neutral(case.email or ""),
            neutral(case.job or ""),
            _instant(event.at),
            event.activity,
            neutral(event.actor or ""),
            event.reason,
        )
        for case in cases
        for event in case.events
    )
    return csv_lines(COLUMNS, lines)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _line(move: Mapping[str, Any]) -> str:
    told = {name: _instant(value) if isinstance(value, datetime) else value for name, value in move.items()}
    return json.dumps(told, ensure_ascii=False)
