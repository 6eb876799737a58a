"""A candidate's own data: taking them away, asking for erasure, staying in touch."""

import hashlib
import io
import json
import os
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from tests.candidates import applied, own_client, send_own, sent_offer
from tests.careers import resume, send_form
from tests.enclosing import attach_report
from tests.factories import make_actor, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, ratings, schedule
from tests.needs import missing
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.adverse_notices import PreAdverseNotice
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.data_requests import ErasureRequest
from tracker.models.files import StoredFile
from tracker.models.references import BackgroundCheck
from tracker.models.screenings import ScreeningCall
from tracker.services.scorecards import save_draft
from tracker.web.own_data import MOST_DOWNLOADS


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_own_data_are_taken_away_whole(app: Flask, database: Database, config: object) -> None:
    number, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    client.get(f"/my/applications/{number}/files/new")
    sent = {"csrf_token": client.token, "file": resume("letter.txt", b"Dear all")}
    send_form(client, f"/my/applications/{number}/files/new", sent)
    client.get("/my/data")
    answer = client.post("/my/data/download", data={"csrf_token": client.token})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        data = json.loads(archive.read("data.json"))
        assert archive.read(next(name for name in names if name.startswith("files/"))) == b"Dear all"
    assert data["person"]["name"] == "Amina Yusuf"


