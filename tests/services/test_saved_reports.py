"""Saved reports: kept, shared and mailed as links to those who may read them still."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_user
from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.mails import MailEvent, Sender
from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.saved_reports import MOST_REPORTS, MailedEvery
from tracker.models.audit import AuditEntry
from tracker.models.outbox import OutboxMessage
from tracker.models.saved_reports import SavedReport
from tracker.models.users import User
from tracker.queries.saved_reports import known_reports, own_reports, shared_by_others
from tracker.queries.users import actor_of
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent
from tracker.services.saved_reports import (
    change_report,
    delete_report,
    queue_report_links,
    save_report,
    stop_mails,
)

AGEING, IMPACT = OUTLINES[ReportName.AGEING], OUTLINES[ReportName.ADVERSE_IMPACT]
SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC")
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def rita(session: Session) -> User:
    return make_user(session, "Rita", Role.RECRUITER)


@pytest.fixture
def olga(session: Session) -> User:
    return make_user(session, "Olga", Role.HR)


@pytest.fixture
def at(monkeypatch):
    def set_now(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    set_now(FRIDAY)
    return set_now


def acting(session: Session, user: User) -> Actor:
    return actor_of(session, user)


def keep(session: Session, user: User, name: str = "Late ones", outline=AGEING, **more) -> SavedReport:
    return save_report(session, outline, name=name, query="job=1", actor=acting(session, user), **more)


def waiting(session: Session) -> list[OutboxMessage]:
    rows = (
        select(OutboxMessage).where(OutboxMessage.kind == MailEvent.SAVED_REPORT).order_by(OutboxMessage.id)
    )
    return list(session.scalars(rows))


def test_a_report_is_kept_changed_and_let_go_each_on_record(session, rita, at):
    actor = acting(session, rita)
    report = keep(session, rita, " Late  ones ")
    assert (report.name, report.query, report.is_shared, report.every) == ("Late ones", "job=1", False, None)
    changed = {"name": "late ones", "is_shared": True, "every": MailedEvery.WEEK}
    change_report(session, report, **changed, seen_version=1, actor=actor)
    with pytest.raises(ChangedMeanwhile):
        change_report(session, report, **changed, seen_version=1, actor=actor)
    stop_mails(session, report, actor=actor)
    stop_mails(session, report, actor=actor)
    assert (report.every, report.mailed_on) == (None, None)
    delete_report(session, report, actor=actor)
    assert session.scalars(own_reports(actor)).all() == []
    actions = select(AuditEntry.action).where(AuditEntry.action.startswith("saved_report"))
    assert list(session.scalars(actions.order_by(AuditEntry.id))) == [
        f"saved_report:{done}" for done in ("save", "change", "stop_mails", "delete")
    ]


def test_a_name_is_needed_and_free_among_ones_own(session, rita, olga):
    keep(session, rita, "Mine")
    for name in (None, " ", "x" * 81, "MINE"):
        with pytest.raises(RuleBroken) as refused:
            keep(session, rita, name)
        assert refused.value.field == "name"
    keep(session, olga, "Mine")
    for number in range(MOST_REPORTS - 1):
        keep(session, rita, f"Report {number}")
    with pytest.raises(RuleBroken, match="delete one first"):
        keep(session, rita, "One more")


def test_nobody_keeps_a_report_that_they_may_not_read_or_touches_those_of_others(session, rita, olga):
    with pytest.raises(NotPermitted):
        keep(session, rita, outline=IMPACT)
    with pytest.raises(NotPermitted):
        keep(session, make_user(session, "Ines", Role.INTERVIEWER))
    with pytest.raises(NotPermitted):
        save_report(session, AGEING, name="Nobody's", query="", actor=SYSTEM)
    report, other = keep(session, rita), acting(session, olga)
    for deed in (stop_mails, delete_report):
        with pytest.raises(NotPermitted):
            deed(session, report, actor=other)
    with pytest.raises(NotPermitted):
        change_report(session, report, name="x", is_shared=True, every=None, seen_version=1, actor=other)


def test_what_is_shared_is_known_to_those_who_may_read_such_a_report(session, rita, olga):
    keep(session, rita, "Private")
    shared = keep(session, rita, "Shared", is_shared=True)
    secret = keep(session, olga, "Impact", outline=IMPACT, is_shared=True)
    assert shared_by_others(session, acting(session, olga)) == [shared]
    assert shared_by_others(session, acting(session, rita)) == []
    known = set(session.scalars(known_reports(acting(session, make_user(session, "Olaf", Role.HR)))))
    assert known == {shared, secret}
    ines = acting(session, make_user(session, "Ines", Role.INTERVIEWER))
    assert session.scalars(known_reports(ines)).all() == []


def test_what_somebody_shared_is_not_shown_while_they_are_disabled(session, rita, olga):
    shared = keep(session, rita, "Shared", is_shared=True)
    rita.is_active = False
    session.flush()
    assert shared_by_others(session, acting(session, olga)) == []
    rita.is_active = True
    session.flush()
    assert shared_by_others(session, acting(session, olga)) == [shared]


def test_the_link_is_mailed_on_its_days_once_and_without_a_number(session, rita, at):
    report = keep(session, rita, every=MailedEvery.WEEK)
    assert queue_report_links(session, "UTC") == 0
    at(FRIDAY + timedelta(days=3))
    assert queue_report_links(session, "UTC") == 1
    assert queue_report_links(session, "UTC") == 0
    (message,) = waiting(session)
    mail = write_mail(session, message, SENDER)
    assert (mail.to_email, mail.subject, mail.entry) == (rita.email, "Your report: Late ones", None)
    assert f"https://tracker.example.org/saved-reports/{report.id}\n" in mail.text
    assert f"https://tracker.example.org/saved-reports/{report.id}/stop" in mail.text
    assert "every Monday" in mail.text
    assert "job=1" not in mail.text
    at(FRIDAY + timedelta(days=10))
    assert queue_report_links(session, "UTC") == 1


def test_the_day_is_that_of_the_owner(session, rita, at):
    rita.time_zone = "Pacific/Auckland"
    keep(session, rita, every=MailedEvery.DAY)
    at(FRIDAY + timedelta(hours=5))
    assert queue_report_links(session, "UTC") == 0
    at(FRIDAY + timedelta(hours=8))
    assert queue_report_links(session, "UTC") == 1


def queued(session, user, at):
    report = keep(session, user, every=MailedEvery.DAY)
    at(FRIDAY + timedelta(days=1))
    assert queue_report_links(session, "UTC") == 1
    return report, waiting(session)[0]


@pytest.mark.parametrize("what", ["stopped", "deleted", "disabled", "demoted"])
def test_a_link_that_nobody_should_get_any_more_stays(session, rita, at, what):
    report, message = queued(session, rita, at)
    if what == "stopped":
        stop_mails(session, report, actor=acting(session, rita))
    elif what == "deleted":
        delete_report(session, report, actor=acting(session, rita))
    elif what == "disabled":
        rita.is_active = False
    else:
        rita.role_rows = []
    session.flush()
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)
    at(FRIDAY + timedelta(days=2))
    if what in ("stopped", "deleted", "disabled"):
        assert queue_report_links(session, "UTC") == 0
