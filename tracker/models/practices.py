"""Practices: how an interviewer rated sample answers before a live scorecard; part of no statistics."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.frameworks import Level
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.rubrics import Rubric


class Practice(Base):
    """One person's n-th practice, 0 for the first, on the rows of one rubric version."""

    __tablename__ = "practices"
    __table_args__ = (
        UniqueConstraint("user_id", "attempt"),
        CheckConstraint("attempt >= 0", name="attempt_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"), index=True)
    attempt: Mapped[int]
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)

    rubric: Mapped[Rubric] = relationship()
    ratings: Mapped[list["PracticeRating"]] = relationship(
        back_populates="practice", cascade="all, delete-orphan", order_by="PracticeRating.position"
    )


class PracticeNeed(Base):
    """A job that asks people to practise before the first scorecard they ever hand in, and who decided so."""

    __tablename__ = "practice_needs"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(40))


class PracticeRating(Base):
    """One sample: the row and level that it shows, its text as it was read, and what was chosen."""

    __tablename__ = "practice_ratings"
    __table_args__ = (CheckConstraint("value IS NULL OR value BETWEEN 0 AND 4", name="value_on_scale"),)

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    shown_level: Mapped[Level] = mapped_column(enum_column(Level))
    value: Mapped[int | None]
    """0 to 4; none for not assessed."""
    answer: Mapped[str] = mapped_column(String(2000))
    why: Mapped[str] = mapped_column(String(500))

    practice: Mapped[Practice] = relationship(back_populates="ratings")
