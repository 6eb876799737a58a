"""The time of day: the one door through which the tracker learns it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo

# Of this thread alone: whoever serves requests beside a block never sees its time.
_stands_at: ContextVar[datetime | None] = ContextVar("stands_at", default=None)
_zone: ContextVar[tzinfo] = ContextVar("zone", default=UTC)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stands_at.get() or datetime.now(UTC)


def here() -> datetime:
    """The present instant where the organisation is: rules that speak of days mean its date."""
    return now().astimezone(_zone.get())


def today() -> date:
    """The present day where the organisation is."""
    return here().date()


def zone() -> tzinfo:
    """The zone of the organisation, UTC until somebody says otherwise."""
    return _zone.get()


def keep_days_of(zone: tzinfo) -> None:
    """Begin and end days by this zone from now on, in this thread alone."""
    _zone.set(zone)


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
