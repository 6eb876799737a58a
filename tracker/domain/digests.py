"""The daily digest: on which mornings somebody is told by mail that something waits for them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

FROM = time(7)
"""Nobody is written to earlier in their day."""


def day_of_digest(last_on: date, now: datetime, zone: tzinfo) -> date | None:
    """The day in the reader's zone whose digest is due now; none before seven, or where it was looked at.

    `last_on` is the day of the last look. A day lies never twice before it, also where a clock goes back or
    the reader travels.
    """
    local = now.astimezone(zone)
    return local.date() if local.time() >= FROM and local.date() > last_on else None


def first_last_on(now: datetime, zone: tzinfo) -> date:
    """The day to begin after for somebody who turns the digest on now: today is theirs if it is early."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= FROM else local.date() - timedelta(days=1)


def is_over(day: date, now: datetime, zone: tzinfo) -> bool:
    """Whether the day of a digest is over, so that it comes no more: the next one says what is so then."""
    return now.astimezone(zone).date() != day


def digest_lines(groups: Iterable[tuple[str, str, str]]) -> str:
    """What waits as lines of plain text, from (label, how many, link): counts and links and nothing else."""
    return "\n\n".join(f"{label}: {number}\n{link}" for label, number, link in groups)
