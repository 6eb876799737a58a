"""Business days: weekends and holidays count nothing, part of a day counts as its share in local time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.business_days import BusinessCalendar
from tracker.domain.reports import start_of_day

LONDON, NEW_YORK, KOLKATA = (ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Asia/Kolkata"))
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
ZONES = st.sampled_from([ZoneInfo("UTC"), LONDON, NEW_YORK, KOLKATA, ZoneInfo("Australia/Lord_Howe")])
INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
HOLIDAYS = st.frozensets(st.dates(date(2015, 1, 1), date(2030, 12, 31)), max_size=30)


def at(text, zone=LONDON):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        # 2026-11-23 is a Monday.
        ("2026-11-23T00:00", "2026-11-24T00:00", 1),
        ("2026-11-23T00:00", "2026-11-30T00:00", 5),
        ("2026-11-23T12:00", "2026-11-24T12:00", 1),
        ("2026-11-23T06:00", "2026-11-23T18:00", 0.5),
        # Over a weekend, and within one.
        ("2026-11-27T12:00", "2026-11-30T12:00", 1),
        ("2026-11-27T18:00", "2026-11-28T18:00", 0.25),
        ("2026-11-28T09:00", "2026-11-29T21:00", 0),
        ("2026-11-28T09:00", "2026-11-30T12:00", 0.5),
        # Over the end of a month, of a leap February and of a year.
        ("2026-07-31T12:00", "2026-08-03T12:00", 1),
        ("2028-02-28T00:00", "2028-03-01T00:00", 2),
        ("2027-12-31T00:00", "2028-01-03T00:00", 1),
        # Backwards, and not at all.
        ("2026-11-30T12:00", "2026-11-27T12:00", -1),
        ("2026-11-25T08:00", "2026-11-25T08:00", 0),
        # A year: 365 days with 104 of weekends.
        ("2026-01-01T00:00", "2027-01-01T00:00", 261),
    ],
)
def test_weekends_count_nothing(begin, end, days):
    assert BusinessCalendar(LONDON).between(at(begin), at(end)) == pytest.approx(days, abs=1e-9)


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        ("2026-12-24T12:00", "2026-12-29T12:00", 1),
        ("2026-12-25T09:00", "2026-12-28T17:00", 0),
        ("2026-12-24T00:00", "2027-01-04T00:00", 4),
        ("2026-12-25T12:00", "2026-12-29T12:00", 0.5),
    ],
)
def test_holidays_count_nothing(begin, end, days):
    calendar = BusinessCalendar(LONDON, CHRISTMAS, "England")
    assert calendar.between(at(begin), at(end)) == pytest.approx(days, abs=1e-9)


def test_a_holiday_at_a_weekend_changes_nothing():
    kept, none = BusinessCalendar(LONDON, [date(2026, 12, 26)]), BusinessCalendar(LONDON)
    span = at("2026-12-21T00:00"), at("2027-01-02T00:00")
    assert kept.between(*span) == none.between(*span) == 10
    assert not kept.is_business_day(date(2026, 12, 26))


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        # Clocks change on a weekday there: 23 hours and 25.
        (ZoneInfo("America/Asuncion"), date(2017, 10, 2)),
        (ZoneInfo("Asia/Amman"), date(2022, 2, 25)),
        (ZoneInfo("Africa/Cairo"), date(2023, 4, 28)),
        (ZoneInfo("Africa/Cairo"), date(2023, 10, 26)),
        (LONDON, date(2026, 3, 30)),
    ],
)
def test_a_day_on_which_clocks_change_is_one_day(zone, day):
    calendar = BusinessCalendar(zone)
    start, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    assert calendar.between(start, end) == pytest.approx(1)
    assert calendar.between(start, start + (end - start) / 2) == pytest.approx(0.5)


def test_clocks_that_change_on_a_sunday_change_nothing():
    span = at("2026-03-27T12:00"), at("2026-03-30T12:00")
    assert span[1].astimezone(UTC) - span[0].astimezone(UTC) == timedelta(hours=71)
    assert BusinessCalendar(LONDON).between(*span) == pytest.approx(1)


def test_the_zone_says_which_day_it_is():
    # Friday evening in New York is Saturday in Kolkata.
    begin, end = at("2026-11-27T19:00", NEW_YORK), at("2026-11-27T21:00", NEW_YORK)
    assert BusinessCalendar(NEW_YORK).between(begin, end) == pytest.approx(2 / 24)
    assert BusinessCalendar(KOLKATA).between(begin, end) == 0


@given(ZONES, HOLIDAYS, st.tuples(INSTANTS, INSTANTS, INSTANTS))
def test_parts_make_the_whole_and_time_never_runs_back(zone, holidays, instants):
    calendar = BusinessCalendar(zone, holidays)
    first, middle, last = sorted(instants)
    parts = calendar.between(first, middle) + calendar.between(middle, last)
    assert calendar.between(first, last) == pytest.approx(parts, abs=1e-9)
    assert calendar.between(first, last) >= 0
    assert calendar.between(last, first) == -calendar.between(first, last)


def test_the_way_back_is_the_same_number_below_nothing_to_the_last_digit():
    calendar, begin = BusinessCalendar(LONDON), at("2026-11-23T00:00", LONDON)
    for number in range(2_000):
        first = begin + timedelta(seconds=37 * number)
        last = first + timedelta(days=3, seconds=101 * number)
        assert calendar.between(last, first) == -calendar.between(first, last)


@given(ZONES, HOLIDAYS, st.dates(date(2015, 1, 1), date(2029, 1, 1)), st.integers(0, 400))
def test_whole_days_are_counted_one_by_one(zone, holidays, first, length):
    calendar = BusinessCalendar(zone, holidays)
    days = [first + timedelta(days=number) for number in range(length)]
    counted = sum(day.weekday() < 5 and day not in holidays for day in days)
    begin, end = start_of_day(first, zone), start_of_day(first + timedelta(days=length), zone)
    assert calendar.between(begin, end) == pytest.approx(counted, abs=1e-9)


@given(ZONES, INSTANTS, INSTANTS)
def test_there_are_never_more_business_days_than_days_touched(zone, one, other):
    first, last = sorted((one, other))
    touched = (last.astimezone(zone).date() - first.astimezone(zone).date()).days + 1
    assert BusinessCalendar(zone).between(first, last) <= touched
