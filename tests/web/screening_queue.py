"""A job whose screening queue holds three people, and its form as a person sends it."""

from typing import Any

import pytest

from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.qualifications import asked_of
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import FileKind, StoredFile
from tracker.models.jobs import Job
from tracker.models.users import User

People = dict[str, int]
LICENCE, GERMAN = "Forklift licence", "Some German"
KEY = asked_of([LICENCE], [])[0].key
NAMES = ("Amina Yusuf", "Jo Park", "Łukasz Zając")


@pytest.fixture
def job_id(database: Database, people: People) -> int:
    with database.writing() as session:
        job = make_job(
            session,
            title="Order clerk, Leeds",
            minimum_qualifications=[LICENCE],
            preferred_qualifications=[GERMAN],
        )
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        return job.id


@pytest.fixture
def queue(database: Database, job_id: int) -> list[int]:
    with database.writing() as session:
        job = session.get_one(Job, job_id)
        return [
            make_application(session, job, stage=Stage.SCREENING, candidate=make_candidate(session, name)).id
            for name in NAMES
        ]


def add_resume(database: Database, number: int, text: str | None, reason: str | None = None) -> None:
    with database.writing() as session:
        application = session.get_one(Application, number)
        file = StoredFile(
            key=f"key{number}",
            candidate_id=application.candidate_id,
            application_id=number,
            kind=FileKind.RESUME,
            name="cv of the person.pdf",
            media_type="application/pdf",
            size=10,
            sha256="0" * 64,
            uploaded_by="system",
            created_at=clock.now(),
        )
        session.add(file)
        session.flush()
        state = TextState.READ if text else TextState.UNREADABLE if reason else TextState.WAITING
        session.add(FileText(file_id=file.id, state=state, text=text, reason=reason, changed_at=clock.now()))


def hidden(page: Any, name: str) -> str:
    return str(page.find(f".//main//input[@name='{name}']").get("value"))


def send(client: ReadingClient, path: str, opened: Any, **values: str) -> Any:
    """The form of the page that was opened, as it stood then."""
    kept = {name: hidden(opened, name) for name in ("version", "review", "key", "asks_mails")}
    return client.send(path, {**kept, **values})


def shown(client: ReadingClient, path: str) -> Any:
    return page_of(client.get(path))
