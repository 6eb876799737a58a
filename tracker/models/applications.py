"""Applications: one candidate on one job, where it stands, its answers and notes.

Stage, outcome, reason and version change only through the insert of a move; the database refuses all else.
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.stages import Outcome, Stage
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job

OPENING_TAKEN = "outcome = 'hired' OR (outcome = 'active' AND stage = 'onboarding')"
"""The SQL condition under which an application takes one of its job's openings."""


class Application(Base):
    """One candidate on one job; born at version 0 without a place, its first move gives it one."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(
            "(version = 0) = (stage IS NULL) AND (stage IS NULL) = (outcome IS NULL)", name="placed_by_moves"
        ),
        CheckConstraint(
            "(coalesce(outcome, '') IN ('rejected', 'withdrawn')) = (disposition_reason IS NOT NULL)",
            name="closed_has_reason",
        ),
        Index(
            "uq_applications_one_active",
            "candidate_id",
            "job_id",
            unique=True,
            sqlite_where=text("outcome = 'active'"),
            postgresql_where=text("outcome = 'active'"),
        ),
        Index(
            "ix_applications_opening_taken",
            "job_id",
            sqlite_where=text(OPENING_TAKEN),
            postgresql_where=text(OPENING_TAKEN),
        ),
        Index("ix_applications_board", "job_id", "outcome", "stage", "stage_entered_at", "id"),
        Index("ix_applications_job_applied", "job_id", "applied_at", "id"),
        Index("ix_applications_candidate_id", "candidate_id"),
        Index(
            "ix_applications_recruiter_id",
            "recruiter_id",
            sqlite_where=text("recruiter_id IS NOT NULL"),
            postgresql_where=text("recruiter_id IS NOT NULL"),
        ),
        Index(
            "ix_applications_transferred",
            "transferred_from_id",
            sqlite_where=text("transferred_from_id IS NOT NULL"),
            postgresql_where=text("transferred_from_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    stage: Mapped[Stage | None] = mapped_column(enum_column(Stage))
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    disposition_reason: Mapped[str | None] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=0)
    stage_entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(80), default="unknown")
    consent_notice: Mapped[str | None] = mapped_column(String(40))
    recruiter_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    transferred_from_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))

    job: Mapped[Job] = relationship()
    candidate: Mapped[Candidate] = relationship()


class ApplicationAnswer(Base):
    """An applicant's answer to one question of the job."""

    __tablename__ = "application_answers"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("job_questions.id"), primary_key=True)
    answer: Mapped[str | None] = mapped_column(Text)


class AnswerFile(Base):
    """The file that an applicant handed in as their answer to one question."""

    __tablename__ = "answer_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["application_id", "question_id"],
            ["application_answers.application_id", "application_answers.question_id"],
            name="fk_answer_files_application_id",
        ),
    )

    application_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True)


class ApplicationNote(Base):
    """A note on an application: written by somebody, or kept from another system's history."""

    __tablename__ = "application_notes"
    __table_args__ = (Index("ix_application_notes_application_id_at", "application_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_imported: Mapped[bool] = mapped_column(default=False)


class ImportedApplication(Base):
    """Which application a case of another system became, so that a second import changes nothing."""

    __tablename__ = "imported_applications"
    __table_args__ = (UniqueConstraint("job_id", "external_key"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    external_key: Mapped[str] = mapped_column(String(200))
    import_id: Mapped[int] = mapped_column(ForeignKey("history_imports.id"))
