"""Scorecards: what one interviewer saw in one session; immutable once submitted, amended by rows of their
own.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.scorecards import Recommendation
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.interviews import Interview
from tracker.models.users import User


class Scorecard(Base):
    """One interviewer's card for one session: a draft until submitted, then fixed for ever."""

    __tablename__ = "scorecards"
    __table_args__ = (
        CheckConstraint("(amends_id IS NULL) = (amendment_reason IS NULL)", name="amendment_has_reason"),
        CheckConstraint(
            "submitted_at IS NULL OR recommendation IS NOT NULL", name="submitted_has_recommendation"
        ),
        Index(
            "uq_scorecards_one_original",
            "interview_id",
            "interviewer_id",
            unique=True,
            sqlite_where=text("amends_id IS NULL"),
            postgresql_where=text("amends_id IS NULL"),
        ),
        Index("ix_scorecards_interviewer_id", "interviewer_id"),
        Index("ix_scorecards_amends_id", "amends_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("scorecards.id"))
    amendment_reason: Mapped[str | None] = mapped_column(Text)
    recommendation: Mapped[Recommendation | None] = mapped_column(enum_column(Recommendation))
    summary: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft_version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    interview: Mapped[Interview] = relationship()
    interviewer: Mapped[User] = relationship()
    ratings: Mapped[list["Rating"]] = relationship(
        back_populates="scorecard", cascade="all, delete-orphan", lazy="selectin"
    )


class Rating(Base):
    """One competency on one card: null is not assessed, 0 is asked without evidence, 1–4 are the levels."""

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("value IS NULL OR value BETWEEN 0 AND 4", name="value_on_scale"),)

    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecards.id"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(Text)

    scorecard: Mapped[Scorecard] = relationship(back_populates="ratings")


class ScorecardRead(Base):
    """Who opened somebody else's card and when: shows for each card that it was written independently."""

    __tablename__ = "scorecard_reads"
    __table_args__ = (
        Index("ix_scorecard_reads_scorecard_id", "scorecard_id"),
        Index("ix_scorecard_reads_application_id_reader_id", "application_id", "reader_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scorecard_id: Mapped[int] = mapped_column(ForeignKey("scorecards.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(40))
