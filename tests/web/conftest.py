"""The application on a database of its own, with one person of each role."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.postgres import PostgresServer
from tests.web.pages import ReadingClient
from tracker.app import create_app
from tracker.config import Config, load_config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.services.passwords import choose_cost
from tracker.services.users import add_user

NOWHERE = Path("/nowhere")
PASSWORD = "correct horse battery"
PERSONAS = {
    "rita": [Role.RECRUITER],
    "hank": [Role.HIRING_MANAGER],
    "ines": [Role.INTERVIEWER],
    "olga": [Role.HR],
}


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """SQLite, or what a module asks for with ON_BOTH."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database("migrated") as url:
        database = Database.at(url)
        yield database
        database.engine.dispose()


ON_BOTH = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
"""Mark of modules whose pages or calls are tried on PostgreSQL too."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    values = {"TRACKER_HOME": str(tmp_path), "TRACKER_SECRET_KEY": "a key for tests only"}
    loaded = load_config(values)
    return Config(**{name: getattr(loaded, name) for name in loaded.__slots__} | {"is_testing": True})


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    """The personas by name, with their ids; each signs in with PASSWORD."""
    choose_cost(is_test=True)
    with database.writing() as session:
        return {
            name: add_user(
                session,
                email=f"{name}@example.org",
                name=name.title(),
                roles=roles,
                password=PASSWORD,
                actor=SYSTEM,
            ).id
            for name, roles in PERSONAS.items()
        }


@cache
def joined(config: Config) -> Flask:
    return create_app(config)


@pytest.fixture
def app(config: Config, database: Database, people: dict[str, int]) -> Iterator[Flask]:
    """The application on this test's home and database; what is the same for all tests is joined once.

    Whoever changes the application itself makes one of their own.
    """
    anywhere = replace(config, home=NOWHERE, files_folder=NOWHERE, database_url=f"sqlite:///{NOWHERE}/db")
    app = joined(anywhere)
    app.extensions["tracker"] = (config, database)
    app.test_client_class = ReadingClient
    choose_cost(is_test=True)
    yield app
    app.extensions["tracker"] = (anywhere, None)
    choose_cost(is_test=False)


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    return app.test_client()


def sign_in(client: ReadingClient, persona: str) -> ReadingClient:
    """Sign this persona in through the page, as they would."""
    client.get("/sign-in")
    values = {"csrf_token": client.token, "email": f"{persona}@example.org", "password": PASSWORD}
    answer = client.post("/sign-in", data=values)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client
