"""The application of the pages' tests, and a program for each persona that carries their token."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories import join_team, make_job
from tests.interviewing import plan_rounds, publish_rubric
from tests.web.conftest import PERSONAS, app, config, database, people
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.services.sign_ins import issue_token
from tracker.services.users import add_user

__all__ = ["PERSONAS", "app", "config", "database", "people"]

People = dict[str, int]


class Program:
    """Calls the API as one person, with their token and nothing else."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        sent = {} if body is None else {"json": body}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **sent, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self.call("POST", path, body, **more)

    def put(self, path: str, body: Any = None) -> TestResponse:
        return self.call("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> TestResponse:
        return self.call("PATCH", path, body)


def said(response: TestResponse, status: int = 200) -> Any:
    """What an answer of this status says; every answer is checked for its kind."""
    assert response.status_code == status, response.get_data(as_text=True)
    kind = "application/json" if status < 400 else "application/problem+json"
    assert response.headers["Content-Type"] == kind
    if status >= 400:
        assert response.json["status"] == status
    return response.json


def field_of(response: TestResponse, status: int = 422) -> list[str]:
    """The fields that a refusal names."""
    return [error["field"] for error in said(response, status).get("errors", ())]


@pytest.fixture
def programs(app: Flask, database: Database, people: People) -> dict[str, Program]:
    """The personas, and ivan: a second interviewer."""
    with database.writing() as session:
        ivan = add_user(
            session, email="ivan@example.org", name="Ivan", roles=[Role.INTERVIEWER], actor=SYSTEM
        )
        people["ivan"] = ivan.id
        tokens = {
            name: issue_token(session, session.get_one(User, user_id), actor=SYSTEM)
            for name, user_id in people.items()
        }
    return {name: Program(app.test_client(), token) for name, token in tokens.items()}


@pytest.fixture
def rita(programs: dict[str, Program]) -> Program:
    return programs["rita"]


@pytest.fixture
def hank(programs: dict[str, Program]) -> Program:
    return programs["hank"]


@pytest.fixture
def ines(programs: dict[str, Program]) -> Program:
    return programs["ines"]


@pytest.fixture
def olga(programs: dict[str, Program]) -> Program:
    return programs["olga"]


def team_job(session: Session, people: People, **values: object) -> Job:
    """An open job with rita and hank on its team, a published rubric and its planned rounds."""
    job = make_job(session, **values)
    join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
    join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
    publish_rubric(session, job)
    plan_rounds(session, job)
    return job
