"""The mailed link to one's own page: it works once, looking uses nothing up; nobody learns who exists."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from tests.careers import come_in, fill_in_application, link_in, mails_of, posted_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.cli.worker import deliver
from tracker.config import Config
from tracker.db import Database
from tracker.domain.mails import MailEvent
from tracker.models.candidate_access import CandidateLink, CandidateSession
from tracker.models.candidates import Candidate
from tracker.models.outbox import OutboxMessage
from tracker.services.mails import LINK_PATH
from tracker.services.sign_ins import hash_token
from tracker.web import own_links


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def link(client: ReadingClient, database: Database, config: Config) -> str:
    fill_in_application(client, posted_job(database))
    return link_in(mails_of(database, config, MailEvent.APPLICATION_RECEIVED)[0])


def test_the_link_opens_ones_own_page_once(client: ReadingClient, link: str) -> None:
    for _ in range(3):
        assert "Open my page" in text_of(client.get(link))
    answer = come_in(client, link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my")
    assert "Order clerk" in text_of(client.get("/my"))
    assert "Received" in text_of(client.get("/my/applications/1"))
    assert client.get(link).status_code == 404
    assert client.post(link, data={"csrf_token": client.token}).status_code == 404


def test_a_link_holds_enough_chance_and_only_its_hash_is_kept(link: str, database: Database) -> None:
    token = link.rpartition("/")[2]
    assert len(token) >= 43  # 256 bits in base 64
    with database.reading() as session:
        kept = session.scalars(select(CandidateLink)).one()
        assert kept.token_hash == hash_token(token)
        assert kept.expires_at - kept.created_at <= timedelta(days=3)


def test_a_link_that_is_late_does_not_work(
    client: ReadingClient, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(link)
    later = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(link).status_code == 404
    assert client.post(link, data={"csrf_token": client.token}).status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%2e%2e", "None", "null"])
def test_a_link_that_never_was_gets_a_clear_page(client: ReadingClient, token: str) -> None:
    answer = client.get(f"/my/link/{token}")
    assert answer.status_code == 404


def test_a_stranger_is_asked_for_a_link(client: ReadingClient, link: str) -> None:
    for path in ("/my", "/my/applications/1"):
        assert client.get(path).headers["Location"] == "/my/link"


def test_the_session_is_in_a_cookie_of_its_own_and_ends_at_once(
    app: Flask, client: ReadingClient, link: str, database: Database
) -> None:
    answer = come_in(client, link)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if "tracker_candidate" in value)
    for part in ("HttpOnly", "SameSite=Lax", "Path=/my"):
        assert part in cookie
    kept = client.get_cookie("tracker_candidate", path="/my")
    assert kept is not None
    other = app.test_client()
    other.set_cookie("tracker_candidate", kept.value, path="/my")
    assert other.get("/my").status_code == 200
    client.get("/my")
    assert client.post("/my/leave", data={"csrf_token": client.token}).status_code == 303
    assert other.get("/my").status_code == 302
    with database.reading() as session:
        assert session.scalars(select(CandidateSession)).one().ended_at is not None


def test_a_session_ends_by_itself(client: ReadingClient, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(client, link)
    later = clock.now() + timedelta(hours=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get("/my").status_code == 302


def test_an_erased_candidate_comes_in_no_more(client: ReadingClient, link: str, database: Database) -> None:
    come_in(client, link)
    with database.writing() as session:
        session.execute(update(Candidate).values(erased_at=clock.now()))
    assert client.get("/my").status_code == 302


def test_candidates_are_no_staff_and_staff_no_candidates(
    client: ReadingClient, link: str, app: Flask
) -> None:
    come_in(client, link)
    assert client.get("/jobs").headers["Location"].startswith("/sign-in")
    assert sign_in(app.test_client(), "olga").get("/my").headers["Location"] == "/my/link"


def test_who_asks_for_a_link_is_answered_alike_whoever_asks(
    client: ReadingClient, link: str, database: Database, config: Config
) -> None:
    answers = []
    for email in ("amina@example.net", "nobody@example.net"):
        client.get("/my/link")
        answer = client.post("/my/link", data={"csrf_token": client.token, "email": email})
        answers.append((answer.status_code, answer.headers["Location"], answer.data))
    assert answers[0] == answers[1]
    assert "If somebody applied here" in text_of(client.get("/my/link-asked"))
    (mail,) = mails_of(database, config, MailEvent.LINK_REQUESTED)
    assert mail.to_email == "amina@example.net"
    assert come_in(client, link_in(mail)).status_code == 303


def test_the_database_has_the_same_work_whoever_asks_for_a_link(
    client: ReadingClient, link: str, database: Database
) -> None:
    done: dict[str, list[str]] = {}
    for email in ("amina@example.net", "nobody@example.net"):
        client.get("/my/link")
        statements = done[email] = []

        def note(
            connection: Any, cursor: Any, statement: str, *rest: Any, to: list[str] = statements
        ) -> None:
            to.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            client.post("/my/link", data={"csrf_token": client.token, "email": email})
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
    known, unknown = done.values()
    assert known == unknown
    assert any(one.startswith("INSERT INTO outbox_messages") for one in unknown)
    with database.reading() as session:
        rows = select(OutboxMessage.application_id).where(OutboxMessage.kind == "link_requested")
        assert None not in session.scalars(rows).all()
        assert len(session.scalars(rows).all()) == 1


def test_asking_often_waits(client: ReadingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_links, "MOST_FOR_EMAIL", 1)
    statuses = []
    for _ in range(2):
        client.get("/my/link")
        answer = client.post("/my/link", data={"csrf_token": client.token, "email": "a@example.net"})
        statuses.append(answer.status_code)
    assert statuses == [303, 429]


class Line:
    """A mail server that takes everything."""

    def __init__(self, server: object) -> None:
        self.taken: list[object] = []

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None: ...

    def send(self, message: object, before_handing_over: object) -> None:
        before_handing_over()  # type: ignore[operator]
        SENT.append(message)


SENT: list[object] = []


def test_the_token_travels_and_is_kept_nowhere(
    client: ReadingClient, database: Database, config: Config
) -> None:
    SENT.clear()
    fill_in_application(client, posted_job(database))

    class Server:
        address = "hiring@example.org"

    assert deliver(database, config, Server(), Line) == 1  # type: ignore[arg-type]
    (message,) = SENT
    body = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    token = next(word for word in body.split() if LINK_PATH in word).rpartition("/")[2]
    with database.reading() as session:
        row = session.scalars(select(OutboxMessage)).one()
        assert row.text is not None
        assert token not in row.text
        assert f"{LINK_PATH}…" in row.text
    sign_in(client, "olga")
    page = client.get("/outbox/1").get_data(as_text=True)
    assert token not in page
    assert come_in(client, f"{LINK_PATH}{token}").status_code == 303


def test_looking_at_a_mail_that_waits_makes_no_link(client: ReadingClient, database: Database) -> None:
    fill_in_application(client, posted_job(database))
    sign_in(client, "olga")
    assert f"{LINK_PATH}…" in client.get("/outbox/1").get_data(as_text=True)
    with database.reading() as session:
        assert session.scalars(select(CandidateLink)).all() == []


def test_the_path_in_mails_is_that_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert app.url_for("own_access.show", token="t") == f"{LINK_PATH}t"
