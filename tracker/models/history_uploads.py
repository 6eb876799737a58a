"""Files of other systems' histories that HR brought by a page: checked, then imported, then gone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.history_uploads import UploadState
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.jobs import Job
from tracker.models.users import User


class HistoryUpload(Base):
    """One file with its mapping, how far it is, and what its check said; no job where the file names them."""

    __tablename__ = "history_uploads"
    __table_args__ = (
        CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="failed_says_why"),
        Index("ix_history_uploads_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    key: Mapped[str | None] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    zone: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[str] = mapped_column(Text)
    state: Mapped[UploadState] = mapped_column(enum_column(UploadState), default=UploadState.TO_CHECK)
    report: Mapped[dict[str, Any] | None]
    is_without_bad: Mapped[bool] = mapped_column(default=False)
    """Whether the applications that bad lines belong to are left out."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claim: Mapped[str | None] = mapped_column(String(40))
    lease_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    user: Mapped[User] = relationship()
    job: Mapped[Job | None] = relationship()
