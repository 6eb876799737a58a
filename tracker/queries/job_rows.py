"""Jobs page by page, each with what it has taken, its framework and the rubric it is scored on."""

from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.queries import visible
from tracker.queries.fact_columns import taken_openings

JobRow = Row[*tuple[Any, ...]]


def job_page(
    session: Session,
    actor: Actor,
    *,
    status: JobStatus | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 25,
) -> tuple[list[JobRow], tuple[str, int] | None]:
    """Jobs that the actor may know of, by title, after (title, id), and where the next page begins.

    Each row: `Job`, `taken`, the framework as `framework_id`, `soc`, `framework_title`, `framework_version`,
    and the rubric as `rubric_id`, `rubric_number`.
    """
    rows = _described(visible.jobs(actor))
    if status is not None:
        rows = rows.where(Job.status == status)
    if after is not None:
        rows = rows.where(tuple_(Job.title, Job.id) > after)
    found = session.execute(rows.order_by(Job.title, Job.id).limit(limit + 1)).all()
    page = list(found[:limit])
    return page, (page[-1].Job.title, page[-1].Job.id) if len(found) > limit else None


def job_row(session: Session, job: Job) -> JobRow:
    """One job as a row of `job_page`."""
    return session.execute(_described(select(Job).where(Job.id == job.id))).one()


def active_known(session: Session, actor: Actor, job_id: int) -> dict[Stage, int]:
    """How many active applications of the job the actor may know of, by stage; empty stages left out."""
    rows = (
        visible.applications(actor)
        .with_only_columns(Application.stage, func.count())
        .where(Application.job_id == job_id, Application.outcome == Outcome.ACTIVE)
        .group_by(Application.stage)
    )
    return {stage: count for stage, count in session.execute(rows) if stage is not None}


def _described(jobs: Select[Job]) -> Select[*tuple[Any, ...]]:
    latest = (
        select(Rubric.id)
        .where(Rubric.job_id == Job.id, Rubric.status == RubricStatus.PUBLISHED)
        .order_by(Rubric.number.desc())
        .limit(1)
        .correlate(Job)
        .scalar_subquery()
    )
    described: Select[*tuple[Any, ...]] = (
        jobs.add_columns(
            taken_openings(Job.id).label("taken"),  # type: ignore[arg-type]
            FrameworkRow.id.label("framework_id"),
            FrameworkRow.soc.label("soc"),
            FrameworkRow.title.label("framework_title"),
            FrameworkRow.version.label("framework_version"),
            Rubric.id.label("rubric_id"),
            Rubric.number.label("rubric_number"),
        )
        .outerjoin(FrameworkRow, FrameworkRow.id == Job.framework_id)
        .outerjoin(Rubric, Rubric.id == func.coalesce(Job.rubric_id, latest))
    )
    return described
