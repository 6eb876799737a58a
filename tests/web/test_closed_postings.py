"""A job that closes under an applicant's hands says so, and tells strangers nothing more of other jobs."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.careers import hidden_values, posted_job, resume, send_form
from tests.factories import make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job
from tracker.models.postings import Posting
from tracker.services.careers import CLOSED
from tracker.web import applying


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def sheet_of(client: ReadingClient, job_id: int) -> dict[str, Any]:
    values: dict[str, Any] = hidden_values(client.get(f"/careers/{job_id}/apply"))
    return values | {"name": "Amina", "email": "a@example.net", "has_read": "y", "resume": resume()}


def close(database: Database, job_id: int, status: JobStatus = JobStatus.CLOSED) -> None:
    with database.writing() as session:
        session.get_one(Job, job_id).status = status


def says_so(answer: Any) -> None:
    assert answer.status_code == 410
    assert CLOSED in text_of(answer)
    assert "Sign in" not in answer.text
    links = {one.get("href") for one in page_of(answer).find(".//main").iter("a")}
    assert links == {"/careers"}


@pytest.mark.parametrize("status", [JobStatus.ON_HOLD, JobStatus.FILLED, JobStatus.CLOSED])
@pytest.mark.parametrize("step", [{}, {"step": "fill"}])
def test_a_form_that_comes_after_the_job_closed_is_told_so(
    client: ReadingClient, database: Database, status: JobStatus, step: dict[str, str]
) -> None:
    job_id = posted_job(database)
    sheet = sheet_of(client, job_id)
    close(database, job_id, status)
    answer = send_form(client, f"/careers/{job_id}/apply", sheet | step)
    says_so(answer)
    assert "What you sent was not kept" in text_of(answer)
    says_so(client.get(f"/careers/{job_id}/apply"))


def test_a_job_that_closes_while_the_form_is_looked_at_is_told_of_too(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = posted_job(database)
    sheet = sheet_of(client, job_id)

    def while_it_closes(session: Session, *given: Any, **more: Any) -> None:
        session.rollback()
        close(database, job_id)
        raise RuleBroken(CLOSED)

    monkeypatch.setattr(applying, "apply_by_careers_page", while_it_closes)
    says_so(send_form(client, f"/careers/{job_id}/apply", sheet))


@pytest.mark.parametrize("status", list(JobStatus))
def test_strangers_learn_nothing_of_what_they_never_could_read(
    client: ReadingClient, database: Database, status: JobStatus
) -> None:
    internal = posted_job(database, is_internal=True)
    with database.writing() as session:
        unposted = make_job(session).id
    unpublished = posted_job(database)
    with database.writing() as session:
        session.get_one(Posting, unpublished).published_at = None
    client.get("/careers")
    for job_id in (internal, unposted, unpublished):
        close(database, job_id, status)
        path = f"/careers/{job_id}/apply"
        assert client.get(path).status_code == 404
        assert client.post(path, data={"csrf_token": client.token}).status_code == 404


def test_people_of_the_house_are_told_of_an_internal_job(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database, is_internal=True)
    sign_in(client, "ines")
    sheet = sheet_of(client, job_id)
    close(database, job_id)
    says_so(send_form(client, f"/careers/{job_id}/apply", sheet))
