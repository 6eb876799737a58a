"""Answers of reports that are kept: what was asked, what was counted and of which history."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.outlines.outline import ReportName
from tracker.models.base import Base, UtcDateTime


class KeptReport(Base):
    """One answer, for everybody who sees the same jobs and asks for the same: numbers alone, and no people.

    `key` tells one ask from another; `counts` is whom and when it counts, `told` what came of it. It is
    wanted while somebody waits for it to be counted, anew or for the first time.
    """

    __tablename__ = "kept_reports"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint(
            "(told_at IS NULL) = (moves IS NULL) AND (told_at IS NULL) = (basis IS NULL)"
            " AND (told_at IS NULL) = (counted_at IS NULL) AND (told_at IS NULL) = (took IS NULL)",
            name="told_says_of_what",
        ),
        Index("ix_kept_reports_wanted_at", "wanted_at", "id"),
        Index("ix_kept_reports_asked_at", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    report: Mapped[str] = mapped_column(String(40))
    counts: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When somebody last asked for it, to the hour."""
    told: Mapped[dict[str, Any] | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The instant it is as of."""
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moves: Mapped[int | None]
    """How many moves there were in all when it was counted."""
    basis: Mapped[str | None] = mapped_column(String(64))
    """A hash of all of the history and the jobs that it depends on."""
    took: Mapped[float | None]
    """Seconds that it took to count."""
    wanted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claim: Mapped[str | None] = mapped_column(String(40))
    lease_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    has_failed: Mapped[bool] = mapped_column(default=False)

    @property
    def report_name(self) -> ReportName:
        """Which report it is of."""
        return ReportName(self.report)
