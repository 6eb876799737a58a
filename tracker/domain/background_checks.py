"""Background checks: how long a candidate has to answer a report before it may count against them."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.jurisdictions import holds_in

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WaitingPeriod:
    """One row of the table: from `since` on, so many business days from notice to adverse decision."""

    jurisdiction: str
    business_days: int
    source: str
    since: date = date.min


# The federal act names no number; five business days is what its agency called reasonable.
WAITING_PERIODS: tuple[WaitingPeriod, ...] = (
    WaitingPeriod("*", 5, "the careful reading where no rule names a number"),
    WaitingPeriod("US", 5, "15 USC 1681b(b)(3)", date(1997, 9, 30)),
    WaitingPeriod("US-CA", 5, "Cal. Gov. Code 12952(c)", date(2018, 1, 1)),
    WaitingPeriod("US-NY-NYC", 5, "N.Y.C. Admin. Code 8-107(11-a)", date(2021, 7, 29)),
    WaitingPeriod("US-PA-PHL", 10, "Philadelphia Code 9-3504", date(2016, 3, 14)),
)


def waiting_period(jurisdiction: str | None, *, on: date) -> WaitingPeriod:
    """The longest period in force on a day in a jurisdiction and those it lies in."""
    rows = [row for row in WAITING_PERIODS if row.since <= on and holds_in(row.jurisdiction, jurisdiction)]
    return max(rows, key=lambda row: (row.business_days, len(row.jurisdiction), row.since))


def wait_until(sent_on: date, jurisdiction: str | None) -> date:
    """The first day on which an adverse decision may be made on a report whose notice went out on `sent_on`.

    Saturdays and Sundays do not count, the day of sending neither; public holidays do.
    """
    left = waiting_period(jurisdiction, on=sent_on).business_days
    day = sent_on
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day + timedelta(days=1)
