"""Whether a person is still there to have something added to."""

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.rules import RuleBroken
from tracker.models.candidates import Candidate
from tracker.queries.prepared import prepared

ERASED = "This person was erased: nothing can be added to them again."


def lock_standing(session: Session, candidate_id: int) -> None:
    """Hold off an erasure of this person until the transaction ends. Raises RuleBroken if it has happened.

    Whoever adds something to a person asks this first; an erasure waits for them, or they see it.
    """
    if _erased_at.scalar(session, id=candidate_id) is not None:
        raise RuleBroken(ERASED)


@prepared
def _erased_at() -> Select[Any]:
    found = select(Candidate.erased_at).where(Candidate.id == bindparam("id"))
    return found.with_for_update(read=True)
