"""Offers: terms, approval by another person, sending, and what the candidate answered."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.offers import SalaryPeriod
from tracker.models.applications import Application
from tracker.models.base import Base, UtcDateTime, enum_column


class Offer(Base):
    """One version of an offer on one application; salary in cents of its currency per period."""

    __tablename__ = "offers"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        CheckConstraint("salary_cents > 0", name="salary_positive"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id", name="approver_not_drafter"
        ),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="approval_is_named"),
        CheckConstraint("sent_at IS NULL OR approved_at IS NOT NULL", name="sent_needs_approval"),
        CheckConstraint("accepted_at IS NULL OR sent_at IS NOT NULL", name="accepted_needs_sent"),
        CheckConstraint("declined_at IS NULL OR sent_at IS NOT NULL", name="declined_needs_sent"),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        CheckConstraint("accepted_at IS NULL OR accepted_at <= expires_at", name="accepted_in_time"),
        Index("ix_offers_application_id", "application_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[int]
    salary_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[SalaryPeriod] = mapped_column(enum_column(SalaryPeriod))
    starts_on: Mapped[date]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    benefits: Mapped[str | None] = mapped_column(Text)
    conditions: Mapped[str | None] = mapped_column(Text)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_version: Mapped[int | None]
    """The application's version that the acceptance made."""
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decline_reason: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_version: Mapped[int | None]
    """The application's version whose rejection or withdrawal voided the offer."""

    application: Mapped[Application] = relationship()
