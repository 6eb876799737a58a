"""Days that begin and end elsewhere while a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from zoneinfo import ZoneInfo

from tracker import clock


@contextmanager
def days_of(zone: str) -> Iterator[None]:
    """Let the organisation be in this zone."""
    clock.keep_days_of(ZoneInfo(zone))
    try:
        yield
    finally:
        clock.keep_days_of(UTC)
