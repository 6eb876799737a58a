"""Calendars of holidays that HR keeps, for reports that count business days."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, UtcDateTime


class HolidayCalendar(Base):
    """The days that are no business days in one place."""

    __tablename__ = "holiday_calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    jurisdiction: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(40))

    days: Mapped[list["HolidayDay"]] = relationship(
        order_by="HolidayDay.kept_on", cascade="all, delete-orphan"
    )


class HolidayDay(Base):
    """One holiday of a calendar."""

    __tablename__ = "holiday_days"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("holiday_calendars.id"), primary_key=True)
    kept_on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), default="")
