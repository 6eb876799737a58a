"""The time of day: the one door through which the tracker learns it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

# Of this thread alone: whoever serves requests beside a block never sees its time.
_stands_at: ContextVar[datetime | None] = ContextVar("stands_at", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stands_at.get() or datetime.now(UTC)


def today() -> date:
    """The present day in UTC."""
    return now().date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let it be another instant while the block lasts: for demonstrations and tests, and nowhere else.

    Raises ValueError for an instant without a zone.
    """
    if instant.tzinfo is None:
        raise ValueError("An instant has a zone.")
    token = _stands_at.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stands_at.reset(token)


def is_standing() -> bool:
    """Whether the time is not the real one."""
    return _stands_at.get() is not None
