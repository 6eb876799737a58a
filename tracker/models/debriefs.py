"""Debriefs: the hiring manager's decision after the interviews, with its reason."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, UtcDateTime, enum_column


class DebriefDecision(StrEnum):
    """Whether an application goes on after its interviews."""

    ADVANCE = "advance"
    STOP = "stop"


DEBRIEF_DECISION_LABELS = {DebriefDecision.ADVANCE: "Advance", DebriefDecision.STOP: "Stop"}
DEBRIEF_DECISION_BADGES = {DebriefDecision.ADVANCE: "good", DebriefDecision.STOP: "bad"}


class Debrief(Base):
    """One decision; the latest counts, unless the application was returned after it."""

    __tablename__ = "debriefs"
    __table_args__ = (Index("ix_debriefs_application_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    decision: Mapped[DebriefDecision] = mapped_column(enum_column(DebriefDecision))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at_version: Mapped[int]
    """The application's version when the decision was taken."""

    is_against_score: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it went against the score as it stood then; who decided said that they knew."""

    at: Mapped[datetime] = mapped_column(UtcDateTime)
