"""Days and instants that a hiring record may speak of."""

from datetime import UTC, date, datetime, tzinfo

from tracker.domain.rules import RuleBroken

FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_day(day: date, *, field: str) -> None:
    """Refuse a day or instant that no hiring record can mean, such as a mistyped year. Raises RuleBroken."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleBroken(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.", field=field)


def day_in_words(day: date) -> str:
    """A day as people write it: `23 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def local_instant(local: datetime, zone: tzinfo, *, field: str) -> datetime:
    """The instant in UTC at which clocks of this zone show a time; where they show it twice, the first.

    Raises RuleBroken for a time that the clocks leave out when they go forward.
    """
    naive = local.replace(tzinfo=None, fold=0)
    try:
        instant = naive.replace(tzinfo=zone).astimezone(UTC)
        shown = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError:
        # Beyond what a calendar holds in UTC: left for the rule about days to refuse.
        return naive.replace(tzinfo=UTC)
    if shown != naive:
        raise RuleBroken(
            f"There is no {naive:%H:%M} on {naive.day} {naive:%b %Y} in {zone}: the clocks go forward then."
            " Choose another time.",
            field=field,
        )
    return instant


def comes_twice(local: datetime, zone: tzinfo) -> bool:
    """Whether clocks of this zone show a time twice, as on the night they go back."""
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second
