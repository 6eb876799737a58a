"""What became of a job's status, and what may become of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.jobs import StatusOption, status_options
from tracker.models.jobs import Job, JobStatusChange
from tracker.queries.applications import actor_names
from tracker.queries.jobs import JobHead


def status_history(session: Session, job: Job) -> list[tuple[JobStatusChange, str]]:
    """The changes of the job's status, newest first, each with the name of who made it."""
    changes = session.scalars(
        select(JobStatusChange).where(JobStatusChange.job_id == job.id).order_by(JobStatusChange.id.desc())
    ).all()
    names = actor_names(session, [change.actor for change in changes])
    return [(change, names[change.actor]) for change in changes]


def options_of(job: JobHead, *, actor: Actor) -> tuple[StatusOption, ...]:
    """What the job's status can change to, and why the actor cannot."""
    return status_options(
        job.status,
        is_approved=job.approved_at is not None,
        free=job.openings - job.taken,
        actor=actor,
        job_id=job.id,
    )
