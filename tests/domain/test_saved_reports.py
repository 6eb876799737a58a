"""On which days the link to a saved report is sent."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.saved_reports import MailedEvery, is_mail_due, next_mail_on

DAY, WEEK, MONTH = MailedEvery


@pytest.mark.parametrize(
    ("every", "after", "day"),
    [
        (DAY, "2026-11-27", "2026-11-28"),
        (DAY, "2026-12-31", "2027-01-01"),
        # 2026-11-27 is a Friday.
        (WEEK, "2026-11-27", "2026-11-30"),
        (WEEK, "2026-11-30", "2026-12-07"),
        (WEEK, "2026-11-29", "2026-11-30"),
        (MONTH, "2026-11-27", "2026-12-01"),
        (MONTH, "2026-11-30", "2026-12-01"),
        (MONTH, "2026-12-01", "2027-01-01"),
        (MONTH, "2028-02-28", "2028-03-01"),
        (MONTH, "2026-01-31", "2026-02-01"),
    ],
)
def test_the_next_day(every, after, day):
    assert next_mail_on(every, date.fromisoformat(after)) == date.fromisoformat(day)


@given(st.sampled_from(MailedEvery), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_next_day_is_later_and_of_its_kind(every, after):
    day = next_mail_on(every, after)
    assert 0 < (day - after).days <= {DAY: 1, WEEK: 7, MONTH: 31}[every]
    assert every is not WEEK or day.weekday() == 0
    assert every is not MONTH or day.day == 1


@pytest.mark.parametrize(
    ("now", "zone", "is_due"),
    [
        ("2026-11-28T06:59", "UTC", False),
        ("2026-11-28T07:00", "UTC", True),
        ("2026-11-27T23:00", "UTC", False),
        # Seven in the morning of the 28th in Auckland, eight in the evening of the 27th in London.
        ("2026-11-27T20:00", "Pacific/Auckland", True),
        # Missed and made up for.
        ("2026-12-05T12:00", "UTC", True),
    ],
)
def test_nobody_is_written_to_before_seven_in_their_own_day(now, zone, is_due):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert is_mail_due(DAY, date(2026, 11, 27), at, ZoneInfo(zone)) is is_due
