"""What a profile in the form of JSON Resume says of somebody's work, as lines to read; never who they are.

The keys are those of JSON Resume 1.0.0 (jsonresume.org/schema); what has another shape is left out.
"""

from collections.abc import Mapping
from typing import Any

from tracker.domain.texts import one_line

LONGEST_LINE = 2_000  # characters
MOST_LINES = 200
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("work", ("position", "name", "startDate", "endDate", "summary")),
    ("volunteer", ("position", "organization", "startDate", "endDate", "summary")),
    ("education", ("studyType", "area", "institution", "startDate", "endDate")),
    ("certificates", ("name", "issuer", "date")),
    ("skills", ("name", "level")),
    ("languages", ("language", "fluency")),
    ("projects", ("name", "description")),
)
"""The parts that speak of qualifications, with what of each entry is told."""


def profile_lines(profile: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The profile as lines, such as `Work: Order clerk, Holt & Sons, 2021, 2026`, at most 200."""
    known = profile if isinstance(profile, Mapping) else {}
    basics = known.get("basics")
    lines = [_text(basics.get(key)) for key in ("label", "summary")] if isinstance(basics, Mapping) else []
    for part, keys in _PARTS:
        entries = known.get(part)
        for entry in entries if isinstance(entries, list) else ():
            lines += _entry(part, keys, entry)
    return tuple(line for line in lines if line)[:MOST_LINES]


def _entry(part: str, keys: tuple[str, ...], entry: Any) -> list[str]:
    if not isinstance(entry, Mapping):
        return []
    said = ", ".join(filter(None, (_text(entry.get(key)) for key in keys)))
    more = [_text(one) for key in ("highlights", "keywords", "courses") for one in _list(entry.get(key))]
    first = [f"{part.capitalize()}: {said}"] if said else []
    return first + [f"– {one}" for one in more if one]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return one_line(value)[:LONGEST_LINE] if isinstance(value, str) else ""
