"""How a job screens: what it needs, the points that its calls are scored on, and what its queue hides."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.lawful_questions import why_not_of_applicants
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.screening_points import checked_points
from tracker.models.jobs import Job
from tracker.places import law_of
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require


def set_screening(
    session: Session,
    job: Job,
    points: Sequence[str],
    *,
    has_hidden_names: bool = False,
    needs_resume_review: bool = True,
    needs_screening_call: bool = True,
    version: int | None = None,
    actor: Actor,
) -> Job:
    """Set what advancing from Screening needs, the points of the job's calls, and what its queue hides.

    Calls that were held keep the words they were asked in. A review that was not passed stands in the way
    even where none is needed.

    `version` is that of the job which the actor saw. Raises ChangedMeanwhile for an older one, and RuleBroken
    at `points` unless they are three to five, or none, and may be asked of applicants; at `has_hidden_names`
    where no review would end it.
    """
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    if has_hidden_names and not needs_resume_review:
        raise RuleBroken("Names are hidden until the review: ask for one.", field="has_hidden_names")
    checked = checked_points(points)
    for point in checked:
        if refusal := why_not_of_applicants(point, law_of(job.jurisdiction)):
            raise RuleBroken(f"“{point}” {refusal}", field="points")
    lock_job(session, job)
    if version is not None and version != job.version:
        raise ChangedMeanwhile("Somebody changed this job since you opened it: look at it again first.")
    job.screening_points = list(checked) or None
    job.has_hidden_names = has_hidden_names
    job.needs_resume_review, job.needs_screening_call = needs_resume_review, needs_screening_call
    job.version += 1
    session.flush()
    record(
        session,
        "job:set_screening",
        job,
        actor=actor,
        points=len(job.screening_points or ()),
        has_hidden_names=has_hidden_names,
        needs_resume_review=needs_resume_review,
        needs_screening_call=needs_screening_call,
    )
    return job
