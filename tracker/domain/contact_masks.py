"""A text without the ways to reach its person, for those who score and have no need of them.

Design: trust, "Who sees what". Whoever is in doubt leaves out more: a span of dates stays, any other row of
seven digits and more goes. Postal addresses cannot be told from other lines and stay.
"""

import re

from tracker.domain.contact_patterns import DATES, EMAIL, PHONE, PROFILE_PAGE, URL

_LEFT_OUT = ((URL, "[page]"), (PROFILE_PAGE, "[page]"), (EMAIL, "[e-mail]"))
_FEWEST_DIGITS = 7


def without_contacts(text: str) -> str:
    """The text with a word in brackets in place of each address of mail or page, and of each number."""
    for pattern, word in _LEFT_OUT:
        text = pattern.sub(word, text)
    return PHONE.sub(_unless_dates, text)


def _unless_dates(found: re.Match[str]) -> str:
    digits = sum(letter.isdecimal() for letter in found[0])
    is_number = digits >= _FEWEST_DIGITS and not DATES.fullmatch(found[0].strip(" .-/"))
    return "[number]" if is_number else found[0]
