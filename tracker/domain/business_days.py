"""Business days: Monday to Friday in a time zone, less the holidays of a calendar."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from tracker.domain.reports import start_of_day

_SATURDAY = 5
_Place = tuple[int, float]
"""How many business days were over before a day began, and the share of it that has passed."""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """The business days of a time zone; holidays that fall on a weekend change nothing."""

    zone: tzinfo
    holidays: Collection[date] = ()
    name: str = ""
    """The name of the calendar of holidays; empty where none is kept to."""
    _missed: list[int] = field(default_factory=list, compare=False)
    _days: dict[date, tuple[int, datetime, timedelta | None]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self._missed.extend(sorted({day.toordinal() for day in self.holidays if _is_weekday(day)}))

    def is_business_day(self, day: date) -> bool:
        """Whether a day counts at all."""
        place = bisect_left(self._missed, day.toordinal())
        return _is_weekday(day) and self._missed[place : place + 1] != [day.toordinal()]

    def between(self, begin: datetime, end: datetime) -> float:
        """Decimal business days from one instant to another; below 0 where the second comes first.

        Part of a business day counts as its share of that day in local time, so that one on which the clocks
        change counts as one day.
        """
        (began, of_first), (ended, of_last) = self._place(begin), self._place(end)
        # In these two parts, so that the way back is the same number below 0 to the last digit.
        return (ended - began) + (of_last - of_first)

    def _place(self, at: datetime) -> _Place:
        day = at.astimezone(self.zone).date()
        if day not in self._days:
            self._days[day] = self._read(day)
        before, start, length = self._days[day]
        return before, (at - start) / length if length else 0.0

    def _read(self, day: date) -> tuple[int, datetime, timedelta | None]:
        """The business days before a day, its first instant, and its length if it is one itself."""
        number = day.toordinal()
        weeks, left = divmod(number - 1, 7)
        before = 5 * weeks + min(left, 5) - bisect_left(self._missed, number)
        start = start_of_day(day, self.zone)
        length = start_of_day(day + timedelta(days=1), self.zone) - start
        return before, start, length if self.is_business_day(day) else None


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY
