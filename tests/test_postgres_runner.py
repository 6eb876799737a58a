"""The PostgreSQL that the tests bring along: clones are true, and nothing outlives the tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests import postgres
from tests.needs import missing
from tests.postgres import PostgresServer, PostgresUnavailable, postgres_server

pytestmark = pytest.mark.postgres

HOLD_A_SERVER = """
import time
from tests.postgres import postgres_server
with postgres_server() as server:
    print(server.url.query["host"], flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        with postgres_server() as running:
            yield running
    except PostgresUnavailable as reason:
        missing(str(reason))


def run(url: str, *statements: str) -> list[tuple]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []


def test_a_fresh_database_is_a_clone_and_its_writes_stay_its_own(server):
    template = server.create_database("clone_source")
    run(template, "CREATE TABLE jobs (title text)", "INSERT INTO jobs VALUES ('Welder')")
    with server.fresh_database("clone_source") as one, server.fresh_database("clone_source") as other:
        run(one, "DELETE FROM jobs")
        assert run(other, "SELECT title FROM jobs") == [("Welder",)]


def test_a_dropped_database_is_gone_even_if_somebody_is_connected(server):
    url = server.create_database("to_drop")
    engine = create_engine(url, poolclass=NullPool)
    connection = engine.connect()
    server.drop_database("to_drop")
    names = run(server.url, "SELECT datname FROM pg_database WHERE datname LIKE '%to_drop'")
    connection.invalidate()
    connection.close()
    assert names == []


def test_search_extensions_and_names_beyond_ascii_work(server):
    with server.fresh_database() as url:
        rows = run(
            url, "CREATE EXTENSION pg_trgm", "CREATE EXTENSION unaccent", "SELECT unaccent(lower('ÉÖŁ'))"
        )
    assert rows == [("eol",)]


def test_nothing_is_left_when_the_tests_are_killed(server):
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", HOLD_A_SERVER]
    own = {name: value for name, value in os.environ.items() if name != "TRACKER_TEST_DATABASE_URL"}
    with subprocess.Popen(command, cwd=root, env=own, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip() or missing("no PostgreSQL of our own to end"))
        postmaster = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        owner.send_signal(signal.SIGKILL)
    patience = time.monotonic() + 15
    while folder.exists() and time.monotonic() < patience:
        time.sleep(0.05)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)


@pytest.mark.parametrize("found", [[], [Path("/nowhere/bin")]], ids=["none", "broken"])
def test_without_a_server_the_reason_is_told(monkeypatch, found):
    monkeypatch.delenv("TRACKER_TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "candidates", lambda: iter(found))
    with (
        pytest.raises(PostgresUnavailable, match="/nowhere" if found else "no PostgreSQL"),
        postgres_server(),
    ):
        pass


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_what_is_missing_skips_on_a_desk_and_fails_in_ci(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no server"):
        missing("no server")
