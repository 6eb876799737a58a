"""Skills frameworks as they were imported; one row per content, never changed."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class FrameworkRow(Base):
    """One imported export: its occupation, version, content hash and the content itself."""

    __tablename__ = "frameworks"
    __table_args__ = (Index("ix_frameworks_soc", "soc"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    soc: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    version: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    attribution: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text)
    """The export as parsed, in canonical JSON."""
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(40))
