"""Answers of reports that are kept while others count them anew: for whom, for how long, and in which words.

Exact medians cannot be had from small counts, so over very many moves they take seconds. What was counted
once is shown again, with the instant it is as of. Design: performance, "report page over 1M applications".
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, cast
from zoneinfo import ZoneInfo

from tracker.domain.outlines.outline import Outline
from tracker.domain.reports import Cell, Check, ReportFilters, Row

MOST_AT_ONCE = 100_000
"""A report over so many moves is counted while its reader waits.

Measured: of 100,000 moves the slowest of these reports takes about a quarter of a second of a processor.
"""
LEASE = timedelta(minutes=1)
MOST_TRIES = 3
PAUSE = timedelta(minutes=1)
"""So long nothing is counted anew by itself after it was counted."""
PAUSE_TIMES = 20
"""And so many times as long as counting took: one report takes at most a twentieth of a processor."""
PAUSE_OF_FIXED = timedelta(hours=1)
"""The same of an instant of the past, which only late entries and imports change."""
GROWS_OLD = timedelta(days=1)
"""Those who still wait have waited longer: an answer of a day ago is counted anew though nothing moved."""
RENEWED_FOR = timedelta(days=3)
"""An answer that nobody asked for since is not kept up to date."""
RENEWED_EVERY = timedelta(hours=1)
KEPT_FOR = timedelta(days=14)
"""An answer that nobody asked for since is removed."""
NOTED_EVERY = timedelta(hours=1)
"""That somebody asked is noted no more often: looking writes nothing."""
UNCLAIMED_AFTER = timedelta(minutes=1)
"""After so long it is said that nobody has begun."""


def whom_and_when(
    outline: Outline,
    filters: ReportFilters,
    job_ids: Iterable[int] | None,
    holidays: Iterable[object] | None,
) -> dict[str, Any]:
    """What an answer counts, as plain values: the jobs by number, so that equal sight makes equal answers.

    A department, a place and a recruiter are told by their jobs as they are now.
    """
    return {
        "report": outline.name.value,
        "jobs": None if job_ids is None else sorted(job_ids),
        "job": filters.job_id,
        "from": _text(filters.from_),
        "to": _text(filters.to),
        "as_of": _text(filters.as_of) if filters.is_as_it_was else None,
        "zone": filters.zone.key,
        "source": filters.source,
        "without_filled": filters.leaves_out_filled,
        "is_business": filters.is_business,
        "holidays": filters.holidays,
        "holiday_days": None if holidays is None else sorted(map(str, holidays)),
    }


def key_of(counts: Mapping[str, Any]) -> str:
    """What tells one answer from another."""
    return sha256(json.dumps(counts, sort_keys=True).encode()).hexdigest()


def filters_kept(counts: Mapping[str, Any], now: datetime) -> ReportFilters:
    """The filters of a kept answer, as of the instant that was asked for, or now."""
    as_of = _instant(counts["as_of"])
    return ReportFilters(
        as_of=as_of or now,
        is_as_it_was=as_of is not None,
        zone=ZoneInfo(counts["zone"]),
        job_id=counts["job"],
        from_=_instant(counts["from"]),
        to=_instant(counts["to"]),
        source=counts["source"],
        leaves_out_filled=counts["without_filled"],
        is_business=counts["is_business"],
        holidays=counts["holidays"],
    )


def pause_after(took: float, *, is_fixed: bool) -> timedelta:
    """How long nothing is counted anew by itself, after counting took so many seconds."""
    return max(PAUSE_OF_FIXED if is_fixed else PAUSE, timedelta(seconds=took * PAUSE_TIMES))


def write_told(rows: Sequence[Row], checks: Sequence[Check]) -> dict[str, Any]:
    """An outcome as plain values, the names of its columns once."""
    columns = list(rows[0]) if rows else []
    instants = [name for name in columns if any(isinstance(row[name], datetime) for row in rows)]
    return {
        "columns": columns,
        "instants": instants,
        "cells": [[_plain(row[column]) for column in columns] for row in rows],
        "checks": [[check.key, check.sentence, check.holds] for check in checks],
    }


def read_told(told: Mapping[str, Any]) -> tuple[list[Row], tuple[Check, ...]]:
    """An outcome as it was written, value for value."""
    rows: list[dict[str, Cell]] = [dict(zip(told["columns"], cells, strict=True)) for cells in told["cells"]]
    for name in told["instants"]:
        for row in rows:
            row[name] = _instant(cast(str | None, row[name]))
    return [*rows], tuple(Check(*check) for check in told["checks"])


def moved_since(then: int, now: int) -> str:
    """What has happened since an answer was counted, in words, by how many moves there were and are."""
    number = max(0, now - then)
    if not number:
        return "jobs or sources have been changed since"
    return f"{number:,} {'move has' if number == 1 else 'moves have'} been made since"


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _plain(cell: Cell) -> Cell:
    return _text(cell) if isinstance(cell, datetime) else cell


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
