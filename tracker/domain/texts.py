"""What people write into fields: trimmed, given where it must be, never longer than its place."""

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
    kept = (text or "").strip()
    if len(kept) > longest:
        raise RuleBroken(f"This text is longer than {longest:,} characters.", field=field)
    if "\x00" in kept or any("\ud800" <= character <= "\udfff" for character in kept):
        raise RuleBroken("This text holds a character that cannot be kept.", field=field)
    return kept or None
