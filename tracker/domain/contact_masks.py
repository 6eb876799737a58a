"""A text without the ways to reach its person, and without their name, for those who have no need of them.

Design: trust, "Who sees what". Whoever is in doubt leaves out more, so the patterns are wider here than where
a form is filled: whatever has an @ within, whatever looks like a page, and every row of seven digits and more
that is no row of dates. Postal addresses cannot be told from other lines and stay.
"""

import re

from tracker.domain.contact_patterns import PROFILE_PAGE
from tracker.domain.names import fold

_ADDRESS = re.compile(r"[^\s@<>()\[\]|,;:]{1,64}@[^\s@<>()\[\]|,;:]{1,253}")
_PAGE = re.compile(r"(?:https?://|www\.)[^\s<>()\"'|,;]+", re.IGNORECASE)
_PAGE_BELOW = re.compile(r"(?<![\w@])(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}/[^\s<>()\"'|,;]+", re.IGNORECASE)
_NUMBER = re.compile(r"[+(]{0,3}\d(?:[\d ()./\-\u2010-\u2013\u00a0]{0,60}\d)?")
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}[./-]"
_ONE_DATE = rf"(?:{_DAY}{_DAY}\d{{2,4}}|{_DAY}{_YEAR}|{_YEAR}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?|{_YEAR})"
_DATES = re.compile(rf"\(?{_ONE_DATE}(?:\s*[-\u2010-\u2013/]\s*{_ONE_DATE})?\)?")
_LEFT_OUT = ((_PAGE, "[page]"), (PROFILE_PAGE, "[page]"), (_PAGE_BELOW, "[page]"), (_ADDRESS, "[e-mail]"))
_DASHES = frozenset("-/\u2010\u2011\u2012\u2013")
_FEWEST_DIGITS = 7
# Accents may stand behind their letters; what stands in brackets already is no name.
_WORD = re.compile(r"\[(?:page|e-mail|number)\]|(?:[^\W\d_][\u0300-\u036f]*)+")
_NAME = "[name]"


def without_contacts(text: str) -> str:
    """The text with a word in brackets in place of each address of mail or page, and of each number."""
    for pattern, word in _LEFT_OUT:
        text = pattern.sub(word, text)
    return _NUMBER.sub(_unless_dates, text)


def without_person(text: str, name: str | None) -> str:
    """The text without ways to reach its person, and with a word in brackets for each word of their name.

    Case and accents do not count, initials stay. Words that the name itself writes small, such as “de”, tell
    nobody apart and stay too.
    """
    words = _WORD.findall(name or "")
    if any(word != word.lower() for word in words):
        words = [word for word in words if word != word.lower() or word == word.upper()]
    told = {fold(word) for word in words if len(word) > 1}
    text = without_contacts(text)
    for word in _without_case(name or ""):
        text = text.replace(word, _NAME)
    return _WORD.sub(lambda found: _NAME if fold(found[0]) in told else found[0], text)


def _without_case(name: str) -> list[str]:
    """The whole and the words of a name in a script without capitals: there words may stand together."""
    parts = [part for part in name.split() if part.lower() == part.upper()]
    found = {"".join(parts), *parts} if parts else set()
    return sorted((one for one in found if len(one) > 1), key=len, reverse=True)


def _unless_dates(found: re.Match[str]) -> str:
    digits = sum(letter.isdecimal() for letter in found[0])
    pieces = found[0].strip(" .-/").split()
    is_number = digits >= _FEWEST_DIGITS and not all(map(_is_of_dates, pieces))
    return "[number]" if is_number else found[0]


def _is_of_dates(piece: str) -> bool:
    return piece in _DASHES or _DATES.fullmatch(piece) is not None
