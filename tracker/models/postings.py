"""Postings: what strangers read of a job, and links that tell by which way they came."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import EmploymentType
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.jobs import Job
from tracker.models.users import User


class Posting(Base):
    """The public text of one job; salary in cents of its currency per period."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint(
            "(salary_low_cents IS NULL AND salary_high_cents IS NULL) = (currency IS NULL)",
            name="salary_has_currency",
        ),
        CheckConstraint("(currency IS NULL) = (period IS NULL)", name="salary_has_period"),
    )

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    employment_type: Mapped[EmploymentType] = mapped_column(enum_column(EmploymentType))
    place: Mapped[str | None] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    is_remote: Mapped[bool] = mapped_column(default=False)
    salary_low_cents: Mapped[int | None] = mapped_column(BigInteger)
    salary_high_cents: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    period: Mapped[SalaryPeriod | None] = mapped_column(enum_column(SalaryPeriod))
    is_salary_shown: Mapped[bool] = mapped_column(default=True)
    closes_on: Mapped[date | None]
    is_internal: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    job: Mapped[Job] = relationship()


class SourceLink(Base):
    """A link that carries a source: of one job and channel, or of the employee who refers people by it."""

    __tablename__ = "source_links"
    __table_args__ = (
        CheckConstraint("(job_id IS NULL) <> (user_id IS NULL)", name="of_job_or_employee"),
        Index("ix_source_links_job_id", "job_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    source: Mapped[str] = mapped_column(String(80))
    label: Mapped[str | None] = mapped_column(String(120))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))

    user: Mapped[User | None] = relationship()
