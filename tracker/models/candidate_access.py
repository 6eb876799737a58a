"""How candidates come to their own page: mailed links that work once, and the sessions these open."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class CandidateLink(Base):
    """A link that was mailed to a candidate; only the hash of its token is kept, and it works once."""

    __tablename__ = "candidate_links"
    __table_args__ = (Index("ix_candidate_links_candidate_id", "candidate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CandidateSession(Base):
    """A candidate's session on their own page; the cookie holds a token whose hash stands here."""

    __tablename__ = "candidate_sessions"
    __table_args__ = (Index("ix_candidate_sessions_candidate_id", "candidate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str | None] = mapped_column(String(64))
