"""The words of the tracker's mail as HR wrote them; each saving is a version of its own."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.mails import MailEvent
from tracker.models.base import Base, UtcDateTime, enum_column


class MailTemplate(Base):
    """One version of the subject and plain text of mail about one event; the highest is in use."""

    __tablename__ = "mail_templates"
    __table_args__ = (UniqueConstraint("event", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[MailEvent] = mapped_column(enum_column(MailEvent))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))
