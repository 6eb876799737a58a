"""What was spent on a source: amounts for a span of days, the part of them in a window, and cost per hire.

Currencies stand beside each other; nothing is converted, for no rate is known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from tracker.domain.amounts import cents_paid, check_minor_unit, decimals_of
from tracker.domain.names import clean_line
from tracker.domain.offers import CURRENCIES
from tracker.domain.reports import FIRST_YEAR, LAST_YEAR, start_of_day
from tracker.domain.rules import RuleBroken

LONGEST_SOURCE = 80  # characters
Amounts = Mapping[str, Fraction]
"""Cents by currency."""


@dataclass(frozen=True, slots=True)
class Spend:
    """An amount in cents of a currency that was spent on a source, spread over days; the last one counts."""

    source: str
    amount_cents: int
    currency: str
    starts_on: date
    ends_on: date


def checked_spend(
    source: str | None, amount: str | None, currency: str, starts_on: date, ends_on: date
) -> Spend:
    """What was spent, of what somebody typed. Raises RuleBroken at the field."""
    if currency not in CURRENCIES:
        raise RuleBroken("Choose a currency of the list.", field="currency")
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            raise RuleBroken(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.", field=field)
    if ends_on < starts_on:
        raise RuleBroken("The last day cannot be before the first.", field="ends_on")
    name = clean_line(source or "", "The source", "source", longest=LONGEST_SOURCE, needed=True)
    cents = cents_paid(amount or "", "amount", field="amount")
    check_minor_unit(cents, currency, field="amount")
    return Spend(name, cents, currency, starts_on, ends_on)


def spent_between(spends: Iterable[Spend], begin: datetime | None, end: datetime, zone: tzinfo) -> Amounts:
    """What falls into a half-open window, by currency: each amount by the share of its time in the window.

    Days begin in the zone. Without a begin the window has none.
    """
    found: dict[str, Fraction] = {}
    for one in spends:
        first, last = start_of_day(one.starts_on, zone), start_of_day(one.ends_on + timedelta(days=1), zone)
        inside = min(last, end) - max(first, begin or first)
        if inside > timedelta(0):
            part = Fraction(inside // _TICK, (last - first) // _TICK) * one.amount_cents
            found[one.currency] = found.get(one.currency, Fraction(0)) + part
    return found


def per_hire(amounts: Amounts, hires: int) -> Amounts | None:
    """The amounts for each hire; nothing where nobody was hired, or nothing is known to be spent."""
    return {currency: cents / hires for currency, cents in amounts.items()} if hires and amounts else None


def in_words(amounts: Amounts | None) -> str | None:
    """Amounts as reports hold them, by currency, half cents up: `1200.00 EUR; 80.50 GBP`."""
    if not amounts:
        return None
    return "; ".join(f"{_rounded(cents, currency)} {currency}" for currency, cents in sorted(amounts.items()))


_TICK = timedelta(microseconds=1)


def _rounded(cents: Fraction, currency: str) -> str:
    if decimals_of(currency) == 0:
        return str(int(cents / 100 + Fraction(1, 2)))
    whole = int(cents + Fraction(1, 2))
    return f"{whole // 100}.{whole % 100:02d}"
