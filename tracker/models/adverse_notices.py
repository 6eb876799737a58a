"""What candidates get before a report counts against them: the notice as it went out, and their rights."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class RightsSummary(Base):
    """A summary of rights that HR filed for a jurisdiction; the latest of each is in use."""

    __tablename__ = "rights_summaries"
    __table_args__ = (Index("ix_rights_summaries_jurisdiction", "jurisdiction"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    jurisdiction: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))


class PreAdverseNotice(Base):
    """The notice of one application in the words in which it went out, with the summary that went with it."""

    __tablename__ = "pre_adverse_notices"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    text: Mapped[str | None] = mapped_column(Text)
    summary_id: Mapped[int | None] = mapped_column(ForeignKey("rights_summaries.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
