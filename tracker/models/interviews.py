"""Interview sessions of an application and their panels."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.interview_plans import InterviewKind
from tracker.models.applications import Application
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.rubrics import Rubric
from tracker.models.users import User


class InterviewStatus(StrEnum):
    """Whether a session is to come, was held, or was called off."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


INTERVIEW_STATUS_LABELS = {
    InterviewStatus.SCHEDULED: "Scheduled",
    InterviewStatus.HELD: "Held",
    InterviewStatus.CANCELLED: "Cancelled",
}

INTERVIEW_STATUS_BADGES = {
    InterviewStatus.SCHEDULED: "accent",
    InterviewStatus.HELD: "good",
    InterviewStatus.CANCELLED: "plain",
}


class Interview(Base):
    """One session with a candidate: which competencies of which rubric version it rates, when, how long."""

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_range"),
        Index("ix_interviews_application_id", "application_id"),
        Index("ix_interviews_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("interview_rounds.id", ondelete="SET NULL"))
    round_position: Mapped[int | None]
    """The place in the interview plan that this session stands for."""
    kind: Mapped[InterviewKind] = mapped_column(enum_column(InterviewKind))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    place: Mapped[str | None] = mapped_column(String(300))
    competencies: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[InterviewStatus] = mapped_column(
        enum_column(InterviewStatus), default=InterviewStatus.SCHEDULED
    )
    cancelled_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))

    application: Mapped[Application] = relationship()
    rubric: Mapped[Rubric] = relationship()
    panel: Mapped[list["PanelMember"]] = relationship(
        back_populates="interview", cascade="all, delete-orphan", order_by="PanelMember.user_id"
    )


class PanelMember(Base):
    """One person on a session's panel."""

    __tablename__ = "panel_members"
    __table_args__ = (Index("ix_panel_members_user_id", "user_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)

    interview: Mapped[Interview] = relationship(back_populates="panel")
    user: Mapped[User] = relationship()
