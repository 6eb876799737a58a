"""The migration that lets a drafted job close, with rows that point at the job, up and down."""

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from tests.factories import make_application, make_job
from tracker import schema
from tracker.db import Database
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job


def close(database: Database, job_id: int) -> None:
    with database.writing() as session:
        session.execute(update(Job).where(Job.id == job_id).values(status=JobStatus.CLOSED))


def open_without_approval(database: Database, job_id: int) -> None:
    with database.writing() as session:
        session.execute(update(Job).where(Job.id == job_id).values(status=JobStatus.OPEN))


def draft_like(session: Session, job_id: int) -> int:
    """A draft beside a job, written with no column but those the database has now."""
    columns = [column["name"] for column in inspect(session.connection()).get_columns("jobs")]
    kept = ", ".join(name for name in columns if name not in {"id", "status", "approved_at"})
    drafted = f"SELECT 'draft', {kept} FROM jobs WHERE id = {job_id} RETURNING id"
    return int(session.execute(text(f"INSERT INTO jobs (status, {kept}) {drafted}")).scalar_one())


def test_check_changes_and_goes_back_with_everything_that_points_at_jobs(database: Database) -> None:
    with database.writing() as session:
        draft = make_job(session, status=JobStatus.DRAFT, approved_at=None).id
        running = make_application(session).job_id
    close(database, draft)
    with pytest.raises(IntegrityError, match="approved_before_open"):
        open_without_approval(database, draft)
    schema.downgrade(database, "0001")
    with database.reading() as session:
        assert session.scalar(select(Job.approved_at).where(Job.id == draft)) is not None
        never = session.execute(text("SELECT count(*) FROM jobs WHERE approved_at IS NULL")).scalar()
        assert never == 0
    with database.writing() as session:
        other = draft_like(session, running)
    with pytest.raises(IntegrityError, match="approved_before_open"):
        close(database, other)
    schema.upgrade(database)
    close(database, other)
    assert schema.differences(database) == []
    with pytest.raises(DBAPIError, match="a job is closed, never deleted"), database.writing() as session:
        session.execute(text(f"DELETE FROM jobs WHERE id = {running}"))
