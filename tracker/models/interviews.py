"""Interview sessions of an application and their panels."""

from datetime import datetime, timedelta
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


def counts_as_held(status: InterviewStatus, starts_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether a session of this status, start and length in minutes counts as held now."""
    is_over = status is InterviewStatus.SCHEDULED and starts_at + timedelta(minutes=minutes) <= now
    return is_over or status is InterviewStatus.HELD


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
    cancelled_version: Mapped[int | None]
    """The move that closed the application and called the session off with it; none if somebody did."""
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often calendars had to be told of a change."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))

    application: Mapped[Application] = relationship()
    rubric: Mapped[Rubric] = relationship()
    panel: Mapped[list["PanelMember"]] = relationship(
        back_populates="interview", cascade="all, delete-orphan", order_by="PanelMember.user_id"
    )

    @property
    def ends_at(self) -> datetime:
        """When the session is over, as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def has_begun(self, now: datetime) -> bool:
        """Whether the session's time has come or it was marked as held: from then on cards are handed in."""
        return self.status is InterviewStatus.HELD or self.starts_at <= now

    def is_held(self, now: datetime) -> bool:
        """Whether the session counts as held: it is over and was not called off, or was marked so before.

        Asks nothing of its cards: who still owes one must not learn from it that another is in.
        """
        return counts_as_held(self.status, self.starts_at, self.minutes, now)


class PanelMember(Base):
    """One person on a session's panel."""

    __tablename__ = "panel_members"
    __table_args__ = (Index("ix_panel_members_user_id", "user_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)

    interview: Mapped[Interview] = relationship(back_populates="panel")
    user: Mapped[User] = relationship()


class PanelAnswer(StrEnum):
    """What a member of a panel says to a session."""

    CONFIRMED = "confirmed"
    HANDED_OVER = "handed_over"


PANEL_ANSWER_LABELS = {PanelAnswer.CONFIRMED: "Confirmed", PanelAnswer.HANDED_OVER: "Cannot come"}
PANEL_ANSWER_BADGES = {PanelAnswer.CONFIRMED: "good", PanelAnswer.HANDED_OVER: "warn"}


class PanelReply(Base):
    """A panel member's latest word on a session at its present time: confirmed, or handed over and why."""

    __tablename__ = "panel_replies"
    __table_args__ = (
        CheckConstraint("(answer = 'handed_over') = (reason IS NOT NULL)", name="handing_over_has_a_reason"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    answer: Mapped[PanelAnswer] = mapped_column(enum_column(PanelAnswer))
    reason: Mapped[str | None] = mapped_column(Text)
    proposed_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The colleague who could sit there instead."""
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    proposed: Mapped[User | None] = relationship(foreign_keys=[proposed_id])
