"""Files made in the background: one for each ask, in one hand at a time, and gone when they have to be."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.erasing import erase, later, old, rejected, store
from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.report_exports import KEPT_FOR, LEASE, MOST_KEPT, MOST_TRIES, ExportState
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import read_filters
from tracker.domain.rules import RuleBroken
from tracker.files import NoSuchFile
from tracker.models.audit import AuditEntry
from tracker.models.report_exports import ReportExport
from tracker.services import report_exports
from tracker.services.report_exports import (
    FOLDER,
    ask_export,
    claim_export,
    delete_export,
    drop_expired,
    fail_export,
    keep_export,
    note_progress,
    read_export,
)
from tracker.services.users import disable_user

__all__ = ["later", "old", "store"]


def ask(session, actor, *, job=None, query="", has_rows=True, name="pipeline"):
    filters = read_filters(now=clock.now(), default_zone="UTC", job_id=job.id if job else None)
    outline = OUTLINES[name]
    return ask_export(session, outline, filters, query=query, format="csv", has_rows=has_rows, actor=actor)


def made(session, store, export, actor, worker="one"):
    assert claim_export(session, worker) is export
    stored = store.within(FOLDER).put_blocks([b"a,", b"b\r\n"])
    assert keep_export(session, export.id, worker, stored, rows=1, actor=actor)
    return stored.key


@pytest.fixture
def rita(session):
    return make_actor(session, Role.RECRUITER)


def at(monkeypatch, after):
    now = clock.now() + after
    monkeypatch.setattr(clock, "now", lambda: now)


def test_one_ask_is_one_file_until_it_is_made(session, store, rita):
    first = ask(session, rita)
    assert ask(session, rita) is first
    assert ask(session, rita, query="zone=UTC") is not first
    made(session, store, first, rita)
    assert ask(session, rita) is not first


def test_a_file_is_in_one_hand_at_a_time_and_goes_on_in_another_once_that_is_silent(
    session, rita, monkeypatch
):
    export = ask(session, rita)
    assert claim_export(session, "one") is export
    assert claim_export(session, "two") is None
    assert note_progress(session, export.id, "one", 500)
    at(monkeypatch, LEASE / 2)
    assert note_progress(session, export.id, "one", 900)
    at(monkeypatch, LEASE * 2)
    assert claim_export(session, "two") is export
    session.refresh(export)
    assert (export.rows_done, export.attempts) == (0, 2)
    assert not note_progress(session, export.id, "one", 1000)


def test_what_was_left_too_often_is_given_up_with_a_sentence(session, rita, monkeypatch):
    export = ask(session, rita)
    for number in range(MOST_TRIES):
        assert claim_export(session, str(number)) is export
        at(monkeypatch, LEASE * 2)
    assert claim_export(session, "last") is None
    assert export.state is ExportState.FAILED
    assert "three times" in export.error


def test_who_lost_a_file_keeps_nothing(session, store, rita, monkeypatch):
    export = ask(session, rita)
    claim_export(session, "one")
    at(monkeypatch, LEASE * 2)
    claim_export(session, "two")
    stored = store.within(FOLDER).put(b"x")
    assert not keep_export(session, export.id, "one", stored, rows=1, actor=rita)
    fail_export(session, export.id, "one", "No.")
    assert export.state is ExportState.MAKING


def test_each_download_is_on_record_and_for_its_owner_alone(session, store, rita):
    export = ask(session, rita)
    made(session, store, export, rita)
    with read_export(session, store, export, actor=rita) as opened:
        assert opened.read() == b"a,b\r\n"
    read_export(session, store, export, actor=rita).close()
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.actor == rita.key)).all()
    assert actions == ["report_export:ask", "report_export:download", "report_export:download"]
    with pytest.raises(NotPermitted):
        read_export(session, store, export, actor=make_actor(session, Role.HR))
    with pytest.raises(NotPermitted):
        delete_export(session, store, export, actor=make_actor(session, Role.HR))


def test_a_manager_who_left_a_job_no_longer_takes_away_what_held_it(session, store):
    job, other = make_job(session), make_job(session)
    user = make_user(session, "Hank", Role.HIRING_MANAGER)
    for one in (job, other):
        join_team(session, one, user, TeamRole.HIRING_MANAGER)
    hank = actor_of(session, user)
    export = ask(session, hank)
    made(session, store, export, hank)
    read_export(session, store, export, actor=hank).close()
    fewer = type(hank)(
        hank.kind, id=hank.id, name=hank.name, roles=hank.roles, teams={job.id: hank.teams[job.id]}
    )
    with pytest.raises(NotPermitted, match="more jobs"):
        read_export(session, store, export, actor=fewer)


def test_who_may_take_nothing_away_asks_in_vain(session):
    with pytest.raises(NotPermitted):
        ask(session, make_actor(session, Role.INTERVIEWER))
    with pytest.raises(NotPermitted):
        ask(session, SYSTEM)


def test_nobody_keeps_files_without_end(session, rita):
    for number in range(MOST_KEPT):
        ask(session, rita, query=f"figure={number}")
    with pytest.raises(RuleBroken, match="delete one first"):
        ask(session, rita)


def test_files_go_after_a_week_and_with_their_owners_account(session, store, rita, monkeypatch):
    export = ask(session, rita)
    key = made(session, store, export, rita)
    assert drop_expired(session, store) == 0
    user = make_user(session, "Tom", Role.RECRUITER)
    tom = actor_of(session, user)
    theirs = ask(session, tom)
    disable_user(session, user, actor=SYSTEM)
    session.refresh(theirs)
    assert claim_export(session, "one") is None
    assert drop_expired(session, store) == 1
    at(monkeypatch, KEPT_FOR + timedelta(seconds=1))
    assert drop_expired(session, store) == 1
    assert session.scalars(select(ReportExport)).all() == []
    assert store.within(FOLDER).holds(key, 5), "the bytes go once the transaction is kept"


def test_erasing_somebody_removes_files_that_may_hold_their_rows(session, store, later):
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session, jurisdiction="US")
    candidate = rejected(session, job=job)
    elsewhere = make_job(session)
    make_application(session, elsewhere)
    of_all = ask(session, rita)
    of_job = ask(session, rita, job=job, query=f"job={job.id}")
    of_other = ask(session, rita, job=elsewhere, query=f"job={elsewhere.id}")
    numbers = ask(session, rita, has_rows=False)
    assert claim_export(session, "one") is of_all
    receipt = erase(session, store, candidate)
    assert receipt.counts["report_exports"] == 2
    assert set(session.scalars(select(ReportExport.id))) == {of_other.id, numbers.id}
    assert not note_progress(session, of_all.id, "one", 10), "whoever makes it hears that it is not wanted"
    assert of_job.has_people
    assert not numbers.has_people


def test_a_file_whose_bytes_are_gone_says_so(session, store, rita):
    export = ask(session, rita)
    store.within(FOLDER).remove(made(session, store, export, rita))
    with pytest.raises(NoSuchFile):
        read_export(session, store, export, actor=rita)
    assert report_exports.FOLDER == "exports"
