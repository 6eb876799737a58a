"""Words that HR keeps for writing to candidates by hand, and when each is suggested."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.message_templates import Moment
from tracker.models.base import Base, UtcDateTime, enum_column


class MessageTemplate(Base):
    """One template; without a moment it can be chosen and is never suggested."""

    __tablename__ = "message_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    moment: Mapped[Moment | None] = mapped_column(enum_column(Moment))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
