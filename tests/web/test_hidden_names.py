"""Where a job hides names, nobody but HR and who writes to the person reads them before the decision."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tests.factories import actor_of, make_application, make_job
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import ReadingClient
from tests.web.screening_queue import add_resume, job_id, queue
from tracker import clock
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.models.jobs import Job, TeamMember
from tracker.models.users import User
from tracker.queries.my_work import my_work
from tracker.services.screenings import record_resume_review

pytestmark = ON_BOTH
__all__ = ["job_id", "queue"]

NAME, KEY = "Amina Yusuf", "0" * 48


@pytest.fixture
def hiding(database: Database, job_id: int, queue: list[int], people: dict[str, int]) -> int:
    """An application of a job that hides names, where Rita is on no team."""
    with database.writing() as session:
        session.get_one(Job, job_id).has_hidden_names = True
        session.execute(delete(TeamMember).where(TeamMember.user_id == people["rita"]))
    add_resume(database, queue[0], f"I am {NAME}, order clerk.")
    with database.writing() as session:
        session.execute(update(StoredFile).values(key=KEY))
    return queue[0]


def words_of(client: ReadingClient, path: str) -> str:
    return client.get(path, follow_redirects=True).get_data(as_text=True)


def places(job: int, number: int) -> list[str]:
    """Every page that shows whose application it is, for staff."""
    return [
        f"/jobs/{job}",
        f"/jobs/{job}?view=table",
        f"/applications/{number}",
        f"/applications/{number}/moves?move=reject",
        f"/applications/{number}/screening",
        "/my-work",
        "/candidates",
        "/candidates?q=amina",
        "/reports/pipeline/rows?figure=entered",
    ]


def candidate_of(database: Database, number: int) -> int:
    with database.reading() as session:
        return session.get_one(Application, number).candidate_id


@pytest.mark.parametrize("persona", ["hank", "rita"])
def test_the_name_is_nowhere_before_the_decision_and_everywhere_after(
    app: Flask, database: Database, job_id: int, hiding: int, persona: str
) -> None:
    client: Any = sign_in(app.test_client(), persona)
    person = candidate_of(database, hiding)
    for path in places(job_id, hiding):
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in (200, 403), path
        assert NAME not in answer.get_data(as_text=True), path
    assert f"Application {hiding}" in words_of(client, f"/jobs/{job_id}")
    said = words_of(client, f"/applications/{hiding}")
    assert "hidden here until the résumé is decided on" in said
    assert "cv of the person" not in said
    assert "@example.net" not in said
    assert client.get(f"/candidates/{person}").status_code == 404
    with database.writing() as session:
        application = session.get_one(Application, hiding)
        record_resume_review(session, application, passed=True, actor=_olga(session))
    for path in (f"/jobs/{job_id}", f"/jobs/{job_id}?view=table", f"/applications/{hiding}", "/candidates"):
        assert NAME in words_of(client, path), path
    assert client.get(f"/candidates/{person}").status_code == 200


def _olga(session: Any) -> Any:
    return actor_of(session, session.query(User).filter(User.email.like("olga%")).one())


def test_hr_and_who_writes_to_the_person_read_it(
    app: Flask, database: Database, job_id: int, hiding: int, people: dict[str, int]
) -> None:
    olga: Any = sign_in(app.test_client(), "olga")
    assert NAME in words_of(olga, f"/applications/{hiding}")
    rita: Any = sign_in(app.test_client(), "rita")
    refused = rita.get(f"/applications/{hiding}/messages/new", follow_redirects=True)
    assert "have the application assigned to you" in refused.get_data(as_text=True)
    with database.writing() as session:
        session.get_one(Application, hiding).recruiter_id = people["rita"]
    assert NAME in words_of(rita, f"/applications/{hiding}")
    assert rita.get(f"/applications/{hiding}/messages/new").status_code == 200


def test_the_words_of_the_file_and_what_is_taken_away_hide_it_too(
    app: Flask, database: Database, job_id: int, hiding: int
) -> None:
    rita: Any = sign_in(app.test_client(), "rita")
    assert NAME not in words_of(rita, f"/files/{KEY}/text")
    rita.get("/settings")
    chosen = {"csrf_token": rita.token, "ids": f"{hiding}-{2}-screening"}
    taken = rita.post(f"/jobs/{job_id}/applications/export", data=chosen).get_data(as_text=True)
    assert f"Application {hiding}" in taken
    assert NAME not in taken
    assert "@example.net" not in taken


def test_another_application_of_the_person_does_not_tell_of_the_hidden_one(
    app: Flask, database: Database, hiding: int
) -> None:
    with database.writing() as session:
        person = session.get_one(Candidate, session.get_one(Application, hiding).candidate_id)
        other = make_application(session, make_job(session), stage=Stage.INTERVIEW, candidate=person).id
    rita: Any = sign_in(app.test_client(), "rita")
    said = words_of(rita, f"/applications/{other}")
    assert NAME in said
    assert f"/applications/{hiding}" not in said
    assert "Order clerk, Leeds" not in said


def test_where_nobody_hides_names_all_is_as_ever(
    app: Flask, database: Database, job_id: int, queue: list[int]
) -> None:
    hank: Any = sign_in(app.test_client(), "hank")
    assert NAME in words_of(hank, f"/jobs/{job_id}")
    assert NAME in words_of(hank, f"/applications/{queue[0]}")


def test_my_work_and_the_api_name_the_number(
    app: Flask, database: Database, hiding: int, people: dict[str, int]
) -> None:
    with database.writing() as session:
        hank = actor_of(session, session.get_one(User, people["hank"]))
        names = {one.name for group in my_work(session, hank, clock.now()) for one in group.rows}
    assert NAME not in names
