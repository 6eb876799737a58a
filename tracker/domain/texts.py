"""What people write into fields: trimmed, given where it must be, never longer than its place."""

import re
import unicodedata

from tracker.domain.names import clean_text
from tracker.domain.rules import RuleBroken

LONGEST_TEXT = 10_000  # characters
LONGEST_LINE = 200  # characters
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NO_TEXT = {"Cc", "Cs"}  # controls, and halves of letters


def written(text: str | None, missing: str, *, field: str = "reason", longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it. Raises RuleBroken, saying `missing`, where there is none."""
    kept = written_or_none(text, field=field, longest=longest)
    if kept is None:
        raise RuleBroken(missing, field=field)
    return kept


def written_or_none(text: str | None, *, field: str, longest: int = LONGEST_TEXT) -> str | None:
    """The text without blanks around it, or none. Raises RuleBroken if it cannot be kept."""
    return clean_text(text or "", "This text", field, longest=longest) or None


def one_line(text: str) -> str:
    """A text that fits into one line of a header: line breaks and other control characters become blanks."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def plain_text(text: str) -> str:
    """The text for a file that others read: every kind of line break is one, all other controls are gone."""
    lines = _LINE_BREAK.sub("\n", text)
    return "".join(
        letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) not in _NO_TEXT
    )
