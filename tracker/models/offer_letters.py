"""Letters of offers: the very document that went to the candidate."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime


class OfferLetter(Base):
    """The letter as PDF with its SHA-256 in hex, kept when the offer was sent."""

    __tablename__ = "offer_letters"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    document_sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
