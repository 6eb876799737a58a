"""Taking out the decision file of a job: who did is on record before the first byte leaves."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.queries.decision_files import owes_on_job
from tracker.services.audit import record
from tracker.services.permits import require


def record_decision_file(session: Session, job: Job, *, actor: Actor) -> None:
    """Note that the actor takes out everything that a job was decided by.

    Raises NotPermitted, and RuleBroken for whoever owes a scorecard on the job: the file shows others' cards.
    """
    require(actor, Permission.DECISION_FILE_EXPORT)
    if actor.id is not None and owes_on_job(session, job, actor.id):
        raise RuleBroken("Hand in your own scorecards on this job first: the file shows those of others.")
    record(session, "decision_file:export", job, actor=actor)
