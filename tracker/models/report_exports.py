"""Files of reports made in the background: what was asked, how far it is, and where the file lies."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_exports import ExportState
from tracker.models.base import Base, UtcDateTime, enum_column
from tracker.models.users import User


class ReportExport(Base):
    """One file that a person asked for: the query of a report's address as of the instant of asking.

    `ask_key` stands while it is asked for, so that one ask is never made twice; `job_id` is the job it is
    limited to, and `has_people` says that its rows are about single people.
    """

    __tablename__ = "report_exports"
    __table_args__ = (
        UniqueConstraint("user_id", "ask_key"),
        CheckConstraint("(state = 'ready') = (key IS NOT NULL)", name="ready_has_key"),
        CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="failed_says_why"),
        Index("ix_report_exports_state", "state", "id"),
        Index("ix_report_exports_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ask_key: Mapped[str | None] = mapped_column(String(64))
    report: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(String(1000))
    zone: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(10))
    has_bom: Mapped[bool] = mapped_column(default=False)
    has_rows: Mapped[bool] = mapped_column(default=False)
    has_people: Mapped[bool] = mapped_column(default=False)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
    state: Mapped[ExportState] = mapped_column(enum_column(ExportState), default=ExportState.WAITING)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claim: Mapped[str | None] = mapped_column(String(40))
    lease_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    made_for: Mapped[list[Any] | None]
    """The ids of the jobs that its owner saw when it was made; none stands for all."""
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(300))

    user: Mapped[User] = relationship()

    @property
    def report_name(self) -> ReportName:
        """Which report it is of."""
        return ReportName(self.report)

    @property
    def file_name(self) -> str:
        """The name it is saved under, with the day it is as of."""
        rows = "-rows" if self.has_rows else ""
        return f"{self.report}{rows}-{self.asked_at.date().isoformat()}.{self.format}"
