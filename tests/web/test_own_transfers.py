"""A transfer takes the candidate's résumé and files along, and their own page says where it goes on."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.wrappers import Response

from tests.candidates import own_client
from tests.careers import come_in, fill_in_application, link_in, mails_of, posted_job, resume
from tests.factories import actor_of, make_job
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.config import Config
from tracker.db import Database
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import StoredFile
from tracker.models.users import User
from tracker.queries.facts import gather_facts
from tracker.services.moves import make_move

pytestmark = ON_BOTH


def text_of(response: Response) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


@pytest.fixture
def moved(app: Flask, database: Database, people: dict[str, int]) -> tuple[int, int]:
    """An application that came by the careers page and was transferred: its number and the new one's."""
    client = app.test_client()
    given: dict[str, Any] = {"resume": resume("cv.txt", b"Amina. Order clerk.")}
    fill_in_application(client, posted_job(database), links="https://amina.example.net", **given)
    with database.writing() as session:
        left = session.scalars(select(Application)).one()
        session.execute(update(FileText).values(state=TextState.READ, text="Amina. Order clerk."))
        rita = actor_of(session, session.get_one(User, people["rita"]))
        make_move(
            session,
            left.id,
            MoveRequest(MoveKind.TRANSFER),
            actor=rita,
            seen_stage=Stage.APPLICATION,
            seen_version=left.version,
            to_job_id=make_job(session, title="Order planner").id,
        )
        opened = session.scalars(select(Application).where(Application.transferred_from_id == left.id)).one()
        return left.id, opened.id


def test_the_new_application_has_the_resume_the_words_in_it_and_the_links(
    app: Flask, database: Database, config: Config, moved: tuple[int, int]
) -> None:
    with database.reading() as session:
        assert gather_facts(session, [moved[1]], now=clock.now())[moved[1]].has_resume_or_profile
        files = session.scalars(select(StoredFile).order_by(StoredFile.id)).all()
        assert [(file.name, file.application_id) for file in files] == [("cv.txt", one) for one in moved]
        assert session.scalars(select(FileText.text)).all() == ["Amina. Order clerk."] * 2
        assert session.get_one(Arrival, moved[1]).links == "https://amina.example.net"
    rita = sign_in(app.test_client(), "rita")
    read = rita.open(f"/files/{files[1].key}", buffered=True)
    assert read.data == b"Amina. Order clerk."
    assert "cv.txt" in text_of(rita.get(f"/applications/{moved[1]}"))
    assert len(list(FileStore(config.files_folder).stored())) == 1


def test_the_own_page_says_where_it_goes_on_and_leads_there(
    app: Flask, database: Database, moved: tuple[int, int]
) -> None:
    with database.reading() as session:
        candidate_id = session.scalars(select(Candidate.id)).one()
    client = own_client(app, database, candidate_id)
    for path in ("/my", f"/my/applications/{moved[0]}"):
        page = client.get(path)
        assert "Goes on for another job" in text_of(page)
        assert "Withdrawn" not in text_of(page)
        assert f'href="/my/applications/{moved[1]}"' in page.get_data(as_text=True)
    there = text_of(client.get(f"/my/applications/{moved[1]}"))
    assert "Order planner" in there
    assert "cv.txt" in there


def test_the_candidate_is_told_by_mail_with_a_link_that_opens_their_page(
    app: Flask, database: Database, config: Config, moved: tuple[int, int]
) -> None:
    (mail,) = mails_of(database, config, MailEvent.TRANSFERRED)
    assert "Order planner" in mail.subject
    client = app.test_client()
    assert come_in(client, link_in(mail)).status_code == 303
    assert client.get(f"/my/applications/{moved[1]}").status_code == 200


def test_the_archive_holds_each_file_once(app: Flask, database: Database, moved: tuple[int, int]) -> None:
    with database.reading() as session:
        candidate_id = session.scalars(select(Candidate.id)).one()
    client = own_client(app, database, candidate_id)
    assert text_of(client.get("/my/data")).count("cv.txt") == 1
