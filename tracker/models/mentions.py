"""Who is mentioned in a note, and whether they have seen it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.applications import ApplicationNote
from tracker.models.base import Base, UtcDateTime
from tracker.models.users import User


class NoteMention(Base):
    """One colleague who is mentioned in one note; seen once they say so, or write a note there themselves."""

    __tablename__ = "note_mentions"
    __table_args__ = (Index("ix_note_mentions_user_id_seen_at", "user_id", "seen_at"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("application_notes.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    note: Mapped[ApplicationNote] = relationship()
    user: Mapped[User] = relationship()
