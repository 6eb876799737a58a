"""Jobs as a list: each with its openings, how many run for it, and how many of them wait too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.stages import STAGES, TARGET_DAYS, JobStatus, Outcome, Stage, over_since
from tracker.models.applications import Application
from tracker.models.jobs import Job, StageTarget, TeamMember
from tracker.models.moves import StageCount
from tracker.queries import visible
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.fact_columns import taken_openings
from tracker.queries.prepared import prepared

MOST_JOBS = 50
"""How many jobs a page of the list holds."""
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class JobFilters:
    """Which jobs to list; nothing set lists all. `text` holds words that all stand in the title."""

    status: JobStatus | None = None
    department: str | None = None
    location: str | None = None
    is_mine: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job of the list: openings taken and in all, active applications, those past their target days."""

    id: int
    title: str
    department: str | None
    location: str | None
    status: JobStatus
    openings: int
    taken: int
    active: int
    over: int


@dataclass(frozen=True, slots=True)
class JobPage:
    """One page of jobs, and the place from which the next one goes on."""

    rows: tuple[JobLine, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class JobHead:
    """What stands above a job's pages; `taken` openings are those of people hired or in onboarding."""

    id: int
    title: str
    department: str | None
    location: str | None
    status: JobStatus
    openings: int
    approved_at: datetime | None
    taken: int


def job_head(session: Session, job_id: int) -> JobHead | None:
    """The headline of a job, without the job: every page of one shows it."""
    found = _head.tuples(session, job=job_id)
    return JobHead(*found[0]) if found else None


@prepared
def _head() -> Select[*tuple[Any, ...]]:
    return select(
        Job.id,
        Job.title,
        Job.department,
        Job.location,
        Job.status,
        Job.openings,
        Job.approved_at,
        taken_openings(Job.id),  # type: ignore[arg-type]
    ).where(Job.id == bindparam("job"))


def list_jobs(
    session: Session,
    actor: Actor,
    filters: JobFilters,
    now: datetime,
    *,
    after: str | None = None,
) -> JobPage:
    """Jobs that the actor may know of, by title, at most fifty, in a constant number of queries.

    Raises RuleBroken for an `after` that is no place in the list.
    """
    query = _listed(_filtered(actor, filters))
    if after:
        query = query.where(tuple_(Job.title, Job.id) > read_cursor(after, is_instant=False))
    rows = session.execute(query.order_by(Job.title, Job.id).limit(MOST_JOBS + 1)).all()
    shown = rows[:MOST_JOBS]
    over = _over_target(session, [row.id for row in shown], now) if shown else {}
    lines = tuple(JobLine(**row._asdict(), over=over.get(row.id, 0)) for row in shown)
    last = lines[-1] if len(rows) > MOST_JOBS else None
    return JobPage(lines, write_cursor(last.title, last.id) if last else None)


def departments_and_locations(session: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """What the departments and the locations of the jobs are that the actor may know of, by name."""
    departments, locations = (
        list(session.scalars(visible.jobs(actor).with_only_columns(column).distinct().order_by(column)))
        for column in (Job.department, Job.location)
    )
    return [d for d in departments if d], [place for place in locations if place]


def openings_taken(session: Session, job: Job) -> int:
    """How many of a job's openings are taken by people hired or in onboarding."""
    return _taken.scalar(session, job=job.id) or 0


@prepared
def _taken() -> Select[int]:
    return select(taken_openings(Job.id)).where(Job.id == bindparam("job"))  # type: ignore[arg-type]


def _listed(jobs: Select[Job]) -> Select[*tuple[Any, ...]]:
    active = (
        select(func.coalesce(func.sum(StageCount.count), 0))
        .where(StageCount.job_id == Job.id, StageCount.outcome == Outcome.ACTIVE)
        .correlate(Job)
        .scalar_subquery()
    )
    return jobs.with_only_columns(
        Job.id,
        Job.title,
        Job.department,
        Job.location,
        Job.status,
        Job.openings,
        taken_openings(Job.id).label("taken"),  # type: ignore[arg-type]
        active.label("active"),
    )


def _filtered(actor: Actor, filters: JobFilters) -> Select[Job]:
    query = visible.jobs(actor)
    if filters.status:
        query = query.where(Job.status == filters.status)
    if filters.department:
        query = query.where(Job.department == filters.department)
    if filters.location:
        query = query.where(Job.location == filters.location)
    if filters.is_mine:
        query = query.where(Job.id.in_(select(TeamMember.job_id).where(TeamMember.user_id == actor.id)))
    for word in filters.text.split()[:_MOST_WORDS]:
        query = query.where(_title_holds(word))
    return query


def _title_holds(word: str) -> ColumnElement[bool]:
    # SQLite folds only the letters A to Z, so other letters are asked for in each case they are written in.
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(Job.title.icontains(form, autoescape=True) for form in sorted(forms)))


def _over_target(session: Session, job_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many active applications of each job are past the target days of their stage."""
    own: Sequence[StageTarget] = session.scalars(
        select(StageTarget).where(StageTarget.job_id.in_(job_ids))
    ).all()
    late = [_late(stage, over_since(TARGET_DAYS[stage], now), own) for stage in STAGES]
    late += [
        and_(
            Application.job_id == target.job_id,
            Application.stage == target.stage,
            Application.stage_entered_at <= over_since(target.days, now),
        )
        for target in own
    ]
    rows = session.execute(
        select(Application.job_id, func.count())
        .where(Application.job_id.in_(job_ids), Application.outcome == Outcome.ACTIVE, or_(*late))
        .group_by(Application.job_id)
    )
    return dict(rows.all())


def _late(stage: Stage, since: datetime, own: Sequence[StageTarget]) -> ColumnElement[bool]:
    """In the stage since before the usual target; jobs with a target of their own are left out."""
    with_own = [target.job_id for target in own if target.stage is stage]
    usual = and_(Application.stage == stage, Application.stage_entered_at <= since)
    return and_(usual, Application.job_id.not_in(with_own)) if with_own else usual
