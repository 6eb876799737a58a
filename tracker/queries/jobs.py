"""Jobs as a list: each with its openings and how many run for it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.stages import JobStatus, Outcome
from tracker.models.jobs import Job
from tracker.models.moves import StageCount
from tracker.queries import visible
from tracker.queries.facts import taken_openings

MOST_JOBS = 200


def list_jobs(
    session: Session, actor: Actor, status: JobStatus | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Up to 200 jobs that the actor may know of, by title: openings, openings taken, active applications."""
    active = (
        select(func.coalesce(func.sum(StageCount.count), 0))
        .where(StageCount.job_id == Job.id, StageCount.outcome == Outcome.ACTIVE)
        .correlate(Job)
        .scalar_subquery()
    )
    query = (
        visible.jobs(actor)
        .with_only_columns(
            Job.id,
            Job.title,
            Job.department,
            Job.location,
            Job.status,
            Job.openings,
            taken_openings(Job.id).label("taken"),  # type: ignore[arg-type]
            active.label("active"),
        )
        .order_by(Job.title, Job.id)
        .limit(MOST_JOBS)
    )
    return session.execute(query.where(Job.status == status) if status else query).all()


def openings_taken(session: Session, job: Job) -> int:
    """How many of a job's openings are taken by people hired or in onboarding."""
    return session.scalar(select(taken_openings(Job.id)).where(Job.id == job.id)) or 0  # type: ignore[arg-type]
