"""Making two records of one person into one, and taking it back: no history is touched by either.

Applications stay with the record they came to, so every chain holds as it was; the record that stays shows
them all.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.candidates import Candidate
from tracker.services.audit import record
from tracker.services.candidate_sessions import end_all_sessions
from tracker.services.permits import require


def merge_candidates(session: Session, kept: Candidate, other: Candidate, *, actor: Actor) -> None:
    """Let `other` be the same person as `kept`, who stays; links to the other's page open no more.

    Raises NotPermitted, RuleBroken for one person twice or somebody erased, ChangedMeanwhile for somebody
    merged already.
    """
    require(actor, Permission.CANDIDATE_MERGE)
    if kept.id == other.id:
        raise RuleBroken("Choose two different records.")
    _lock(session, kept, other)
    if kept.erased_at is not None or other.erased_at is not None:
        raise RuleBroken("One of the two was erased: there is nothing to merge.")
    if kept.merged_into_id is not None or other.merged_into_id is not None:
        raise ChangedMeanwhile("One of the two was merged meanwhile. Look at both again.")
    other.merged_into_id = kept.id
    end_all_sessions(session, other.id)
    session.flush()
    record(session, "candidate:merge", kept, actor=actor, other_id=other.id)


def separate_candidate(session: Session, other: Candidate, *, actor: Actor) -> None:
    """Take a merge back: the record is a person of its own again. Raises NotPermitted, ChangedMeanwhile."""
    require(actor, Permission.CANDIDATE_MERGE)
    _lock(session, other)
    if other.erased_at is not None:
        raise RuleBroken("The person was erased: nothing can be taken back.")
    if other.merged_into_id is None:
        raise ChangedMeanwhile("The two were separated already.")
    kept_id, other.merged_into_id = other.merged_into_id, None
    session.flush()
    record(session, "candidate:separate", other, actor=actor, kept_id=kept_id)


def _lock(session: Session, *candidates: Candidate) -> None:
    """Locked in one order, and read anew."""
    for number in sorted(candidate.id for candidate in candidates):
        session.execute(
            select(Candidate)
            .where(Candidate.id == number)
            .with_for_update(of=Candidate)
            .execution_options(populate_existing=True)
        )
