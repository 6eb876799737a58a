"""Practising before the first live scorecard: two written sample answers, rated against a key.

The key is the level whose anchor the sample was written from. What comes of it enters no statistics.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.anchor_answers import answer_from
from tracker.domain.competencies import Competency
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.practice_answers import WrittenAnswer, written_answer
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import HIGHEST_RATING, LOWEST_RATING, RATING_LABELS

SAMPLES = 2
"""How many answers one practice asks to rate."""


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
    levels_of = {row.key: _levels(row) for row in rows}
    usable = [row for row in rows if len(levels_of[row.key]) > 1] or [
        row for row in rows if levels_of[row.key]
    ]
    if not usable:
        return ()
    usable.sort(key=lambda row: sum(_is_generated(row, level) for level in levels_of[row.key]))
    chosen: list[Sample] = []
    for place in range(min(SAMPLES, len(usable))):
        row = usable[(attempt * SAMPLES + place) % len(usable)]
        taken = {one.level for one in chosen}
        levels = [level for level in levels_of[row.key] if level not in taken] or levels_of[row.key]
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


def _levels(row: Competency) -> list[Level]:
    """The levels that an answer can show: firm anchors that say something else than those beside them."""
    firm = [level for level in Level if (anchor := row.anchors.get(level)) and not anchor.is_weak]
    told = {level: _answer(row, level).text for level in firm}
    times = Counter(told.values())
    return [level for level in firm if times[told[level]] == 1]


def _sample(row: Competency, level: Level) -> Sample:
    answer = _answer(row, level)
    return Sample(row, level, answer.text, answer.why, is_generated=_is_generated(row, level))


def _answer(row: Competency, level: Level) -> WrittenAnswer:
    return _written(row, level) or answer_from(row, level)


def _is_generated(row: Competency, level: Level) -> bool:
    return _written(row, level) is None


def _written(row: Competency, level: Level) -> WrittenAnswer | None:
    anchor = row.anchors.get(level)
    return written_answer(anchor.source, level, anchor.index) if anchor else None
