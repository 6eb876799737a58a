"""Candidates: people, with their contact data; each may have many applications."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class Candidate(Base):
    """A person who applies, or might."""

    __tablename__ = "candidates"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index("ix_candidates_created_at_id", "created_at", "id"),
        Index("ix_candidates_sort_name_id", "sort_name", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200))
    """The name folded for sorting: lower case, without accents."""
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(60))
    location: Mapped[str | None] = mapped_column(String(200))
    profile: Mapped[dict[str, Any] | None]
    """A JSON Resume, where the candidate gave one instead of a file."""
    search_text: Mapped[str] = mapped_column(Text, default="")
    """Name and e-mail folded for search; the search index follows it."""
    is_internal: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidates.id"))