def taken(client: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The data of the archive, and what lies beside them by name."""
    client.get("/my/data")
    answer = client.post("/my/data/download", data={"csrf_token": client.token})
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        beside = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(beside.pop("data.json")), beside


def test_the_archive_holds_noted_answers_times_and_the_check(app: Flask, database: Database) -> None:
    number, candidate_id = interviewed(database)
    with database.writing() as session:
        application = session.get_one(Application, number)
        session.add(
            ScreeningCall(application_id=number, result="strong", notes="Starts in May", at=clock.now())
        )
        check = {"disclosed_at": clock.now(), "has_consent": True, "consent_at": clock.now()}
        session.add(BackgroundCheck(application_id=number, updated_by="user:1", **check))
        attach_report(session, application)
    data, beside = taken(own_client(app, database, candidate_id))
    (one,) = data["applications"]
    assert one["screening_calls"][0]["notes"] == "Starts in May"
    assert one["background_check"]["has_consent"] is True
    (held,) = [row for row in one["interviews"] if row["answers_noted"]]
    assert held["starts_at"] < held["ends_at"]
    assert {row["noted"] for row in held["answers_noted"]} == {"Named each step of the correction."}
    assert all("recommendation" not in row and "value" not in row for row in held["answers_noted"])
    assert "Ines" not in json.dumps(one)
    # A draft is nobody's answer yet, and the report goes with its notice only.
    assert [row["answers_noted"] for row in one["interviews"] if row is not held] == [[]]
    assert not beside


def test_the_archive_holds_the_signed_offer_and_the_report_that_went_out(
    app: Flask, database: Database, config: Config
) -> None:
    number, candidate_id = applied(database, Stage.OFFER, openings=1)
    with database.writing() as session:
        application = session.get_one(Application, number)
        sent_offer(session, application)
        stored = FileStore(config.files_folder).put(b"The report")
        attach_report(session, application, key=stored.key)
        notice = {"application_id": number, "text": "Nothing is decided.", "sent_at": clock.now()}
        session.add(BackgroundCheck(application_id=number, disclosed_at=clock.now(), updated_by="user:1"))
        session.add(PreAdverseNotice(**notice))
    client = own_client(app, database, candidate_id)
    assert send_own(client, f"/my/applications/{number}/offer", typed_name="Amina Yusuf").status_code == 303
    data, beside = taken(client)
    (one,) = data["applications"]
    assert one["offer"]["signature"]["typed_name"] == "Amina Yusuf"
    assert one["background_check"]["notice"] == "Nothing is decided."
    (letter,) = [content for name, content in beside.items() if name.startswith("offers/")]
    assert hashlib.sha256(letter).hexdigest() == one["offer"]["signature"]["document_sha256"]
    assert b"The report" in beside.values()


def interviewed(database: Database) -> tuple[int, int]:
    """An application with one session whose card was handed in, and another with a draft only."""
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        ines = make_actor(session, Role.INTERVIEWER, name="Ines")
        held = schedule(session, application, ines, actor=SYSTEM)
        hand_in(session, held, ines)
        other = schedule(session, application, ines, actor=SYSTEM)
        save_draft(session, other, ratings=ratings(other.competencies), recommendation=None, actor=ines)
        return application.id, application.candidate_id


def test_others_write_while_own_data_are_packed(app: Flask, database: Database, config: Config) -> None:
    if not hasattr(os, "mkfifo"):
        missing("no named pipes on this system")
    number, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    client.get(f"/my/applications/{number}/files/new")
    sent = {"csrf_token": client.token, "file": resume("letter.txt", b"Dear all")}
    send_form(client, f"/my/applications/{number}/files/new", sent)
    client.get("/my/data")
    with database.reading() as session:
        key = session.scalars(select(StoredFile.key)).one()
    # Whoever packs this file waits in it until somebody writes into it.
    path = FileStore(config.files_folder).path_of(key)
    path.unlink()
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        packing = pool.submit(client.post, "/my/data/download", data={"csrf_token": client.token})
        with path.open("wb") as content:
            try:
                with closing(sqlite3.connect(str(database.engine.url.database), timeout=0)) as other:
                    other.execute("BEGIN IMMEDIATE")
            finally:
                content.write(b"Dear all")
            with database.reading() as session:
                taken = select(func.count()).where(AuditEntry.action == "candidate:take_data")
                assert session.scalar(taken) == 1
        answer = packing.result()
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        assert b"Dear all" in [archive.read(name) for name in archive.namelist()]


def test_own_data_are_taken_away_a_few_times_in_a_quarter_of_an_hour(app: Flask, database: Database) -> None:
    _, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    client.get("/my/data")
    for status in [200] * MOST_DOWNLOADS + [429, 429]:
        answer = client.post("/my/data/download", data={"csrf_token": client.token})
        assert answer.status_code == status
    assert int(answer.headers["Retry-After"]) > 0
    with database.reading() as session:
        taken = select(func.count()).where(AuditEntry.action == "candidate:take_data")
        assert session.scalar(taken) == MOST_DOWNLOADS


def test_erasure_and_staying_in_touch(app: Flask, database: Database) -> None:
    _, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    client.get("/my/data")
    assert (
        client.post("/my/data/erasure", data={"csrf_token": client.token, "note": "Please"}).status_code
        == 303
    )
    assert "waits for HR." in text_of(client.get("/my/data"))
    joined = {"csrf_token": client.token, "notice": "talent_pool-0"}
    assert client.post("/my/data/pool/join", data=joined | {"notice": "x"}).status_code == 422
    assert client.post("/my/data/pool/join", data=joined).status_code == 303
    assert "for other jobs until" in text_of(client.get("/my/data"))
    rita = sign_in(app.test_client(), "rita")
    assert "Agreed to hear of other jobs until" in text_of(rita.get(f"/candidates/{candidate_id}"))
    assert client.post("/my/data/pool/leave", data=joined).status_code == 303
    olga = sign_in(app.test_client(), "olga")
    assert "Please" in text_of(olga.get("/erasure-requests"))
    assert olga.send("/erasure-requests/1", {"outcome": "refused"}).status_code == 422
    assert (
        olga.send("/erasure-requests/1", {"outcome": "refused", "answer": "Not before May."}).status_code
        == 303
    )
    assert "Not before May." in text_of(client.get("/my/data"))
    with database.reading() as session:
        assert len(session.scalars(select(ErasureRequest)).all()) == 1
    assert sign_in(app.test_client(), "rita").get("/erasure-requests").status_code == 403
