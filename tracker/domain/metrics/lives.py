"""Lives of applications: when received, whether interviewed, when hired and how decided; from their stays.

A hire is an application whose offer was accepted, which is coming into Onboarding; an imported one that was
hired from another stage is one too. What happens later takes no hire back. Design: reports, "Definitions".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.metrics.spells import Step, effective, spells_of
from tracker.domain.stages import Outcome, Stage


@dataclass(frozen=True, slots=True)
class Life:
    """One application as of an instant: the instants of what happened to it, none of what did not."""

    received_at: datetime
    is_interviewed: bool
    hired_at: datetime | None
    closed_at: datetime | None
    """When it closed, if it stands closed."""

    @property
    def decided_at(self) -> datetime | None:
        """When it was known how it ends: by the hire, else by the closing that still stands."""
        return self.hired_at or self.closed_at


def life_of(steps: Sequence[Step], until: datetime | None = None) -> Life | None:
    """The life of one application by its moves before an instant; none before its first move.

    An undo takes its move away whenever it came, so that a number of the past does not change with it.
    """
    kept = [step for step in effective(steps) if until is None or step.at < until]
    if not kept:
        return None
    spells = spells_of(kept)
    hires = [spell.entered_at for spell in spells if spell.stage is Stage.ONBOARDING]
    # An import may bring somebody hired from anywhere.
    hires += [step.at for step in kept if step.to_outcome is Outcome.HIRED]
    return Life(
        received_at=kept[0].at,
        is_interviewed=any(spell.stage is Stage.INTERVIEW for spell in spells),
        hired_at=min(hires, default=None),
        closed_at=kept[-1].at if kept[-1].to_outcome is not Outcome.ACTIVE else None,
    )
