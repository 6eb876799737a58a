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
