"""Legal holds: whose records stay whatever the rules say, for which reason and on whose word."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.users import User


class LegalHold(Base):
    """A hold on one person, on all of a job's applicants, or on who applied in a period; days included."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        CheckConstraint(
            "candidate_id IS NOT NULL OR job_id IS NOT NULL OR from_on IS NOT NULL OR to_on IS NOT NULL",
            name="holds_something",
        ),
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR from_on <= to_on", name="period_in_order"),
        CheckConstraint("(released_at IS NULL) = (released_by_id IS NULL)", name="release_is_named"),
        Index("ix_legal_holds_candidate_id", "candidate_id"),
        Index("ix_legal_holds_job_id", "job_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    candidate: Mapped[Candidate | None] = relationship()
    job: Mapped[Job | None] = relationship()
