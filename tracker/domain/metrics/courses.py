"""Courses: what became of an application so far, without its instants, so that equal ones can be counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.history import MoveRow
from tracker.domain.metrics.spells import SpellEnd, Step, spells_of
from tracker.domain.stages import STAGES, Outcome, Stage


@dataclass(frozen=True, slots=True)
class Course:
    """Where one application was and how it stands.

    `stages` is the sum of the bits of those it was ever in; `has_been_hired` whether a move ever closed it as
    hired, `has_imported_offer` whether an imported one brought it into Offer; `reason` is that of the closing
    that stands, empty where none does.
    """

    stages: int
    has_been_hired: bool
    has_imported_offer: bool
    stage: Stage
    outcome: Outcome
    reason: str

    @property
    def is_hired(self) -> bool:
        """Whether it counts as a hire: by coming into Onboarding, or hired from elsewhere."""
        return self.has_been_hired or was_in(self.stages, Stage.ONBOARDING)


def bit_of(stage: Stage) -> int:
    """What a stage adds to the stages of a course."""
    return 1 << stage.place


def was_in(stages: int, stage: Stage) -> bool:
    """Whether a stage is among those of a course."""
    return bool(stages & bit_of(stage))


def furthest(stages: int) -> Stage:
    """The furthest of the stages of a course."""
    return STAGES[stages.bit_length() - 1]


def course_of(moves: Sequence[MoveRow]) -> Course:
    """The course of one application by all its moves, of which there is at least one."""
    spells = spells_of([Step(**{name: getattr(move, name) for name in Step.__slots__}) for move in moves])
    imported = {move.version for move in moves if move.imported}
    stages = sum(bit_of(stage) for stage in {spell.stage for spell in spells})
    has_been_hired = any(move.to_outcome is Outcome.HIRED for move in moves)
    came = any(spell.stage is Stage.OFFER and spell.entered_version in imported for spell in spells)
    for spell in spells:
        if spell.end is SpellEnd.ACTIVE:
            return Course(stages, has_been_hired, came, spell.stage, Outcome.ACTIVE, "")
    newest = max(spell.ended_version or 0 for spell in spells)
    closing = next(move for move in moves if move.version == newest)
    return Course(stages, has_been_hired, came, closing.to_stage, closing.to_outcome, closing.reason or "")
