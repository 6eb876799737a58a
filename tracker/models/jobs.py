"""Jobs: approved needs with openings, their hiring team, questions, interview plan and status history."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.actors import TeamRole
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.screening_answers import QuestionKind, QuestionShape
from tracker.domain.stages import JobStatus, Stage
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.users import User


class Job(Base):
    """An approved need to hire, with a number of openings and the steps its applications take."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("openings >= 1", name="openings_positive"),
        CheckConstraint("references_required BETWEEN 0 AND 10", name="references_range"),
        CheckConstraint("ratings_required BETWEEN 1 AND 5", name="ratings_range"),
        CheckConstraint(
            "status IN ('draft', 'closed') OR approved_at IS NOT NULL", name="approved_before_open"
        ),
        Index("ix_jobs_status_title", "status", "title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    department: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[JobStatus] = mapped_column(enum_column(JobStatus), default=JobStatus.DRAFT)
    openings: Mapped[int] = mapped_column(default=1)
    references_required: Mapped[int] = mapped_column(default=2)
    needs_background_check: Mapped[bool] = mapped_column(default=False)
    ratings_required: Mapped[int] = mapped_column(default=2)
    soc: Mapped[str | None] = mapped_column(String(20))
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("frameworks.id"))
    rubric_id: Mapped[int | None] = mapped_column()
    """The published rubric version of this job that its interviews are scored on; a guard checks it."""
    seniority: Mapped[str] = mapped_column(String(20), default="entry")
    description: Mapped[str] = mapped_column(Text, default="")
    minimum_qualifications: Mapped[list[str]] = mapped_column(default=list)
    preferred_qualifications: Mapped[list[str]] = mapped_column(default=list)
    screening_points: Mapped[list[str] | None]
    """What the screening calls are scored on now; without any a call has a result alone."""
    has_hidden_names: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the screening queue hides names and contact data until the résumé is reviewed."""
    needs_resume_review: Mapped[bool] = mapped_column(default=True, server_default=true())
    needs_screening_call: Mapped[bool] = mapped_column(default=True, server_default=true())
    jurisdiction: Mapped[str | None] = mapped_column(String(40))
    eeo1_category: Mapped[str | None] = mapped_column(String(40))
    """The job category of the EEO-1 report, as `domain/eeo1` names it."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    team: Mapped[list["TeamMember"]] = relationship(back_populates="job", cascade="all, delete-orphan")
    questions: Mapped[list["JobQuestion"]] = relationship(order_by="JobQuestion.position")
    rounds: Mapped[list["InterviewRound"]] = relationship(
        order_by="InterviewRound.position", cascade="all, delete-orphan"
    )
    status_changes: Mapped[list["JobStatusChange"]] = relationship(order_by="JobStatusChange.id")
    stage_targets: Mapped[list["StageTarget"]] = relationship(cascade="all, delete-orphan")


class TeamMember(Base):
    """One person's part on one job's hiring team."""

    __tablename__ = "team_members"
    __table_args__ = (Index("ix_team_members_user_id", "user_id"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    role: Mapped[TeamRole] = mapped_column(enum_column(TeamRole), primary_key=True)

    job: Mapped[Job] = relationship(back_populates="team")
    user: Mapped[User] = relationship()


class JobStatusChange(Base):
    """A dated change of a job's status, by whom and why."""

    __tablename__ = "job_status_changes"
    __table_args__ = (Index("ix_job_status_changes_job_id", "job_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    from_status: Mapped[JobStatus | None] = mapped_column(enum_column(JobStatus, "from_status"))
    to_status: Mapped[JobStatus] = mapped_column(enum_column(JobStatus, "to_status"))
    reason: Mapped[str | None] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


# The column came later, and a check cannot be added to a table that is pointed at on every database.
_KIND = Enum(
    QuestionKind,
    native_enum=False,
    create_constraint=False,
    length=20,
    values_callable=lambda members: [member.value for member in members],
)


class JobQuestion(Base):
    """A question every applicant to the job is asked; a required one must be answered before screening."""

    __tablename__ = "job_questions"
    __table_args__ = (Index("ix_job_questions_job_id", "job_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    is_required: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kind: Mapped[QuestionKind] = mapped_column(_KIND, default=QuestionKind.TEXT, server_default="text")
    choices: Mapped[list[str] | None]
    knock_out: Mapped[dict[str, Any] | None]
    """Which answers suggest a no, as `domain/screening_answers` writes it; a person decides."""

    @property
    def shape(self) -> QuestionShape:
        """How the question is answered."""
        return QuestionShape(self.kind, tuple(self.choices or ()), self.knock_out)


class InterviewRound(Base):
    """One planned round of the job's interviews: its kind, length in minutes, and the competencies it
    rates.
    """

    __tablename__ = "interview_rounds"
    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[InterviewKind] = mapped_column(enum_column(InterviewKind))
    minutes: Mapped[int]
    competencies: Mapped[list[str]] = mapped_column(default=list)


class StageTarget(Base):
    """How many days an application of this job should spend in a stage, where it differs from the default."""

    __tablename__ = "stage_targets"
    __table_args__ = (CheckConstraint("days BETWEEN 1 AND 365", name="days_range"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), primary_key=True)
    days: Mapped[int]
