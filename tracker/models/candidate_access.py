"""How candidates come to their own page: mailed links that work once, and the sessions these open."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base
from tracker.models.mailed_links import LinkSession, MailedLink


class CandidateLink(MailedLink, Base):
    """A link that was mailed to a candidate."""

    __tablename__ = "candidate_links"
    __table_args__ = (Index("ix_candidate_links_candidate_id", "candidate_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))


class AddressChange(MailedLink, Base):
    """Another e-mail address that a candidate named, and the link that was mailed there to confirm it."""

    __tablename__ = "address_changes"
    __table_args__ = (Index("ix_address_changes_candidate_id", "candidate_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    email: Mapped[str] = mapped_column(String(254))


class CandidateSession(LinkSession, Base):
    """A candidate's session on their own page."""

    __tablename__ = "candidate_sessions"
    __table_args__ = (Index("ix_candidate_sessions_candidate_id", "candidate_id"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    address: Mapped[str | None] = mapped_column(String(64))
