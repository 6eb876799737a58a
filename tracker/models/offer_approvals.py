"""Approving offers: the rules of the organisation, and the steps of one offer as they were at its draft."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.actors import Role
from tracker.models.base import Base, UtcDateTime, enum_column


class OfferApprovalRule(Base):
    """From a salary a year on, in cents of a currency, offers are approved by this role too."""

    __tablename__ = "offer_approval_rules"
    __table_args__ = (
        UniqueConstraint("currency", "from_cents", "role"),
        CheckConstraint("from_cents >= 0", name="from_nothing_on"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    from_cents: Mapped[int] = mapped_column(BigInteger)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfferApprovalStep(Base):
    """One approval that an offer needs, from the first on; nobody takes two of one offer."""

    __tablename__ = "offer_approval_steps"
    __table_args__ = (
        UniqueConstraint("offer_id", "approved_by_id"),
        CheckConstraint("position >= 1", name="position_positive"),
        CheckConstraint("(approved_at IS NULL) = (approved_by_id IS NULL)", name="step_is_named"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    is_of_other_currency: Mapped[bool] = mapped_column(default=False)
    """Whether it was asked because no rule speaks of the offer's currency."""
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
