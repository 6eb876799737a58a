"""Amounts are read one way or refused with a sentence that says how to write them."""

import pytest

from tracker.domain.amounts import MOST_CENTS, cents_paid, cents_written, check_minor_unit, decimals_of, money
from tracker.domain.offers import CURRENCIES
from tracker.domain.rules import RuleBroken


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("33000", 3_300_000),
        (" 33,000 ", 3_300_000),
        ("33 000", 3_300_000),
        ("33\u202f000.5", 3_300_050),
        ("33'000", 3_300_000),
        ("1,250,000.50", 125_000_050),
        ("12,50,000", 125_000_000),
        ("18.5", 1850),
        ("18.50", 1850),
        ("0.05", 5),
    ],
)
def test_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert cents_written(text, "salary", field="salary") == cents


@pytest.mark.parametrize(
    "text",
    [
        *("33.000", "1.250.000", "33.000,50", "18,50", "18,5", "3300,000", "1,25,00"),
        *("1e5", "+5", "-5", "1.005", "18.", ".5", "1 2", "NaN", "plenty", "", "٣", "9" * 41),
    ],
)
def test_what_could_be_read_two_ways_or_none_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        cents_written(text, "salary", field="salary_low")
    assert (refused.value.message, refused.value.field) == (
        "Write the salary as 33000 or 33000.50.",
        "salary_low",
    )


@pytest.mark.parametrize("text", ["0", "0.00", str(MOST_CENTS // 100 + 1)])
def test_nothing_and_too_much_are_not_paid(text: str) -> None:
    assert cents_paid(str(MOST_CENTS // 100), "salary", field="salary") == MOST_CENTS
    with pytest.raises(RuleBroken, match="above zero and at most 100,000,000,000"):
        cents_paid(text, "salary", field="salary")


@pytest.mark.parametrize(
    ("cents", "currency", "said"),
    [
        (3_150_000, "EUR", "31,500 EUR"),
        (1_850, "GBP", "18.50 GBP"),
        (450_000_000, "JPY", "4,500,000 JPY"),
        (450_000_050, "JPY", "4,500,001 JPY"),
        (100_000, "KRW", "1,000 KRW"),
        (125, "KWD", "1.250 KWD"),
        (100, "KWD", "1 KWD"),
    ],
)
def test_money_has_the_decimals_of_its_currency(cents: int, currency: str, said: str) -> None:
    assert money(cents, currency) == said


def test_parts_of_a_unit_that_a_currency_does_not_have_are_refused() -> None:
    check_minor_unit(450_000_000, "JPY", field="salary")
    check_minor_unit(450_000_050, "EUR", field="salary")
    with pytest.raises(RuleBroken, match="Amounts in JPY have no decimals") as refused:
        check_minor_unit(450_000_050, "JPY", field="salary")
    assert refused.value.field == "salary"


def test_every_currency_of_offers_has_its_decimals() -> None:
    assert {one: decimals_of(one) for one in CURRENCIES if decimals_of(one) != 2} == {"JPY": 0}
