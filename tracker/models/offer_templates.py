"""Templates of offers: terms that stand in the form before somebody drafts one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.offers import SalaryPeriod
from tracker.models.base import Base, UtcDateTime, enum_column


class OfferTemplate(Base):
    """Terms under a name, for all jobs or those of one department; an offer keeps words of its own."""

    __tablename__ = "offer_templates"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        CheckConstraint("days_to_answer BETWEEN 1 AND 365", name="days_to_answer_in_a_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str | None] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[SalaryPeriod] = mapped_column(enum_column(SalaryPeriod))
    days_to_answer: Mapped[int]
    benefits: Mapped[str | None] = mapped_column(Text)
    conditions: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
