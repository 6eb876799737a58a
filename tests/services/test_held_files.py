"""Files held for a form: found by its token for an hour, and gone with all their bytes afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_job
from tracker import clock
from tracker.domain.file_formats import HandedIn
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models.held_files import HeldFile
from tracker.services.held_files import (
    HELD_AFTER_SENDING,
    HELD_FOR,
    find_held,
    hold_file,
    is_held_too_long,
    release_held,
    sweep_held,
)

GIVEN = HandedIn("cv.txt", b"Amina Yusuf")


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


def pass_by(monkeypatch, span):
    later = clock.now() + span
    monkeypatch.setattr(clock, "now", lambda: later)


def test_the_token_finds_the_file_and_is_kept_nowhere(session, store):
    job = make_job(session)
    token = hold_file(session, store, GIVEN, job_id=job.id)
    assert token
    assert len(token) >= 32
    assert find_held(session, store, token, job_id=job.id) == GIVEN
    row = session.scalars(select(HeldFile)).one()
    assert token not in (row.token_hash, row.key)
    assert find_held(session, store, row.token_hash, job_id=job.id) is None
    assert find_held(session, store, token, job_id=job.id + 1) is None


def test_after_its_hour_it_is_found_no_more_and_swept(session, store, monkeypatch):
    job = make_job(session)
    token = hold_file(session, store, GIVEN, job_id=job.id)
    assert not is_held_too_long(session)
    pass_by(monkeypatch, HELD_FOR)
    assert find_held(session, store, token, job_id=job.id) is None
    assert is_held_too_long(session)
    assert sweep_held(session, store) == 1
    assert session.scalar(select(func.count()).select_from(HeldFile)) == 0


def test_what_was_sent_is_held_ten_minutes_and_never_longer_again(session, store, monkeypatch):
    job = make_job(session)
    token = hold_file(session, store, GIVEN, job_id=job.id)
    release_held(session, token)
    pass_by(monkeypatch, HELD_AFTER_SENDING / 2)
    assert find_held(session, store, token, job_id=job.id) == GIVEN
    release_held(session, token)
    pass_by(monkeypatch, HELD_AFTER_SENDING / 2)
    session.expire_all()
    assert find_held(session, store, token, job_id=job.id) is None


def test_bytes_go_with_the_rows_and_stay_where_these_stay(database, store, monkeypatch):
    with database.writing() as session:
        hold_file(session, store, GIVEN, job_id=make_job(session).id)
    pass_by(monkeypatch, timedelta(hours=2))
    with database.session(may_write=True) as session:
        sweep_held(session, store)
        session.rollback()
    assert len(list(store.stored())) == 1
    with database.writing() as session:
        assert sweep_held(session, store) == 1
    assert list(store.stored()) == []


def test_what_is_no_resume_is_never_held(session, store):
    with pytest.raises(RuleBroken):
        hold_file(session, store, HandedIn("cv.exe", b"MZ"), job_id=make_job(session).id)
    assert list(store.stored()) == []
