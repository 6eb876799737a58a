"""People whose records have run their time, and erasing them."""

from datetime import timedelta

import pytest

from tests.factories import make_actor, make_job
from tests.histories import write_history
from tracker import clock
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.retention import RetentionPolicy
from tracker.domain.stages import Outcome, Stage
from tracker.files import FileStore
from tracker.models.candidates import Candidate
from tracker.models.erasures import ErasureCause
from tracker.services.erasure_requests import ask_for_erasure
from tracker.services.erasures import erase_person

US = RetentionPolicy("us")


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def rejected(session, name="Amina Yusuf", job=None):
    """Somebody rejected on the day when the histories of tests begin."""
    written = write_history(
        session,
        job or make_job(session, jurisdiction="US"),
        (0, Stage.APPLICATION, Outcome.ACTIVE),
        (0, Stage.SCREENING, Outcome.REJECTED),
        name=name,
    )
    return session.get_one(Candidate, written.application.candidate_id)


@pytest.fixture
def old(session):
    """Somebody rejected in March 2026; time has to pass before their records are due."""
    return rejected(session)


@pytest.fixture
def later(monkeypatch):
    """Three years on."""
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


def erase(session, store, candidate, *, cause=ErasureCause.DUE, actor=None):
    """Erase somebody, who asked for it where the cause says so."""
    if cause is ErasureCause.REQUEST:
        ask_for_erasure(session, candidate, note=None, actor=SYSTEM)
    return erase_person(
        session, store, candidate, cause=cause, policy=US, actor=actor or make_actor(session, Role.HR)
    )
