"""A server in production: closed at first; what it acknowledged outlives a kill and a full disk."""

import base64
import json
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, select, text

from tests.factories import make_application, make_job
from tests.postgres import PostgresServer
from tests.servers import Server, serving
from tracker import schema
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.candidates import Candidate
from tracker.models.moves import Move
from tracker.queries.history import verify_history

pytestmark = [pytest.mark.slow, pytest.mark.faults]
PASSWORD = "seven quiet herons wade"


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def let_in(server: Server, email: str, role: str) -> dict[str, str]:
    """The header of a token for somebody who was added by the command line."""
    server.run("users", "add", email, "--name", "Rita", "--role", role, "--password-stdin", given=PASSWORD)
    return {"Authorization": f"Bearer {server.run('users', 'token', email)}"}


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, url_of(database)) as running:
        yield running


def test_in_production_nobody_is_in_until_the_command_line_adds_them(server: Server) -> None:
    status, page = server.ask("GET", "/sign-in")
    assert status == 200
    assert b"Have a look around" not in page
    assert b"@example.org" not in page
    assert server.ask("GET", "/design")[0] == 404
    assert server.ask("GET", "/api/v1/jobs")[0] == 401
    token = let_in(server, "rita@corp.example", "recruiter")
    status, jobs = server.ask("GET", "/api/v1/jobs", **token)
    assert (status, json.loads(jobs)["items"]) == (200, [])


def test_what_was_acknowledged_outlives_a_kill_and_nothing_is_there_by_half(
    server: Server, database: Database
) -> None:
    token = let_in(server, "rita@corp.example", "recruiter")
    kept: list[int] = []
    enough, sent = threading.Event(), 0

    def add() -> None:
        nonlocal sent
        while not enough.is_set() or len(kept) < 20:
            sent += 1
            person = {"name": f"Person {sent}", "email": f"person{sent}@example.net"}
            try:
                status, answer = server.ask("POST", "/api/v1/candidates", person, **token)
            except (OSError, HTTPException):
                return
            assert status == 201, answer
            kept.append(json.loads(answer)["id"])
            if len(kept) >= 20:
                enough.set()

    thread = threading.Thread(target=add)
    thread.start()
    assert enough.wait(60)
    server.kill()
    thread.join(60)
    server.start()
    for number in (kept[0], kept[-1]):
        assert server.ask("GET", f"/api/v1/candidates/{number}", **token)[0] == 200
    with database.reading() as session:
        there = set(session.scalars(select(Candidate.id)))
    assert set(kept) <= there
    assert len(there) - len(kept) in (0, 1)
    assert schema.differences(database) == []


def test_one_move_sent_again_and_again_across_a_kill_is_made_once(server: Server, database: Database) -> None:
    token = let_in(server, "rita@corp.example", "recruiter")
    with database.writing() as session:
        application = make_application(session, stage=Stage.SCREENING)
        number, version = application.id, application.version
    path = f"/api/v1/applications/{number}/moves"
    body = {"move": "reject", "reason": "less_qualified", "from": "screening", "version": version}
    answers = [server.ask("POST", path, body, Idempotency_Key="once", **token) for _ in range(5)]
    server.kill()
    server.start()
    answers += [server.ask("POST", path, body, Idempotency_Key="once", **token) for _ in range(5)]
    assert {status for status, _ in answers} == {201}
    assert len({answer for _, answer in answers}) == 1
    with database.reading() as session:
        moves = session.scalars(select(Move.version).where(Move.application_id == number)).all()
        assert sorted(moves) == list(range(1, version + 2))
        assert verify_history(session)[2] is None


def test_a_full_disk_is_said_and_is_over_once_there_is_room(
    sqlite_database: Database, tmp_path: Path
) -> None:
    url = url_of(sqlite_database)
    answered: list[int] = []
    with sqlite_database.writing() as session:
        job_id = make_job(session).id
    with serving(tmp_path, url, largest_file=300_000) as server:
        token = let_in(server, "rita@corp.example", "recruiter")
        large = {"filename": "cv.txt", "base64": base64.b64encode(b"x" * 360_000).decode()}
        applying = {"job_id": job_id, "candidate": {"name": "Large"}, "resume": large}
        assert server.ask("POST", "/api/v1/applications", applying, **token)[0] == 503
        assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
        for number in range(2_000):
            person = {"name": f"Person {number}", "location": "x" * 200}
            answered.append(server.ask("POST", "/api/v1/candidates", person, **token)[0])
            if answered[-1] != 201:
                break
        assert answered[-1] == 503
        assert server.ask("GET", "/api/v1/candidates", **token)[0] == 200
    with serving(tmp_path, url) as server:
        assert server.ask("POST", "/api/v1/candidates", {"name": "After"}, **token)[0] == 201
    with sqlite_database.reading() as session:
        assert len(session.scalars(select(Candidate.id)).all()) == answered.count(201) + 1
    assert schema.differences(sqlite_database) == []


@pytest.mark.postgres
def test_connections_that_the_database_ended_are_made_anew(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.fresh_database("migrated") as url, serving(tmp_path, url) as server:
        token = let_in(server, "rita@corp.example", "recruiter")
        for number in range(3):
            assert server.ask("POST", "/api/v1/candidates", {"name": f"Person {number}"}, **token)[0] == 201
            other = create_engine(url, poolclass=NullPool)
            with other.connect() as connection:
                ended = "pid <> pg_backend_pid() AND datname = current_database()"
                connection.execute(
                    text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ended}")
                )
            assert server.ask("GET", "/api/v1/candidates", **token)[0] == 200
