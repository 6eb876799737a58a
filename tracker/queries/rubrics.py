"""Reads about rubrics: which rows of a published version must be rated, and what a job is scored on."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.competencies import Competency
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus

_REQUIRED: dict[str, tuple[tuple[str, str], ...]] = {}
"""Required rows by content hash: published content never changes, so what was read once holds."""


def required_rows(session: Session, rubric_ids: Collection[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """The required competencies, (key, name), of each published rubric version."""
    rows = session.execute(
        select(Rubric.id, Rubric.content_hash).where(
            Rubric.id.in_(rubric_ids), Rubric.content_hash.is_not(None)
        )
    ).all()
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
