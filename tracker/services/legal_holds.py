"""Placing and releasing legal holds."""

from datetime import date

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.days import check_day
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.legal_holds import LegalHold
from tracker.services.audit import record
from tracker.services.permits import require

LONGEST_REASON = 2000


def place_hold(
    session: Session,
    reason: str,
    *,
    actor: Actor,
    candidate: Candidate | None = None,
    job: Job | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> LegalHold:
    """Hold the records of a person, of a job's applicants, or of who applied in a period; days included.

    Raises NotPermitted, RuleBroken at the field.
    """
    require(actor, Permission.LEGAL_HOLD_SET)
    text = reason.strip()
    if not text:
        raise RuleBroken("Say why the records are held.", field="reason")
    if len(text) > LONGEST_REASON:
        raise RuleBroken(f"At most {LONGEST_REASON:,} characters.", field="reason")
    if candidate is None and job is None and from_on is None and to_on is None:
        raise RuleBroken("Say whose records: a person, a job or a period.", field="candidate")
    for day, field in ((from_on, "from_on"), (to_on, "to_on")):
        if day is not None:
            check_day(day, field=field)
    if from_on is not None and to_on is not None and to_on < from_on:
        raise RuleBroken("The period must end after it begins.", field="to_on")
    if candidate is not None:
        session.refresh(candidate, with_for_update=True)
        if candidate.erased_at is not None:
            raise RuleBroken("This person was erased: there is nothing to hold.", field="candidate")
    hold = LegalHold(
        candidate_id=candidate.id if candidate else None,
        job_id=job.id if job else None,
        from_on=from_on,
        to_on=to_on,
        reason=text,
        owner_id=actor.id,
        created_at=clock.now(),
    )
    session.add(hold)
    session.flush()
    record(
        session, "legal_hold:placed", hold, actor=actor, candidate_id=hold.candidate_id, job_id=hold.job_id
    )
    return hold


def release_hold(session: Session, hold: LegalHold, *, actor: Actor) -> None:
    """Let what a hold kept run its time again. Raises NotPermitted, RuleBroken if it was released before."""
    require(actor, Permission.LEGAL_HOLD_SET)
    session.refresh(hold, with_for_update={"of": LegalHold})
    if hold.released_at is not None:
        raise RuleBroken("This hold was released already.")
    hold.released_at, hold.released_by_id = clock.now(), actor.id
    session.flush()
    record(session, "legal_hold:released", hold, actor=actor)
