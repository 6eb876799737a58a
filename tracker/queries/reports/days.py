"""Decimal days of 24 hours from one instant to another."""

from datetime import datetime
from typing import Any

DAY = 86_400


def days_between(begin: Any, end: Any) -> float | None:
    """Decimal days from one instant to another, none where either is missing."""
    if isinstance(begin, datetime) and isinstance(end, datetime):
        return (end - begin).total_seconds() / DAY
    return None
