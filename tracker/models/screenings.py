"""Screening: résumé reviews and screening calls; the latest of each counts, none is overwritten."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class CallResult(StrEnum):
    """How a screening call went."""

    STRONG = "strong"
    SUFFICIENT = "sufficient"
    WEAK = "weak"
    NOT_REACHED = "not_reached"
    WAIVED = "waived"


CALL_RESULT_LABELS = {
    CallResult.STRONG: "Strong",
    CallResult.SUFFICIENT: "Sufficient",
    CallResult.WEAK: "Weak",
    CallResult.NOT_REACHED: "Not reached",
    CallResult.WAIVED: "Waived",
}

CALL_RESULT_BADGES = {
    CallResult.STRONG: "good",
    CallResult.SUFFICIENT: "good",
    CallResult.WEAK: "warn",
    CallResult.NOT_REACHED: "plain",
    CallResult.WAIVED: "plain",
}


class ResumeReview(Base):
    """Whether the résumé meets the job's minimum qualifications, each with pass or fail, and why."""

    __tablename__ = "resume_reviews"
    __table_args__ = (Index("ix_resume_reviews_application_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    passed: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(Text)
    qualifications: Mapped[list[Any]] = mapped_column(default=list)
    """One {qualification, is_met: true, false or none for cannot tell, reason?, is_preferred?} for each
    qualification that was judged, in the job's words at the time.
    """
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ScreeningCall(Base):
    """A screening call with its result and notes, or the reason why it was waived."""

    __tablename__ = "screening_calls"
    __table_args__ = (
        CheckConstraint("(result = 'waived') = (waived_reason IS NOT NULL)", name="waiver_has_reason"),
        Index("ix_screening_calls_application_id", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    result: Mapped[CallResult] = mapped_column(enum_column(CallResult))
    notes: Mapped[str | None] = mapped_column(Text)
    waived_reason: Mapped[str | None] = mapped_column(Text)
    points: Mapped[list[Any] | None]
    """One {point, rating, evidence?} for each point that the job asked at the time, in its words then."""
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
