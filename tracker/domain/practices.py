"""Practising before the first live scorecard: two written sample answers, rated against a key.

The key is the level whose anchor the sample was written from. What comes of it enters no statistics.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.competencies import Competency
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.practice_answers import WrittenAnswer, written_answer
from tracker.domain.question_parts import question_parts
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import HIGHEST_RATING, LOWEST_RATING, RATING_LABELS
from tracker.domain.statement_words import split_topic

SAMPLES = 2
"""How many answers one practice asks to rate."""

_GENERATED: Mapping[Level, WrittenAnswer] = {
    Level.EMERGING: WrittenAnswer(
        "I did it step by step as I had been shown, with somebody beside me. When something was "
        "not on the list, I stopped and asked.",
        "The work is done with help and by a list; what is unusual goes to somebody else.",
    ),
    Level.DEVELOPING: WrittenAnswer(
        "That was my daily work. The usual cases I did by myself from beginning to end; what was "
        "out of the ordinary I passed on.",
        "Usual cases are done alone and to the end; nothing shows that unusual ones are solved.",
    ),
    Level.PROFICIENT: WrittenAnswer(
        "Nobody told me how. Once it did not add up: I looked for the cause, put it right, and "
        "said what should change so that it would not come back.",
        "An unusual case is solved alone and its cause is found; nothing is set for a whole team.",
    ),
    Level.ADVANCED: WrittenAnswer(
        "It was not about my own cases any more: I laid down how the whole team does it, trained "
        "them, and changed it where the figures showed a weakness.",
        "How a whole team works is set, and followed up with figures.",
    ),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample answer: the row it speaks of, the level that it shows, and why; never from a candidate."""

    competency: Competency
    level: Level
    text: str
    why: str
    is_generated: bool


def practice_samples(rows: Sequence[Competency], *, person: int, attempt: int) -> tuple[Sample, ...]:
    """The two samples of a person's n-th practice, 0 for the first; empty where no row has an anchor.

    The same for the same person and attempt: rows take turns, those with answers of our own first, and so do
    levels. Rows with one anchor only serve where there are no others: nothing is told apart there.
    """
    usable = [row for row in rows if len(_firm_levels(row)) > 1] or [row for row in rows if _firm_levels(row)]
    if not usable:
        return ()
    usable.sort(key=lambda row: sum(_is_generated(row, level) for level in _firm_levels(row)))
    chosen: list[Sample] = []
    for place in range(min(SAMPLES, len(usable))):
        row = usable[(attempt * SAMPLES + place) % len(usable)]
        taken = {one.level for one in chosen}
        levels = [level for level in _firm_levels(row) if level not in taken] or _firm_levels(row)
        chosen.append(_sample(row, levels[(person + attempt + place) % len(levels)]))
    return tuple(chosen)


def checked_answers(given: Mapping[str, int | None], samples: Collection[Sample]) -> dict[str, int | None]:
    """What was chosen for each sample by the key of its row: 0 to 4, or none for not assessed.

    Raises RuleBroken at `answers.KEY` for a sample without a choice, or one off the scale.
    """
    checked: dict[str, int | None] = {}
    for sample in samples:
        key = sample.competency.key
        value = given.get(key, -1)
        if value is not None and (type(value) is not int or not LOWEST_RATING <= value <= HIGHEST_RATING):
            raise RuleBroken(f"Choose a level for {sample.competency.name}.", field=f"answers.{key}")
        checked[key] = value
    return checked


def feedback(level: Level, value: int | None) -> str:
    """How a choice lies beside the level that the sample shows, in one sentence."""
    shown = f"{level.rank} {LEVEL_LABELS[level]}"
    if value is None:
        return f"The answer speaks of this row, so it can be rated: it shows {shown}."
    if value == level.rank:
        return f"You chose the level that it shows: {shown}."
    apart = abs(value - level.rank)
    steps = "one level" if apart == 1 else f"{apart} levels"
    aim = "higher" if value > level.rank else "lower"
    return f"You chose {value} {RATING_LABELS[value]}, {steps} {aim}: it shows {shown}."


def _firm_levels(row: Competency) -> list[Level]:
    return [level for level in Level if (anchor := row.anchors.get(level)) and not anchor.is_weak]


def _sample(row: Competency, level: Level) -> Sample:
    answer = _written(row, level) or _generated(row, level)
    return Sample(row, level, answer.text, answer.why, is_generated=_is_generated(row, level))


def _is_generated(row: Competency, level: Level) -> bool:
    return _written(row, level) is None


def _written(row: Competency, level: Level) -> WrittenAnswer | None:
    anchor = row.anchors[level]
    if anchor is None:
        return None
    return written_answer(anchor.source.soc, anchor.source.version, level, anchor.index)


def _generated(row: Competency, level: Level) -> WrittenAnswer:
    """An answer made from the statement's own words, with what tells its level from the others."""
    frame, anchor = _GENERATED[level], row.anchors[level]
    opening = _opening(anchor.statement) if anchor else ""
    return WrittenAnswer(f"{opening} {frame.text}".strip(), frame.why)


def _opening(statement: str) -> str:
    topic, behaviour = split_topic(statement) or (None, statement)
    parts = question_parts(behaviour, topic)
    if parts is None:
        return f"In my last job I had a lot to do with this: {behaviour.rstrip(' .;')}."
    return f"In my last job I had to {parts.task}."
