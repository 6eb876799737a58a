"""Rubrics as documents: draft, published, retired; published content never changes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class RubricStatus(StrEnum):
    """A rubric is drafted, published by a named person, and one day retired."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


RUBRIC_STATUS_LABELS = {
    RubricStatus.DRAFT: "Draft",
    RubricStatus.PUBLISHED: "Published",
    RubricStatus.RETIRED: "Retired",
}
RUBRIC_STATUS_BADGES = {
    RubricStatus.DRAFT: "warn",
    RubricStatus.PUBLISHED: "good",
    RubricStatus.RETIRED: "plain",
}


class Rubric(Base):
    """One version of a rubric of a job; its content is the rubric as JSON."""

    __tablename__ = "rubrics"
    __table_args__ = (
        UniqueConstraint("job_id", "number"),
        CheckConstraint(
            "status = 'draft' OR (published_at IS NOT NULL AND published_by_id IS NOT NULL"
            " AND content_hash IS NOT NULL)",
            name="published_is_signed",
        ),
        Index("ix_rubrics_framework_id", "framework_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("frameworks.id"))
    number: Mapped[int]
    """The version of the job's rubric, 1 for the first."""
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[RubricStatus] = mapped_column(enum_column(RubricStatus), default=RubricStatus.DRAFT)
    content: Mapped[dict[str, Any]]
    generated: Mapped[dict[str, Any] | None]
    """The draft as the generator left it, to show what people changed."""
    content_hash: Mapped[str | None] = mapped_column(String(64))
    edits: Mapped[int] = mapped_column(default=0)
    """How often the draft was edited: the version that an editor saw."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))
    target_set_by: Mapped[str | None] = mapped_column(String(40))
    target_reason: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
