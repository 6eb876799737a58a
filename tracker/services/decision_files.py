"""Taking out the decision file of a job: who did is on record before the first byte leaves."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.queries.decision_files import owes_on_job
from tracker.services.audit import record
from tracker.services.card_reads import note_first_reads
from tracker.services.permits import require

PLACE = "decision file"


def record_decision_file(session: Session, job: Job, *, actor: Actor) -> None:
    """Note that the actor takes out everything that a job was decided by, and each card of others in it.

    Raises NotPermitted, and RuleBroken for whoever owes a scorecard on the job: the file shows others' cards.
    """
    require(actor, Permission.DECISION_FILE_EXPORT)
    if actor.id is not None and owes_on_job(session, job, actor.id):
        raise RuleBroken("Hand in your own scorecards on this job first: the file shows those of others.")
    of_job = select(Application.id).where(Application.job_id == job.id)
    note_first_reads(session, Interview.application_id.in_(of_job), place=PLACE, actor=actor)
    record(session, "decision_file:export", job, actor=actor)
