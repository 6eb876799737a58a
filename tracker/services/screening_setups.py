"""How a job screens: the points that its calls are scored on, and whether its queue hides who applies."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import ChangedMeanwhile
from tracker.domain.screening_points import checked_points
from tracker.models.jobs import Job
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require


def set_screening(
    session: Session,
    job: Job,
    points: Sequence[str],
    *,
    has_hidden_names: bool = False,
    version: int | None = None,
    actor: Actor,
) -> Job:
    """Set the points of the job's screening calls, and whether its queue hides names and contact data.

    Calls that were held keep the words they were asked in.

    `version` is that of the job which the actor saw. Raises ChangedMeanwhile for an older one, and RuleBroken
    at `points` unless they are three to five, or none.
    """
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    lock_job(session, job)
    if version is not None and version != job.version:
        raise ChangedMeanwhile("Somebody changed this job since you opened it: look at it again first.")
    job.screening_points = list(checked_points(points)) or None
    job.has_hidden_names = has_hidden_names
    job.version += 1
    session.flush()
    record(
        session,
        "job:set_screening",
        job,
        actor=actor,
        points=len(job.screening_points or ()),
        has_hidden_names=has_hidden_names,
    )
    return job
