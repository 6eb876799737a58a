"""Whether a person is still there to have something added to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.rules import RuleBroken
from tracker.models.candidates import Candidate

ERASED = "This person was erased: nothing can be added to them again."


def lock_standing(session: Session, candidate_id: int) -> None:
    """Hold off an erasure of this person until the transaction ends. Raises RuleBroken if it has happened.

    Whoever adds something to a person asks this first; an erasure waits for them, or they see it.
    """
    rows = select(Candidate.erased_at).where(Candidate.id == candidate_id)
    if session.scalar(rows.with_for_update(read=True)) is not None:
        raise RuleBroken(ERASED)
