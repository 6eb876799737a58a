"""Reads about rubrics: the list of them, which rows must be rated, and what a job is scored on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from tracker.domain.actors import Actor
from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.queries import visible
from tracker.queries.by_ids import among
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.prepared import prepared

MOST_TO_COPY = 500
MOST_RUBRICS = 50
"""How many rubrics a page of the list holds."""

_REQUIRED: dict[str, tuple[tuple[str, str], ...]] = {}
"""Required rows by content hash: published content never changes, so what was read once holds."""


@prepared
def _hashes() -> Select[int, str | None]:
    return select(Rubric.id, Rubric.content_hash).where(among(Rubric.id), Rubric.content_hash.is_not(None))


def required_rows(session: Session, rubric_ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """The required competencies, (key, name), of each published rubric version."""
    rows = _hashes.tuples(session, ids=rubric_ids)
    missing = [rubric_id for rubric_id, content_hash in rows if content_hash not in _REQUIRED]
    if missing:
        contents = session.execute(select(Rubric.content_hash, Rubric.content).where(Rubric.id.in_(missing)))
        for content_hash, content in contents:
            _REQUIRED[str(content_hash)] = tuple(
                (row["key"], row["name"]) for row in content["competencies"] if row["required"]
            )
    return {rubric_id: _REQUIRED[str(content_hash)] for rubric_id, content_hash in rows}


def scoring_rubric(session: Session, job: Job) -> Rubric | None:
    """The version that the job's next session is scored on: its pinned one, else the latest published."""
    if job.rubric_id is not None:
        return session.get(Rubric, job.rubric_id)
    published = (
        select(Rubric)
        .where(Rubric.job_id == job.id, Rubric.status == RubricStatus.PUBLISHED)
        .order_by(Rubric.number.desc())
        .limit(1)
    )
    return session.scalar(published)


def scoring_rows(session: Session, job: Job) -> tuple[Competency, ...]:
    """The competencies that the job's next session can rate; empty while it has no published rubric."""
    rubric = scoring_rubric(session, job)
    return rubric_from_document(rubric.content).competencies if rubric else ()


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One version of a job's rubric in the list; `is_in_use` if the job's interviews are scored on it."""

    id: int
    job_id: int
    job_title: str
    number: int
    status: RubricStatus
    title: str
    framework_version: str | None
    edits: int
    created_at: datetime
    published_at: datetime | None
    is_in_use: bool


@dataclass(frozen=True, slots=True)
class RubricPage:
    """One page of rubrics, and the place from which the next one goes on."""

    rows: tuple[RubricLine, ...]
    next_after: str | None


def list_rubrics(
    session: Session,
    actor: Actor,
    *,
    job_id: int | None = None,
    status: RubricStatus | None = None,
    after: str | None = None,
) -> RubricPage:
    """Rubrics that the actor may see, latest first, at most fifty, in one query and without their content.

    Raises RuleBroken for an `after` that is no place in the list.
    """
    query = (
        visible.rubrics(actor)
        .join(Job, Job.id == Rubric.job_id)
        .outerjoin(FrameworkRow, FrameworkRow.id == Rubric.framework_id)
        .with_only_columns(
            Rubric.id,
            Rubric.job_id,
            Job.title.label("job_title"),
            Rubric.number,
            Rubric.status,
            Rubric.title,
            FrameworkRow.version.label("framework_version"),
            Rubric.edits,
            Rubric.created_at,
            Rubric.published_at,
            (Job.rubric_id == Rubric.id).label("is_in_use"),
        )
    )
    if job_id is not None:
        query = query.where(Rubric.job_id == job_id)
    if status is not None:
        query = query.where(Rubric.status == status)
    if after:
        query = query.where(Rubric.id < read_cursor(after, is_instant=False)[1])
    rows = session.execute(query.order_by(Rubric.id.desc()).limit(MOST_RUBRICS + 1)).all()
    lines = tuple(
        RubricLine(**{**row._asdict(), "is_in_use": bool(row.is_in_use)}) for row in rows[:MOST_RUBRICS]
    )
    return RubricPage(lines, write_cursor("", lines[-1].id) if len(rows) > MOST_RUBRICS else None)


def rubric_versions(session: Session, actor: Actor, job_id: int) -> Sequence[Rubric]:
    """The versions of a job's rubric that the actor may see, latest first; without their content."""
    query = visible.rubrics(actor).where(Rubric.job_id == job_id)
    without = query.options(defer(Rubric.content), defer(Rubric.generated))
    return session.scalars(without.order_by(Rubric.number.desc())).all()


def rubrics_to_copy(session: Session, actor: Actor, job: Job) -> list[tuple[Rubric, str]]:
    """Published rubrics of other jobs that the actor may copy for the job, each with its job's title.

    Those of the job's own occupation first, then the newest; at most five hundred, without their content.
    """
    query = (
        visible.rubrics(actor)
        .join(Job, Job.id == Rubric.job_id)
        .add_columns(Job.title)
        .where(Rubric.job_id != job.id, Rubric.status == RubricStatus.PUBLISHED)
        .where(Job.id.in_(visible.jobs(actor).with_only_columns(Job.id)))
        .order_by((Job.soc == job.soc).desc() if job.soc else Job.title, Rubric.id.desc())
        .options(defer(Rubric.content), defer(Rubric.generated))
        .limit(MOST_TO_COPY)
    )
    found = [(row[0], row[1]) for row in session.execute(query)]
    return [one for one in found if can(actor, Permission.RUBRIC_READ, Subject(job_id=one[0].job_id))]
