"""Saved reports: a report with its filters that a person keeps, shares, and is sent the link to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.outlines.outline import ReportName
from tracker.domain.saved_reports import MailedEvery
from tracker.models.base import Base, UtcDateTime
from tracker.models.users import User


class SavedReport(Base):
    """One report under a person's own name for it: which, and the query of its address, never numbers."""

    __tablename__ = "saved_reports"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        CheckConstraint("(mailed_every IS NULL) = (mailed_on IS NULL)", name="mailed_since_a_day"),
        Index("ix_saved_reports_mailed_every", "mailed_every"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    report: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(1000))
    is_shared: Mapped[bool] = mapped_column(default=False)
    mailed_every: Mapped[str | None] = mapped_column(String(10))
    mailed_on: Mapped[date | None]
    """The day of the last mail, or the day on which they were asked for."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    @property
    def report_name(self) -> ReportName:
        """Which report it is."""
        return ReportName(self.report)

    @property
    def every(self) -> MailedEvery | None:
        """How often its owner is sent the link."""
        return MailedEvery(self.mailed_every) if self.mailed_every else None
