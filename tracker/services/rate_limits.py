"""Counting how often something was asked within a quarter of an hour, so that nobody asks without end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import TextClause, bindparam, delete, text
from sqlalchemy.orm import Session

from tracker import clock
from tracker.models.base import UtcDateTime
from tracker.models.users import RateCount
from tracker.queries.prepared import prepared

WINDOW = timedelta(minutes=15)


@prepared
def _counted() -> TextClause:
    return text(
        "INSERT INTO rate_counts (key, window_at, count) VALUES (:key, :window_at, 1)"
        " ON CONFLICT (key, window_at) DO UPDATE SET count = rate_counts.count + 1 RETURNING count"
    ).bindparams(bindparam("window_at", type_=UtcDateTime()))


def count_asked(session: Session, keys: Iterable[tuple[str, int]]) -> int:
    """Count one asking under each key (key, most in a window), for a short transaction of its own.

    Answers how many seconds to wait before another one; 0 while there were few.
    """
    now = clock.now()
    window = window_of(now)
    is_over = is_first = False
    for key, most in keys:
        count = _counted.scalar(session, key=key[:200], window_at=window)
        is_over = is_over or count > most
        is_first = is_first or count == 1
    if is_first:
        session.execute(delete(RateCount).where(RateCount.window_at < now - timedelta(days=1)))
    return int((window + WINDOW - now).total_seconds()) + 1 if is_over else 0


def window_of(now: datetime) -> datetime:
    """When the quarter of an hour began that an instant lies in."""
    seconds = WINDOW.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
