"""The links by which a daily digest is stopped from its mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime
from tracker.models.users import User


class DigestStop(Base):
    """The link of one mail, known by the hash of its token; it stops the mails of one person, and no more."""

    __tablename__ = "digest_stops"
    __table_args__ = (Index("ix_digest_stops_user_id", "user_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
