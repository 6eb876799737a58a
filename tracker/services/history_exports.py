"""Taking the history out: who did is on record before the first move leaves."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job
from tracker.models.jobs import Job
from tracker.services.audit import record


def record_history_export(session: Session, job: Job | None, *, format: str, actor: Actor) -> None:
    """Note that the actor takes out the history of a job, or of all they may see. Raises NotPermitted."""
    may = (
        can_for_some_job(actor, Permission.HISTORY_READ)
        if job is None
        else can(actor, Permission.HISTORY_READ, Subject(job_id=job.id))
    )
    if not may:
        raise NotPermitted("You may not take this history out.")
    record(session, "history:export", job or Job(), actor=actor, format=format)
