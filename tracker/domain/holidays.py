"""Calendars of holidays as HR writes them: one day a line, its name after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.names import clean_line, fold
from tracker.domain.rules import RuleBroken

LONGEST_NAME = 80  # characters
MOST_HOLIDAYS = 1000
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day that is no business day, and what people call it."""

    kept_on: date
    name: str = ""

    @property
    def line(self) -> str:
        """The day as it is written in a calendar."""
        return f"{self.kept_on.isoformat()} {self.name}".strip()


def calendar_name(text: str | None) -> str:
    """The name of a calendar of holidays. Raises RuleBroken at `name`."""
    return clean_line(text or "", "The name", "name", longest=LONGEST_NAME, needed=True)


def check_name_is_free(name: str, present: Iterable[str]) -> None:
    """That no other calendar is called so. Raises RuleBroken at `name`."""
    if any(fold(one) == fold(name) for one in present):
        raise RuleBroken("There is a calendar of this name.", field="name")


def read_holidays(text: str | None) -> tuple[Holiday, ...]:
    """The days in order, of lines such as `2026-12-25 Christmas Day`. Raises RuleBroken at `days`, which says
    in which line.
    """
    found: dict[date, Holiday] = {}
    for number, line in enumerate((text or "").splitlines(), start=1):
        if not line.strip():
            continue
        one = _read(line.strip(), number)
        if one.kept_on in found:
            raise RuleBroken(f"Line {number}: {one.kept_on.isoformat()} is there already.", field="days")
        found[one.kept_on] = one
        if len(found) > MOST_HOLIDAYS:
            raise RuleBroken(f"A calendar has at most {MOST_HOLIDAYS:,} days.", field="days")
    return tuple(sorted(found.values()))


def _read(line: str, number: int) -> Holiday:
    day, _, name = line.partition(" ")
    try:
        kept_on = date.fromisoformat(day)
    except ValueError:
        raise RuleBroken(
            f"Line {number}: “{day[:20]}” is no day; write it such as 2026-12-25.", field="days"
        ) from None
    if not FIRST_YEAR <= kept_on.year <= LAST_YEAR:
        raise RuleBroken(
            f"Line {number}: the year must lie between {FIRST_YEAR} and {LAST_YEAR}.", field="days"
        )
    return Holiday(kept_on, clean_line(name, f"Line {number}: the name", "days", longest=LONGEST_NAME))
