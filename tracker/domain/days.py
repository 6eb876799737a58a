"""Days and instants that a hiring record may speak of."""

from datetime import date

from tracker.domain.rules import RuleBroken

FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_day(day: date, *, field: str) -> None:
    """Refuse a day or instant that no hiring record can mean, such as a mistyped year. Raises RuleBroken."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleBroken(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.", field=field)
