"""Files that applicants chose and have not sent yet, held for an hour so that nobody chooses them twice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class HeldFile(Base):
    """One file of one form, known by the token that stands in the form and in no other place."""

    __tablename__ = "held_files"
    __table_args__ = (Index("ix_held_files_until_at", "until_at"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
