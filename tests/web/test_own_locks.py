"""Who only looks at the candidate's side waits for nobody who writes, and makes nobody wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.candidates import applied, approved_offer, hidden_of, own_client, send_own, sent_offer
from tests.careers import posted_job
from tests.factories import join_team
from tests.web.conftest import sign_in
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.models.offers import Offer
from tracker.models.users import User
from tracker.web import offer_letters
from tracker.web.own_access import COOKIE


@contextmanager
def writing_elsewhere(database: Database) -> Iterator[None]:
    """Somebody else holds the write lock, and would be told at once if another one held it."""
    with closing(sqlite3.connect(str(database.engine.url.database), timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def with_offer(database: Database) -> tuple[int, int]:
    number, candidate_id = applied(database, Stage.OFFER, openings=1)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number))
    return number, candidate_id


def test_pages_are_read_while_somebody_writes(app: Flask, database: Database) -> None:
    number, candidate_id = with_offer(database)
    job_id = posted_job(database)
    client = own_client(app, database, candidate_id)
    own = f"/my/applications/{number}"
    pages = (
        *("/my", own, f"{own}/offer", f"{own}/offer/letter.pdf", f"{own}/offer/decline", f"{own}/withdraw"),
        *(f"{own}/files/new", f"{own}/referees/new", "/my/data", "/my/link", f"/careers/{job_id}/apply"),
    )
    with writing_elsewhere(database):
        assert {path: client.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)


def test_a_cookie_that_opens_nothing_waits_for_nobody(app: Flask, database: Database) -> None:
    client = app.test_client()
    client.get("/my/link")
    client.set_cookie(COOKIE, "junk", path="/my")
    with writing_elsewhere(database):
        for path in ("/my/data/erasure", "/my/applications/1/offer", "/my/applications/1/withdraw"):
            answer = client.post(path, data={"csrf_token": client.token})
            assert (answer.status_code, answer.headers["Location"]) == (302, "/my/link")


def test_a_letter_that_was_sent_is_never_made_again(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = with_offer(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}/offer"
    shown = hidden_of(client.get(page))["sha256"]
    with database.writing() as session:
        session.execute(update(Job).values(title="Another title"))
    monkeypatch.setattr(offer_letters, "pdf_of", None)
    assert hidden_of(client.get(page))["sha256"] == shown
    assert send_own(client, page, typed_name="Amina Yusuf").status_code == 303


@pytest.fixture
def to_send(database: Database, people: dict[str, int]) -> str:
    """The page on which rita sends an approved offer."""
    number, _ = applied(database, Stage.OFFER, openings=1)
    with database.writing() as session:
        application = session.get_one(Application, number)
        join_team(session, application.job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        offer = approved_offer(session, application)
        return f"/applications/{number}/offers/{offer.id}/send"


def sent_at(database: Database) -> datetime | None:
    with database.reading() as session:
        return session.scalars(select(Offer.sent_at)).one()


def test_the_letter_is_made_before_anything_is_locked(
    app: Flask, database: Database, to_send: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, as_ever = [], offer_letters.pdf_of

    def while_others_write(*given: Any, **more: Any) -> Any:
        with writing_elsewhere(database):
            made.append(as_ever(*given, **more))
        return made[-1]

    client = sign_in(app.test_client(), "rita")
    monkeypatch.setattr(offer_letters, "pdf_of", while_others_write)
    assert client.send(to_send).status_code == 303
    assert len(made) == 1
    letter = client.get(to_send.replace("send", "letter.pdf"))
    assert letter.data == made[0].content
    assert sent_at(database) is not None


def test_an_offer_that_changes_while_its_letter_is_made_is_not_sent(
    app: Flask, database: Database, to_send: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_ever = offer_letters.pdf_of

    def while_the_job_is_renamed(*given: Any, **more: Any) -> Any:
        made = as_ever(*given, **more)
        with database.writing() as session:
            session.execute(update(Job).values(title="Another title"))
        return made

    client = sign_in(app.test_client(), "rita")
    monkeypatch.setattr(offer_letters, "pdf_of", while_the_job_is_renamed)
    answer = client.send(to_send)
    assert (answer.status_code, "changed while its letter" in answer.text) == (422, True)
    assert sent_at(database) is None


def test_the_letter_is_read_while_others_write_and_that_is_on_record(
    app: Flask, database: Database, to_send: str
) -> None:
    client = sign_in(app.test_client(), "rita")
    assert client.get(to_send.replace("send", "letter.pdf")).data.startswith(b"%PDF")
    with database.reading() as session:
        asked = select(AuditEntry.action).where(AuditEntry.action == "offer:read")
        assert session.scalars(asked).all() == ["offer:read"]
