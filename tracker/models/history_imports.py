"""Imports of other systems' histories: which file, which mapping, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class HistoryImport(Base):
    """One import into one job: the file's hash, and counts and notices of its report."""

    __tablename__ = "history_imports"
    __table_args__ = (UniqueConstraint("job_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, Any]]
    actor: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
