"""Who only looks at the candidate's side waits for nobody who writes, and makes nobody wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.candidates import applied, hidden_of, own_client, send_own, sent_offer
from tests.careers import posted_job
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
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


def test_the_letter_is_made_before_anything_is_locked(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = with_offer(database)
    client = own_client(app, database, candidate_id)
    page, made, as_ever = f"/my/applications/{number}/offer", [], offer_letters.pdf_of

    def while_others_write(*given: Any, **more: Any) -> Any:
        with writing_elsewhere(database):
            made.append(as_ever(*given, **more))
        return made[-1]

    monkeypatch.setattr(offer_letters, "pdf_of", while_others_write)
    assert send_own(client, page, typed_name="").status_code == 422
    assert send_own(client, page, typed_name="Amina Yusuf").status_code == 303
    assert len(made) == 4


def test_a_letter_that_changes_while_it_is_signed_is_not_signed(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = with_offer(database)
    client = own_client(app, database, candidate_id)
    page, as_ever = f"/my/applications/{number}/offer", offer_letters.pdf_of

    def while_the_job_is_renamed(*given: Any, **more: Any) -> Any:
        made = as_ever(*given, **more)
        with database.writing() as session:
            session.execute(update(Job).values(title="Another title"))
        return made

    values = hidden_of(client.get(page))
    monkeypatch.setattr(offer_letters, "pdf_of", while_the_job_is_renamed)
    answer = client.post(page, data=values | {"csrf_token": client.token, "typed_name": "Amina Yusuf"})
    assert answer.status_code == 422
    assert hidden_of(answer)["sha256"] != values["sha256"]
    with database.reading() as session:
        assert session.get_one(Application, number).stage is Stage.OFFER
