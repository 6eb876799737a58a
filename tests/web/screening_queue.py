"""A job whose screening queue holds three people, and its form as a person sends it."""

from typing import Any

import pytest

from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.qualifications import asked_of
from tracker.domain.stages import Stage
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


def hidden(page: Any, name: str) -> str:
    return str(page.find(f".//main//input[@name='{name}']").get("value"))


def send(client: ReadingClient, path: str, opened: Any, **values: str) -> Any:
    """The form of the page that was opened, as it stood then."""
    kept = {name: hidden(opened, name) for name in ("version", "review", "key", "asks_mails")}
    return client.send(path, {**kept, **values})


def shown(client: ReadingClient, path: str) -> Any:
    return page_of(client.get(path))
