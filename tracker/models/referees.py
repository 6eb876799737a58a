"""How referees come to their form, and what they answered there."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime
from tracker.models.mailed_links import LinkSession, MailedLink


class RefereeLink(MailedLink, Base):
    """A link that was mailed to a referee."""

    __tablename__ = "referee_links"
    __table_args__ = (Index("ix_referee_links_reference_id", "reference_id"),)

    reference_id: Mapped[int] = mapped_column(ForeignKey("references_given.id"))


class RefereeSession(LinkSession, Base):
    """A referee's time at the form."""

    __tablename__ = "referee_sessions"
    __table_args__ = (Index("ix_referee_sessions_reference_id", "reference_id"),)

    reference_id: Mapped[int] = mapped_column(ForeignKey("references_given.id"))


class RefereeAnswer(Base):
    """What a referee answered: by competency key its name, how it was seen, and an example."""

    __tablename__ = "referee_answers"
    __table_args__ = (
        CheckConstraint(
            "worked_until_on IS NULL OR worked_until_on >= worked_from_on", name="work_ends_after_it_began"
        ),
    )

    reference_id: Mapped[int] = mapped_column(ForeignKey("references_given.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(200))
    worked_from_on: Mapped[date]
    worked_until_on: Mapped[date | None]
    answers: Mapped[list[Any]]
    comment: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[str | None] = mapped_column(String(40))
    """Who wrote it down on the telephone; none where the referee filled in the form."""
    address: Mapped[str | None] = mapped_column(String(64))
