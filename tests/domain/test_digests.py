"""On which mornings a digest is due: from seven on, once a day, never again where a clock goes back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.digests import day_of_digest, digest_lines, first_last_on, is_over

BERLIN, AUCKLAND, HONOLULU = (
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("Pacific/Auckland"),
    ZoneInfo("Pacific/Honolulu"),
)
NOV_27 = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("last_on", "at", "zone", "day"),
    [
        (date(2026, 11, 26), datetime(2026, 11, 27, 5, 59, tzinfo=UTC), BERLIN, None),
        (date(2026, 11, 26), datetime(2026, 11, 27, 6, 0, tzinfo=UTC), BERLIN, NOV_27),
        (date(2026, 11, 20), datetime(2026, 11, 27, 22, 0, tzinfo=UTC), BERLIN, NOV_27),
        (NOV_27, datetime(2026, 11, 27, 6, 0, tzinfo=UTC), BERLIN, None),
        (NOV_27, datetime(2026, 11, 26, 18, 0, tzinfo=UTC), AUCKLAND, None),
        (date(2026, 11, 26), datetime(2026, 11, 26, 18, 0, tzinfo=UTC), AUCKLAND, NOV_27),
        (NOV_27, datetime(2026, 11, 28, 5, 0, tzinfo=UTC), HONOLULU, None),
        # The hour that is there twice, and the one that is not there at all.
        (date(2026, 10, 24), datetime(2026, 10, 25, 5, 59, tzinfo=UTC), BERLIN, None),
        (date(2026, 10, 24), datetime(2026, 10, 25, 6, 0, tzinfo=UTC), BERLIN, date(2026, 10, 25)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 5, 0, tzinfo=UTC), BERLIN, date(2026, 3, 29)),
    ],
)
def test_it_is_due_from_seven_on_and_once(last_on, at, zone, day):
    assert day_of_digest(last_on, at, zone) == day


def test_who_turns_it_on_early_gets_todays():
    early = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
    assert first_last_on(early, BERLIN) == date(2026, 11, 26)
    assert first_last_on(early + timedelta(hours=3), BERLIN) == NOV_27


ZONES = st.sampled_from([UTC, BERLIN, AUCKLAND, HONOLULU])
HOURS = st.lists(st.tuples(st.integers(-48, 72), ZONES), max_size=40)


@given(HOURS)
def test_whatever_the_clock_and_the_reader_do_days_only_go_on(steps):
    now, last_on, days = datetime(2026, 10, 20, 12, tzinfo=UTC), date(2026, 10, 19), []
    for hours, zone in steps:
        now += timedelta(hours=hours)
        day = day_of_digest(last_on, now, zone)
        if day is not None:
            days.append(day)
            last_on = day
    assert days == sorted(set(days))


def test_its_day_is_over_at_midnight_where_the_reader_is():
    assert not is_over(NOV_27, datetime(2026, 11, 27, 22, 59, tzinfo=UTC), BERLIN)
    assert is_over(NOV_27, datetime(2026, 11, 27, 23, 0, tzinfo=UTC), BERLIN)


def test_lines_are_counts_and_links():
    told = digest_lines([("Your scorecards", "2", "https://x.example/a"), ("Offers to send", "100+", "b")])
    assert told == "Your scorecards: 2\nhttps://x.example/a\n\nOffers to send: 100+\nb"
