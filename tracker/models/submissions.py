"""Submissions that carry an idempotency key, so that the same one sent twice happens once."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class Submission(Base):
    """What one actor's key stood for and what was answered."""

    __tablename__ = "submissions"

    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
