"""Amounts of money as people write them: a text is read one way or refused, never guessed at."""

import re

from tracker.domain.rules import RuleBroken

MOST_CENTS = 10**13
_LONGEST = 40
_WRITTEN = re.compile(
    r"(?P<whole>[0-9]+"
    r"|[0-9]{1,3}(?:,[0-9]{3})+"  # 33,000 and 1,250,000
    r"|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"  # 12,50,000, as India writes it
    r"|[0-9]{1,3}(?:[ \u00a0\u202f'’][0-9]{3})+)"  # 33 000 and 33'000
    r"(?:\.(?P<decimals>[0-9]{1,2}))?"
)
"""A point stands before one or two decimals only: 33.000 is 33 here and 33000 elsewhere. Commas group only:
18,50 is 18.50 elsewhere."""


_WITHOUT_DECIMALS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF")
    + ("XOF", "XPF")
)
_OF_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def decimals_of(currency: str) -> int:
    """How many decimals amounts of a currency have. Source: ISO 4217, minor units."""
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _OF_THREE_DECIMALS else 2


def check_minor_unit(cents: int, currency: str, *, field: str) -> None:
    """Refuse parts of a unit that a currency does not have, as of a yen. Raises RuleBroken at the field."""
    if decimals_of(currency) == 0 and cents % 100:
        raise RuleBroken(f"Amounts in {currency} have no decimals.", field=field)


def money(cents: int, currency: str) -> str:
    """An amount in hundredths as people write it: `31,500 EUR`, `18.50 GBP`, `4,500,000 JPY`, `1.250 KWD`."""
    whole, rest = divmod(cents, 100)
    decimals = decimals_of(currency)
    if decimals == 0:
        return f"{whole + (rest >= 50):,} {currency}"
    return f"{whole:,}.{rest:02d}{'0' * (decimals - 2)} {currency}" if rest else f"{whole:,} {currency}"


def cents_written(text: str, what: str, *, field: str) -> int:
    """An amount as people write it, in cents: digits, in groups or not, with at most two decimals.

    Raises RuleBroken at the field for everything else, a sign, an exponent and what can be read two ways too.
    """
    found = _WRITTEN.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        raise RuleBroken(f"Write the {what} as 33000 or 33000.50.", field=field)
    whole = re.sub(r"[^0-9]", "", found["whole"])
    return int(whole) * 100 + int((found["decimals"] or "").ljust(2, "0"))


def cents_paid(text: str, what: str, *, field: str) -> int:
    """An amount of which something is paid, in cents. Raises RuleBroken at the field, for nothing too."""
    cents = cents_written(text, what, field=field)
    if not 0 < cents <= MOST_CENTS:
        raise RuleBroken(f"The {what} must be above zero and at most {MOST_CENTS // 100:,}.", field=field)
    return cents
