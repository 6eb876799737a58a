"""Files that candidates or staff handed in; the bytes lie outside any served folder under a random key."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class FileKind(StrEnum):
    """What a file is for."""

    RESUME = "resume"
    BACKGROUND_REPORT = "background_report"
    ONBOARDING = "onboarding"
    OTHER = "other"


FILE_KIND_LABELS = {
    FileKind.RESUME: "Résumé",
    FileKind.BACKGROUND_REPORT: "Background report",
    FileKind.ONBOARDING: "Onboarding paper",
    FileKind.OTHER: "Other",
}


class StoredFile(Base):
    """One file of one candidate, on one application if it came with it; size in bytes, SHA-256 in hex."""

    __tablename__ = "files"
    __table_args__ = (
        Index("ix_files_candidate_id", "candidate_id"),
        Index("ix_files_application_id_kind", "application_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    content_key: Mapped[str | None] = mapped_column(String(64))
    """The key of the bytes where they came in with another application of the same person."""
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    kind: Mapped[FileKind] = mapped_column(enum_column(FileKind))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def bytes_key(self) -> str:
        """The key under which the store holds the bytes."""
        return self.content_key or self.key
