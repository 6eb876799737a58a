"""Counting how often something was asked within a quarter of an hour, so that nobody asks without end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, text
from sqlalchemy.orm import Session

from tracker import clock
from tracker.models.base import UtcDateTime
from tracker.models.users import RateCount

WINDOW = timedelta(minutes=15)

_COUNT = text(
    "INSERT INTO rate_counts (key, window_at, count) VALUES (:key, :window_at, 1)"
    " ON CONFLICT (key, window_at) DO UPDATE SET count = rate_counts.count + 1 RETURNING count"
).bindparams(bindparam("window_at", type_=UtcDateTime()))


def count_asked(session: Session, keys: Iterable[tuple[str, int]]) -> int:
    """Count one asking under each key (key, most in a window), for a short transaction of its own.

    Answers how many seconds to wait before another one; 0 while there were few.
    """
    now = clock.now()
    window = window_of(now)
    session.execute(delete(RateCount).where(RateCount.window_at < now - timedelta(days=1)))
    is_over = False
    for key, most in keys:
        count = session.execute(_COUNT, {"key": key[:200], "window_at": window}).scalar_one()
        is_over = is_over or count > most
    return int((window + WINDOW - now).total_seconds()) + 1 if is_over else 0


def window_of(now: datetime) -> datetime:
    """When the quarter of an hour began that an instant lies in."""
    seconds = WINDOW.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
