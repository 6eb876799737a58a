"""What people write into fields: trimmed, given where it must be, never longer than its place."""

from tracker.domain.names import clean_text
from tracker.domain.rules import RuleBroken

LONGEST_TEXT = 10_000  # characters
LONGEST_LINE = 200  # characters


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
