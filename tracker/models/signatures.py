"""Signatures of offers: the very document that was signed, by which name, when; and those too late."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class MissedAcceptance(Base):
    """That a candidate signed an offer when no opening was left: it does not count, somebody has to act."""

    __tablename__ = "missed_acceptances"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OfferSignature(Base):
    """What a candidate signed: the letter as PDF with its SHA-256 in hex, and the words they agreed to."""

    __tablename__ = "offer_signatures"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    typed_name: Mapped[str] = mapped_column(String(200))
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    document_sha256: Mapped[str] = mapped_column(String(64))
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_text: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(String(64))
    agent: Mapped[str | None] = mapped_column(String(300))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
