"""Calendars of holidays: kept by HR, each change on record, days written one a line."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor
from tracker.domain.actors import Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.holidays import HolidayCalendar, HolidayDay
from tracker.queries.holidays import calendars_with_days, holidays_of
from tracker.services.holidays import add_calendar, change_calendar, remove_calendar


@pytest.fixture
def olga(session: Session):
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def england(session: Session, olga) -> HolidayCalendar:
    days = "2026-12-28 Boxing Day (substitute)\n\n2026-12-25 Christmas Day\n"
    return add_calendar(session, name="England", jurisdiction="gb", days=days, actor=olga)


def test_a_calendar_is_kept_changed_and_removed_each_on_record(session, olga, england):
    assert (england.jurisdiction, england.version) == ("GB", 1)
    assert holidays_of(session, "England") == {date(2026, 12, 25), date(2026, 12, 28)}
    assert calendars_with_days(session) == [(england, 2, date(2026, 12, 28))]
    days = "2026-12-25 Christmas\n2027-01-01 New Year"
    changed = {"name": "England and Wales", "jurisdiction": "", "days": days, "seen_version": 1}
    change_calendar(session, england, **changed, actor=olga)
    assert holidays_of(session, "England and Wales") == {date(2026, 12, 25), date(2027, 1, 1)}
    assert holidays_of(session, "England") is None
    remove_calendar(session, england, actor=olga)
    assert session.scalars(select(HolidayDay)).all() == []
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.action.startswith("holidays:")).order_by(AuditEntry.id)
    ).all()
    assert [entry.action for entry in entries] == ["holidays:add", "holidays:change", "holidays:remove"]
    assert entries[1].detail == {"added": ["2027-01-01"], "removed": ["2026-12-28"]}


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ("2026-12-25\n2026-13-01", "Line 2"),
        ("25 December 2026", "no day"),
        ("2026-12-25 x\n2026-12-25 y", "there already"),
        ("1949-12-31", "year"),
        ("2101-01-01", "year"),
        ("2026-12-25 " + "x" * 81, "more than 80"),
    ],
)
def test_days_that_cannot_be_read_are_told_by_their_line(session, olga, england, days, problem):
    with pytest.raises(RuleBroken, match=problem) as refused:
        change_calendar(
            session, england, name="England", jurisdiction="", days=days, seen_version=1, actor=olga
        )
    assert refused.value.field == "days"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "england"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Wales", "jurisdiction": "somewhere"}, "jurisdiction"),
    ],
)
def test_a_calendar_needs_a_name_of_its_own_and_a_place_that_exists(session, olga, england, given, field):
    with pytest.raises(RuleBroken) as refused:
        add_calendar(session, **{"jurisdiction": None, "days": "", **given}, actor=olga)
    assert refused.value.field == field


def test_nobody_loses_what_another_saved_meanwhile(session, olga, england):
    kept = {"name": "England", "jurisdiction": "GB", "days": "2026-12-25"}
    change_calendar(session, england, **kept, seen_version=1, actor=olga)
    with pytest.raises(ChangedMeanwhile):
        change_calendar(session, england, **kept, seen_version=1, actor=olga)


def test_hr_alone_keeps_calendars(session, england):
    for role in (Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER):
        actor = make_actor(session, role)
        with pytest.raises(NotPermitted):
            add_calendar(session, name="Mine", jurisdiction=None, days="", actor=actor)
        with pytest.raises(NotPermitted):
            remove_calendar(session, england, actor=actor)
