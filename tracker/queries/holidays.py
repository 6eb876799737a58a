"""Reads about calendars of holidays, which belong to the organisation and are of nobody."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.models.holidays import HolidayCalendar, HolidayDay


def calendars() -> Select[HolidayCalendar]:
    """All calendars, by name."""
    return select(HolidayCalendar).order_by(HolidayCalendar.name, HolidayCalendar.id)


def calendar_names(session: Session) -> Sequence[str]:
    """What the calendars are called, in order."""
    return session.scalars(calendars().with_only_columns(HolidayCalendar.name)).all()


def calendars_with_days(session: Session) -> list[tuple[HolidayCalendar, int, date | None]]:
    """Each calendar with how many days it has, and the last of them."""
    query = (
        select(HolidayCalendar, func.count(HolidayDay.kept_on), func.max(HolidayDay.kept_on))
        .outerjoin(HolidayDay, HolidayDay.calendar_id == HolidayCalendar.id)
        .group_by(HolidayCalendar.id)
        .order_by(HolidayCalendar.name, HolidayCalendar.id)
    )
    return [(calendar, number, last) for calendar, number, last in session.execute(query)]


def holidays_of(session: Session, name: str) -> frozenset[date] | None:
    """The days of the calendar of exactly this name; none where there is no such calendar."""
    calendar = session.scalar(select(HolidayCalendar).where(HolidayCalendar.name == name))
    return frozenset(day.kept_on for day in calendar.days) if calendar else None
