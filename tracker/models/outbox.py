"""The outbox: what follows a change and leaves the house, queued in the change's own transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class OutboxMessage(Base):
    """One message to be sent once, not before its time; a key keeps one-time effects single."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        Index("ix_outbox_messages_due", "sent_at", "cancelled_at", "not_before"),
        Index("ix_outbox_messages_application_id", "application_id"),
        Index("ix_outbox_messages_interview_id_user_id", "interview_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    application_id: Mapped[int | None]
    version: Mapped[int | None]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    interview_id: Mapped[int | None]
    user_id: Mapped[int | None]
    """Who of the organisation it is written to; otherwise the candidate, or whom the payload names."""
    claim: Mapped[str | None] = mapped_column(String(40))
    """Which worker has it in hand, until `lease_ends_at`; then another one may take it."""
    lease_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its text began to go out. Without `sent_at` it may have arrived; it does not go again alone."""
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    drop_reason: Mapped[str | None] = mapped_column(Text)
    to_name: Mapped[str | None] = mapped_column(String(200))
    to_email: Mapped[str | None] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(400))
    text: Mapped[str | None] = mapped_column(Text)
    """As it was sent; until then it is written anew from what is so now."""
