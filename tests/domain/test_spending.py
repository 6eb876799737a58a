"""What was spent on a source: amounts, their share in a window, and cost per hire in each currency."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.rules import RuleBroken
from tracker.domain.spending import Spend, checked_spend, in_words, per_hire, spent_between

ZONE = ZoneInfo("Europe/London")
JUNE = Spend("agency", 300_000, "EUR", date(2026, 6, 1), date(2026, 6, 30))
POUNDS = Spend("agency", 8_050, "GBP", date(2026, 6, 10), date(2026, 6, 10))
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def day(text, zone=ZONE):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        (None, "2027-01-01", "3000.00 EUR; 80.50 GBP"),
        ("2026-06-01", "2026-07-01", "3000.00 EUR; 80.50 GBP"),
        ("2026-06-01", "2026-06-11", "1000.00 EUR; 80.50 GBP"),
        ("2026-06-11", "2026-07-01", "2000.00 EUR"),
        ("2026-06-10T12:00", "2026-06-11", "50.00 EUR; 40.25 GBP"),
        ("2026-07-01", "2026-08-01", None),
        (None, "2026-06-01", None),
    ],
)
def test_the_share_of_the_days_in_the_window_counts(begin, end, words):
    amounts = spent_between([JUNE, POUNDS], day(begin) if begin else None, day(end), ZONE)
    assert in_words(amounts) == words


def test_days_begin_in_the_zone():
    spend = Spend("agency", 100, "EUR", date(2026, 6, 1), date(2026, 6, 1))
    assert spent_between([spend], None, day("2026-06-01", UTC), ZoneInfo("Asia/Tokyo"))["EUR"] == Fraction(
        900, 24
    )


@pytest.mark.parametrize(
    ("hires", "words"),
    [(0, None), (1, "3000.00 EUR; 80.50 GBP"), (3, "1000.00 EUR; 26.83 GBP"), (7, "428.57 EUR; 11.50 GBP")],
)
def test_cost_per_hire_stands_in_each_currency(hires, words):
    amounts = spent_between([JUNE, POUNDS], None, LATER, ZONE)
    assert in_words(per_hire(amounts, hires)) == words


def test_nothing_known_is_no_cost():
    assert per_hire({}, 3) is None
    assert in_words({}) is in_words(None) is None


@given(
    st.integers(1, 10**9),
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    st.integers(0, 500),
    st.datetimes(datetime(2019, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
)
def test_two_windows_that_meet_have_it_all(cents, first, length, edge):
    spend = Spend("agency", cents, "EUR", first, date.fromordinal(first.toordinal() + length))
    end = datetime(2028, 2, 1, tzinfo=UTC)
    parts = [spent_between([spend], None, edge, ZONE), spent_between([spend], edge, end, ZONE)]
    assert sum((part.get("EUR", Fraction(0)) for part in parts), Fraction(0)) == cents


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": " "}, "source"),
        ({"source": "x" * 81}, "source"),
        ({"amount": "much"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "sNaN"}, "amount"),
        ({"amount": "9e999999"}, "amount"),
        ({"amount": "1e99"}, "amount"),
        ({"amount": "1e5"}, "amount"),
        ({"amount": "18,50"}, "amount"),
        ({"currency": "ABC"}, "currency"),
        ({"ends_on": date(2026, 5, 31)}, "ends_on"),
        ({"starts_on": date(1899, 1, 1)}, "starts_on"),
        ({"ends_on": date(2100, 1, 1)}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong, field):
    given = {"source": "agency", "amount": "1,200.50", "currency": "EUR"}
    given |= {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30)}
    assert checked_spend(**given).amount_cents == 120_050
    with pytest.raises(RuleBroken) as refused:
        checked_spend(**{**given, **wrong})
    assert refused.value.field == field
