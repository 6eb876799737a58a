"""Onboarding tasks: what has to happen around the first day, who owns it and by when."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.onboarding import TaskOwner
from tracker.models.base import Base, UtcDateTime, enum_column


class OnboardingTask(Base):
    """One task of one new hire's onboarding."""

    __tablename__ = "onboarding_tasks"
    __table_args__ = (Index("ix_onboarding_tasks_application_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[TaskOwner] = mapped_column(enum_column(TaskOwner))
    due_on: Mapped[date]
    is_required: Mapped[bool] = mapped_column(default=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
