"""Whatever is added to an application waits for whoever moves it: its job is locked first, then it itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_candidate
from tracker.db import Database
from tracker.domain.actors import Actor, ActorKind, Role
from tracker.domain.deciding import NotPermitted
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.services.applications import add_note, answer_questions, record_consent_notice
from tracker.services.files import attach_file

Deed = Callable[[Session, Application, Actor, FileStore], object]
PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
DEEDS: dict[str, Deed] = {
    "note": lambda session, one, actor, _: add_note(session, one, "A note", actor=actor),
    "answers": lambda session, one, actor, _: answer_questions(session, one, {}, actor=actor),
    "notice": lambda session, one, actor, _: record_consent_notice(session, one, "2026-01", actor=actor),
    "file": lambda session, one, actor, store: attach_file(
        session, store, one.candidate, "cv.pdf", PDF, actor=actor, application=one
    ),
}


@pytest.fixture
def session(shared_postgres: Database) -> Iterator[Session]:
    with shared_postgres.session(may_write=True) as session:
        yield session
        session.rollback()


@pytest.mark.postgres
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_an_addition_locks_the_job_then_the_application(session: Session, tmp_path: Path, deed: Deed) -> None:
    application, olga = make_application(session), make_actor(session, Role.HR)
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    deed(session, application, olga, FileStore(tmp_path))
    session.flush()
    waits = [one for one in asked if "FOR UPDATE" in one]
    assert ("FOR UPDATE OF jobs" in waits[0], "FROM applications" in waits[1]) == (True, True)
    first_write = next(place for place, one in enumerate(asked) if one.startswith(("INSERT", "UPDATE")))
    assert asked.index(waits[1]) < first_write


@pytest.mark.postgres
def test_only_who_screens_answers_for_an_applicant(session: Session) -> None:
    application = make_application(session, candidate=make_candidate(session))
    for actor in (make_actor(session, Role.INTERVIEWER), Actor(ActorKind.CANDIDATE, application_id=-1)):
        with pytest.raises(NotPermitted):
            answer_questions(session, application, {}, actor=actor)
