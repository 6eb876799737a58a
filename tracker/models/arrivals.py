"""How an application came in by the careers pages: by which link, and what was typed besides what is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime
from tracker.models.postings import SourceLink


class Arrival(Base):
    """The way of one application; name, phone and place only where other ones are kept of the person."""

    __tablename__ = "arrivals"
    __table_args__ = (Index("ix_arrivals_source_link_id", "source_link_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    source_link_id: Mapped[int | None] = mapped_column(ForeignKey("source_links.id"))
    typed_name: Mapped[str | None] = mapped_column(String(200))
    typed_phone: Mapped[str | None] = mapped_column(String(60))
    typed_location: Mapped[str | None] = mapped_column(String(200))
    links: Mapped[str | None] = mapped_column(Text)
    """Web addresses that the applicant gave, one a line."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    source_link: Mapped[SourceLink | None] = relationship()
