"""Sample answers made from a row's own anchors: they tell what the anchor says, and nothing besides.

What is not in the anchors would be rated by nothing that stands beside the answer.
"""

import re
from functools import lru_cache

from tracker.domain.competencies import Competency
from tracker.domain.frameworks import Level
from tracker.domain.practice_answers import WrittenAnswer
from tracker.domain.question_parts import level_markers, question_parts, remove_level_markers
from tracker.domain.statement_words import split_topic

LONGEST_QUOTE = 180  # characters
LONGEST_ANSWER = 2_000  # characters

_TAILS: dict[str, str] = {
    "doing": "That meant {}.",
    "by": "That meant {}.",
    "following": "That meant {}.",
    "aim": "It was to {}.",
    "result": "It helped to {}.",
    "so_that": "It was done so that {}.",
    "basis": "I went by {}.",
    "means": "I used {}.",
}
_ALONE = re.compile(
    r"\b(?:without|independently|autonomously|unaided|unsupervised|own|no|minimal|limited|little|reduced)\b",
    re.IGNORECASE,
)
_PROMPTED = re.compile(r"\b(?:when|as|if)\b", re.IGNORECASE)
BY_MYSELF = "Nobody had to look over my shoulder."
ON_REQUEST = "I did it each time somebody said so."
LOOKED_AFTER = "Somebody who knew the work stood by and looked at what I did."


def answer_from(row: Competency, level: Level) -> WrittenAnswer:
    """An answer that shows the anchor of a level, and why it shows that one and none above.

    Raises ValueError where the row has no anchor there.
    """
    anchor = row.anchors.get(level)
    if anchor is None:
        raise ValueError(f"{row.key} has no anchor at {level}")
    why = f"It tells what its anchor asks for: “{_quoted(anchor.statement)}”."
    above = [one for other in Level if other.rank > level.rank and (one := row.anchors.get(other))]
    if above:
        why = f"{why} Nothing in it reaches the next: “{_quoted(above[0].statement)}”."
    return WrittenAnswer(_told(anchor.statement), why)


@lru_cache(maxsize=1_000)
def _told(statement: str) -> str:
    topic, behaviour = split_topic(statement) or (None, statement)
    parts = question_parts(behaviour, topic)
    if parts is None:
        done = remove_level_markers(" ".join(behaviour.split()).rstrip(" .;"))
        told = [f"In my last job I had a lot to do with this: {done}."]
    else:
        task = re.sub(r"\byour own\b", "my own", parts.task)
        told = [f"In my last job I had to {task}."]
        told += [_TAILS[kind].format(tail) for kind, tail in parts.tails]
    helped = _help(behaviour)
    room = LONGEST_ANSWER - sum(len(one) + 1 for one in helped)
    return " ".join([_clipped(" ".join(told), room), *helped])


def _help(behaviour: str) -> list[str]:
    """How closely somebody was looked after, in other words than the anchor's; nothing where it is silent."""
    markers = " ".join(level_markers(behaviour))
    if not markers:
        return []
    if _ALONE.search(markers):
        return [BY_MYSELF]
    return [ON_REQUEST if _PROMPTED.search(markers) else LOOKED_AFTER]


def _quoted(statement: str) -> str:
    return _clipped(" ".join(statement.split()).rstrip("."), LONGEST_QUOTE)


def _clipped(line: str, most: int) -> str:
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
