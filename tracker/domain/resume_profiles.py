"""What a profile in the form of JSON Resume says of somebody's work, as lines to read; never who they are.

The keys are those of JSON Resume 1.0.0 (jsonresume.org/schema); what has another shape is left out.
"""

import math
from collections.abc import Mapping
from typing import Any

from tracker.domain.rules import RuleBroken
from tracker.domain.texts import one_line, plain_text

LONGEST_LINE = 2_000  # characters
MOST_LINES = 200
DEEPEST = 8
KEPT_PARTS = (
    *("basics", "work", "volunteer", "education", "awards", "certificates", "publications", "skills"),
    *("languages", "interests", "projects"),
)
"""What is kept of a profile: not its references, who are other people, and nothing that the schema lacks."""
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


def clean_profile(value: Any) -> dict[str, Any]:
    """A stranger's JSON Resume as it can be kept: its known parts, texts without controls, no picture.

    Raises RuleBroken on `profile` for what is none.
    """
    if not isinstance(value, Mapping) or not isinstance(value.get("basics"), Mapping):
        raise RuleBroken("This is no JSON Resume: it has no part “basics”.", field="profile")
    kept = {part: _clean(value[part], 1) for part in KEPT_PARTS if part in value}
    kept["basics"].pop("image", None)
    return kept


def _clean(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise RuleBroken("The JSON Resume is nested too deep.", field="profile")
    if isinstance(value, Mapping):
        return {plain_text(str(key))[:80]: _clean(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, depth + 1) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise RuleBroken("The JSON Resume holds a number that is none.", field="profile")
    return plain_text(value) if isinstance(value, str) else value


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
