"""Spells: the stays of an application in a stage, made from its moves; what the pipeline report counts.

A spell begins with each move that comes from anywhere but the same stage, active. It ends with the next move;
an imported move that arrives closed begins and ends one at once. A move that was undone, and its undo, count
nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from tracker.domain.moves import MoveKind
from tracker.domain.stages import STAGES, Outcome, Stage


class SpellEnd(StrEnum):
    """How a stay in a stage ended; active: it has not."""

    ADVANCED = "advanced"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ACTIVE = "active"


SPELL_END_LABELS = {
    SpellEnd.ADVANCED: "Advanced",
    SpellEnd.RETURNED: "Returned",
    SpellEnd.REJECTED: "Rejected",
    SpellEnd.WITHDRAWN: "Withdrawn",
    SpellEnd.ACTIVE: "Active",
}

CLOSES_AS = {
    Outcome.HIRED: SpellEnd.ADVANCED,
    Outcome.REJECTED: SpellEnd.REJECTED,
    Outcome.WITHDRAWN: SpellEnd.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a spell needs to know of a move; steps of an application stand in order of version."""

    version: int
    kind: MoveKind
    from_stage: Stage | None
    to_stage: Stage
    from_outcome: Outcome | None
    to_outcome: Outcome
    at: datetime

    @property
    def begins_spell(self) -> bool:
        """Whether it comes from anywhere but the same stage, active."""
        return self.from_stage is not self.to_stage or self.from_outcome is not Outcome.ACTIVE


@dataclass(frozen=True, slots=True)
class Spell:
    """One stay in a stage: from which move to which, and how it ended; open ones have no end."""

    stage: Stage
    entered_at: datetime
    entered_version: int
    end: SpellEnd
    ended_at: datetime | None = None
    ended_version: int | None = None


@dataclass(frozen=True, slots=True)
class StageFigures:
    """Applications at one stage, each counted once: entered + open_at_start is the sum of the others."""

    entered: int = 0
    active: int = 0
    advanced: int = 0
    returned: int = 0
    rejected: int = 0
    withdrawn: int = 0
    open_at_start: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether everyone who came is accounted for."""
        gone = self.advanced + self.returned + self.rejected + self.withdrawn
        return self.entered + self.open_at_start == gone + self.active


def effective(steps: Sequence[Step], until: datetime | None = None) -> list[Step]:
    """The steps before an instant without undone ones and their undos."""
    seen = [step for step in steps if until is None or step.at < until]
    undone = {step.version - 1 for step in seen if step.kind is MoveKind.UNDO}
    return [step for step in seen if step.kind is not MoveKind.UNDO and step.version not in undone]


def spells_of(steps: Sequence[Step], until: datetime | None = None) -> list[Spell]:
    """The spells of one application in order, as of an instant."""
    kept = effective(steps, until)
    return [_spell(step, after) for step, after in zip_longest(kept, kept[1:]) if step.begins_spell]


def last_spells(steps: Sequence[Step], until: datetime | None = None) -> dict[Stage, Spell]:
    """The last spell in each stage where the application ever was."""
    return {spell.stage: spell for spell in spells_of(steps, until)}


def reached(steps: Sequence[Step], until: datetime | None = None) -> set[Stage]:
    """The stages where the application ever was, whatever became of it."""
    return {step.to_stage for step in effective(steps, until)}


def figures(
    applications: Iterable[Sequence[Step]], from_: datetime | None = None, until: datetime | None = None
) -> dict[Stage, StageFigures]:
    """The pipeline of these applications in a half-open window: per stage, who came and what became of
    them.
    """
    counted = {stage: dict.fromkeys(StageFigures.__slots__, 0) for stage in STAGES}
    for steps in applications:
        for spell in last_spells(steps, until).values():
            if from_ is None or spell.entered_at >= from_:
                counted[spell.stage]["entered"] += 1
            elif spell.ended_at is None or spell.ended_at >= from_:
                counted[spell.stage]["open_at_start"] += 1
            else:
                continue
            counted[spell.stage][spell.end.value] += 1
    return {stage: StageFigures(**counts) for stage, counts in counted.items()}


def share(part: int, whole: int) -> float | None:
    """A part of a whole from 0 to 1; of nothing there is no share."""
    return part / whole if whole else None


def _spell(step: Step, after: Step | None) -> Spell:
    begun = (step.to_stage, step.at, step.version)
    if step.to_outcome is not Outcome.ACTIVE:
        return Spell(*begun, CLOSES_AS[step.to_outcome], step.at, step.version)
    if after is None:
        return Spell(*begun, SpellEnd.ACTIVE)
    return Spell(*begun, _end(step, after), after.at, after.version)


def _end(step: Step, after: Step) -> SpellEnd:
    if after.to_outcome is not Outcome.ACTIVE:
        return CLOSES_AS[after.to_outcome]
    return SpellEnd.ADVANCED if after.to_stage.place > step.to_stage.place else SpellEnd.RETURNED
