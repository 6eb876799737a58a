"""Onboarding tasks: what has to happen around the first day, who owns it and by when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.onboarding import TaskOwner
from tracker.models.base import Base, UtcDateTime, enum_column


class OnboardingTemplate(Base):
    """One task that new hires start with; while there is none at all, the checklist as delivered is used."""

    __tablename__ = "onboarding_templates"
    __table_args__ = (CheckConstraint("days_after_start BETWEEN -90 AND 365", name="around_the_first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[TaskOwner] = mapped_column(enum_column(TaskOwner))
    days_after_start: Mapped[int]
    is_required: Mapped[bool]
    department: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(200))
    needs_file: Mapped[bool] = mapped_column(default=False)


class OnboardingBuddy(Base):
    """The colleague who looks after one new hire; who it was before, the audit log says."""

    __tablename__ = "onboarding_buddies"
    __table_args__ = (Index("ix_onboarding_buddies_user_id", "user_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


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
    done_reason: Mapped[str | None] = mapped_column(Text)
    """Why staff ticked it off without the paper that it asks for."""
    note: Mapped[str | None] = mapped_column(Text)
    needs_file: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class OnboardingTaskFile(Base):
    """A paper that a new hire handed in for a task of theirs."""

    __tablename__ = "onboarding_task_files"
    __table_args__ = (Index("ix_onboarding_task_files_task_id", "task_id"),)

    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("onboarding_tasks.id"))
