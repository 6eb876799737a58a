"""Keeping calendars of holidays: adding, changing and removing them, each on record."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.holidays import calendar_name, check_name_is_free, read_holidays
from tracker.domain.jurisdictions import jurisdiction_written
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile
from tracker.models.holidays import HolidayCalendar, HolidayDay
from tracker.queries.holidays import calendar_names
from tracker.services.audit import record
from tracker.services.permits import require


def add_calendar(
    session: Session, *, name: str | None, jurisdiction: str | None, days: str | None, actor: Actor
) -> HolidayCalendar:
    """Keep a new calendar; its days as lines. Raises RuleBroken at `name`, `jurisdiction` or `days`."""
    require(actor, Permission.HOLIDAYS_EDIT)
    kept = calendar_name(name)
    check_name_is_free(kept, calendar_names(session))
    calendar = HolidayCalendar(
        name=kept,
        jurisdiction=jurisdiction_written(jurisdiction),
        created_at=clock.now(),
        created_by=actor.key,
    )
    added, _ = _set_days(calendar, days)
    session.add(calendar)
    session.flush()
    record(session, "holidays:add", calendar, actor=actor, added=added)
    return calendar


def change_calendar(
    session: Session,
    calendar: HolidayCalendar,
    *,
    name: str | None,
    jurisdiction: str | None,
    days: str | None,
    seen_version: int,
    actor: Actor,
) -> None:
    """Give a calendar another name, place or days. Raises RuleBroken, ChangedMeanwhile."""
    require(actor, Permission.HOLIDAYS_EDIT)
    session.refresh(calendar, with_for_update=True)
    if calendar.version != seen_version:
        raise ChangedMeanwhile("Somebody else saved this calendar meanwhile. Look at it, then save again.")
    kept = calendar_name(name)
    check_name_is_free(kept, set(calendar_names(session)) - {calendar.name})
    calendar.name, calendar.jurisdiction = kept, jurisdiction_written(jurisdiction)
    added, removed = _set_days(calendar, days)
    calendar.version += 1
    session.flush()
    record(session, "holidays:change", calendar, actor=actor, added=added, removed=removed)


def remove_calendar(session: Session, calendar: HolidayCalendar, *, actor: Actor) -> None:
    """Let go of a calendar; reports that name it say then that it is gone."""
    require(actor, Permission.HOLIDAYS_EDIT)
    days = [day.kept_on.isoformat() for day in calendar.days]
    record(session, "holidays:remove", calendar, actor=actor, name=calendar.name, removed=days)
    session.delete(calendar)
    session.flush()


def _set_days(calendar: HolidayCalendar, text: str | None) -> tuple[list[str], list[str]]:
    """Give the calendar these days; which came, and which went."""
    wanted = {one.kept_on: one for one in read_holidays(text)}
    present = {day.kept_on: day for day in calendar.days}
    for kept_on, one in wanted.items():
        if kept_on in present:
            present[kept_on].name = one.name
        else:
            calendar.days.append(HolidayDay(kept_on=kept_on, name=one.name))
    gone = sorted(set(present) - set(wanted))
    for kept_on in gone:
        calendar.days.remove(present[kept_on])
    came = sorted(set(wanted) - set(present))
    return [day.isoformat() for day in came], [day.isoformat() for day in gone]
