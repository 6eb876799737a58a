from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.days import check_day, comes_twice, local_instant
from tracker.domain.rules import RuleBroken


@pytest.mark.parametrize("day", [date(1999, 12, 31), date.max, date.min, datetime(2101, 1, 1, tzinfo=UTC)])
def test_mistyped_year_is_refused_at_its_field(day):
    with pytest.raises(RuleBroken, match="between 2000 and 2100") as refused:
        check_day(day, field="starts_on")
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2100, 12, 31), datetime(2026, 3, 2, tzinfo=UTC)])
def test_days_of_working_lives_are_taken(day):
    check_day(day, field="starts_on")


BERLIN, NEW_YORK, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2027-03-28T01:59", BERLIN, "2027-03-28T00:59"),
        ("2027-03-28T03:00", BERLIN, "2027-03-28T01:00"),
        ("2027-07-01T09:30", BERLIN, "2027-07-01T07:30"),
        ("2027-07-01T09:30", NEW_YORK, "2027-07-01T13:30"),
        ("2027-10-31T02:30", BERLIN, "2027-10-31T00:30"),
        ("2027-11-07T01:30", NEW_YORK, "2027-11-07T05:30"),
        ("0001-01-01T00:00", BERLIN, "0001-01-01T00:00"),
        ("9999-12-31T23:59", NEW_YORK, "9999-12-31T23:59"),
    ],
)
@pytest.mark.parametrize("fold", [0, 1])
def test_local_time_is_the_first_instant_that_the_clocks_show_it(local, zone, instant, fold):
    given = datetime.fromisoformat(local).replace(fold=fold)
    assert local_instant(given, zone, field="starts_at") == datetime.fromisoformat(instant).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("local", "zone", "said"),
    [
        ("2027-03-28T02:00", BERLIN, "There is no 02:00 on 28 Mar 2027 in Europe/Berlin"),
        ("2027-03-28T02:59", BERLIN, "There is no 02:59 on 28 Mar 2027 in Europe/Berlin"),
        ("2027-03-14T02:30", NEW_YORK, "There is no 02:30 on 14 Mar 2027 in America/New_York"),
        ("2011-12-30T12:00", APIA, "There is no 12:00 on 30 Dec 2011 in Pacific/Apia"),
    ],
)
def test_time_that_the_clocks_leave_out_is_refused_at_its_field(local, zone, said):
    with pytest.raises(RuleBroken, match=said) as refused:
        local_instant(datetime.fromisoformat(local), zone, field="starts_at")
    assert refused.value.field == "starts_at"


@pytest.mark.parametrize(
    ("local", "zone", "twice"),
    [
        ("2027-10-31T02:30", BERLIN, True),
        ("2027-10-31T01:59", BERLIN, False),
        ("2027-10-31T03:00", BERLIN, False),
        ("2027-03-28T02:30", BERLIN, False),
        ("2027-11-07T01:30", NEW_YORK, True),
    ],
)
def test_clocks_that_go_back_show_a_time_twice(local, zone, twice):
    assert comes_twice(datetime.fromisoformat(local), zone) is twice
