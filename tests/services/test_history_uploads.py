"""Histories brought by a page: kept, in one hand at a time, imported only as checked, and gone afterwards."""

import pytest

from tests.erasing import store
from tests.factories import make_actor, make_application, make_job
from tracker import clock
from tracker.domain.actors import Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.event_logs import default_mapping
from tracker.domain.history_uploads import MOST_TRIES, UploadState
from tracker.domain.report_exports import LEASE
from tracker.domain.reports import read_filters
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.queries.dashboards import Part, coming_sessions, parts_of, running_work, tell_parts
from tracker.services.history_uploads import (
    FOLDER,
    ask_import,
    bring_history,
    check_again,
    claim_upload,
    fail_step,
    finish_step,
    note_upload,
)

__all__ = ["store"]
CHECKED = {"jobs": [{"applications": 2}], "bad_lines": 1, "bad": [[2, "No.", "a"]]}


@pytest.fixture
def olga(session):
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def upload(session, store, olga):
    given = {"name": "log.csv", "data": b"application,at,activity\n", "zone": "UTC"}
    return bring_history(
        session, store, job=make_job(session), mapping=default_mapping(), actor=olga, **given
    )


def test_a_check_is_followed_by_an_import_that_was_asked_for(session, store, upload, olga):
    assert claim_upload(session, "one") is upload
    assert upload.state is UploadState.CHECKING
    finish_step(session, store, upload.id, "one", CHECKED)
    assert claim_upload(session, "one") is None
    with pytest.raises(RuleBroken, match="Tick this"):
        ask_import(session, upload, is_without_bad=False, seen_version=upload.version, actor=olga)
    ask_import(session, upload, is_without_bad=True, seen_version=upload.version, actor=olga)
    assert claim_upload(session, "two") is upload
    assert note_upload(session, upload.id, "two", done=1, total=2)
    assert not note_upload(session, upload.id, "one")
    finish_step(session, store, upload.id, "two", {"jobs": [], "bad_lines": 0, "bad": []})
    assert (upload.state, upload.key) == (UploadState.IMPORTED, None)
    assert claim_upload(session, "one") is None


def test_what_is_left_three_times_is_given_up_and_may_be_checked_again(session, upload, olga, monkeypatch):
    now = clock.now()
    for number in range(MOST_TRIES):
        monkeypatch.setattr(clock, "now", lambda after=number: now + LEASE * 2 * after)
        assert claim_upload(session, str(number)) is upload
    monkeypatch.setattr(clock, "now", lambda: now + LEASE * 20)
    assert claim_upload(session, "last") is None
    assert upload.state is UploadState.FAILED
    check_again(session, upload, default_mapping(), seen_version=upload.version, actor=olga)
    assert claim_upload(session, "again") is upload
    fail_step(session, upload.id, "again", "It is no history.")
    assert upload.error == "It is no history."


def test_what_is_being_looked_at_is_not_changed(session, upload, olga):
    claim_upload(session, "one")
    with pytest.raises(ChangedMeanwhile):
        check_again(session, upload, default_mapping(), seen_version=upload.version, actor=olga)


def test_recruiters_bring_none(session, store):
    rita = make_actor(session, Role.RECRUITER)
    with pytest.raises(NotPermitted):
        bring_history(
            session,
            store,
            name="log.csv",
            data=b"x",
            job=None,
            mapping=default_mapping(),
            zone="UTC",
            actor=rita,
        )
    assert list(store.within(FOLDER).stored()) == []


def test_a_dashboard_counts_what_waits_beside_its_reports(session, upload, olga):
    make_application(session, upload.job)
    filters = read_filters(now=clock.now(), default_zone="UTC")
    assert parts_of(olga) == (Part.EVERYTHING,)
    (told,) = tell_parts(session, olga, filters)
    assert sum(told.active().values()) >= 1
    assert running_work(session, olga, clock.now()) == (0, 1)
    assert coming_sessions(session, olga, clock.now()) == []
