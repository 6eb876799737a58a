"""The text inside uploaded files, taken out by the worker; waiting, read, or marked as unreadable."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class TextState(StrEnum):
    """Whether the text of a file was taken out."""

    WAITING = "waiting"
    READ = "read"
    UNREADABLE = "unreadable"


TEXT_STATE_LABELS = {
    TextState.WAITING: "Not read yet",
    TextState.READ: "Read",
    TextState.UNREADABLE: "Could not be read",
}


class FileText(Base):
    """The text of one file, or why there is none; the file itself is kept in any case."""

    __tablename__ = "file_texts"
    __table_args__ = (
        CheckConstraint("(state = 'read') = (text IS NOT NULL)", name="read_has_text"),
        CheckConstraint("(state = 'unreadable') = (reason IS NOT NULL)", name="unreadable_has_reason"),
        Index("ix_file_texts_state", "state", "file_id"),
    )

    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True)
    state: Mapped[TextState] = mapped_column(enum_column(TextState), default=TextState.WAITING)
    text: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(300))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
