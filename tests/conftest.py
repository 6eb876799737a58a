"""Databases for the tests: each test that asks for one runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.needs import missing
from tests.postgres import PostgresServer, PostgresUnavailable, postgres_server
from tracker import places, schema
from tracker.db import Database
from tracker.domain.jurisdictions import EVERYWHERE

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(autouse=True)
def law_of_nowhere() -> Iterator[None]:
    """No organisation that one test made rules over the jobs of the next."""
    yield
    places.keep_law_of(EVERYWHERE)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    database = Database.at(f"sqlite:///{path}")
    schema.upgrade(database)
    database.engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    try:
        with postgres_server() as server:
            url = server.create_database("migrated")
            database = Database.at(url)
            schema.upgrade(database)
            database.engine.dispose()
            yield server
    except PostgresUnavailable as reason:
        missing(str(reason))


@pytest.fixture(scope="session")
def shared_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("shared") / "tracker.db"
    shutil.copy(sqlite_template, path)
    database = Database.at(f"sqlite:///{path}")
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def shared_postgres(postgres: PostgresServer) -> Iterator[Database]:
    with postgres.fresh_database("migrated") as url:
        database = Database.at(url)
        yield database
        database.engine.dispose()


@pytest.fixture(params=BOTH)
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session whose every write is undone after the test."""
    name = "shared_sqlite" if request.param == "sqlite" else "shared_postgres"
    database: Database = request.getfixturevalue(name)
    with database.session(may_write=True) as session:
        yield session
        session.rollback()


@pytest.fixture(scope="module", params=BOTH)
def standing_session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """A session of the module's own on each engine, for what is written once and only read by its tests."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            path = tmp_path_factory.mktemp("standing") / "tracker.db"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            url = f"sqlite:///{path}"
        else:
            url = stack.enter_context(request.getfixturevalue("postgres").fresh_database("migrated"))
        database = Database.at(url)
        with database.session(may_write=True) as session:
            yield session
            session.rollback()
        database.engine.dispose()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A SQLite database of the test's own, for tests that commit."""
    path = tmp_path / "tracker.db"
    shutil.copy(sqlite_template, path)
    database = Database.at(f"sqlite:///{path}")
    yield database
    database.engine.dispose()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the test's own on each engine, for tests that commit."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database("migrated") as url:
        database = Database.at(url)
        yield database
        database.engine.dispose()
