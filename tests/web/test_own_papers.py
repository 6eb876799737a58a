"""Papers of new hires on their own page: photographs are taken, and a step that asks for one waits for it."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.candidates import applied, own_client, send_own
from tests.careers import resume, send_form
from tests.factories import AN_INSTANT
from tests.pictures_taken import SECRET, jpeg, png
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.files import FileKind, StoredFile
from tracker.models.onboarding import OnboardingTask
from tracker.services.onboarding import start_onboarding

pytestmark = ON_BOTH


def new_hire(database: Database) -> tuple[int, int, int]:
    number, candidate_id = applied(database, Stage.ONBOARDING)
    with database.writing() as session:
        application = session.get_one(Application, number)
        tasks = start_onboarding(session, application, starts_on=AN_INSTANT.date(), actor=SYSTEM)
        return number, candidate_id, next(task.id for task in tasks if task.needs_file)


def error_at(response: Any, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def task_of(database: Database, task_id: int) -> OnboardingTask:
    with database.reading() as session:
        return session.get_one(OnboardingTask, task_id)


def test_a_step_is_not_done_without_its_paper_and_done_with_a_photograph(
    app: Flask, database: Database, config: Config
) -> None:
    number, candidate_id, task_id = new_hire(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}/tasks/{task_id}"
    refused = send_own(client, page)
    assert refused.status_code == 422
    assert "this step is done once we have the paper" in error_at(refused, "file")
    assert task_of(database, task_id).done_at is None
    fake = {"csrf_token": client.token, "file": resume("passport.jpg", b"<html>")}
    assert send_form(client, page, fake).status_code == 422
    sent = {"csrf_token": client.token, "file": resume("IMG_0001.JPG", jpeg())}
    assert send_form(client, page, sent).status_code == 303
    assert task_of(database, task_id).done_by == "candidate"
    with database.reading() as session:
        (file,) = session.scalars(select(StoredFile))
    assert (file.kind, file.media_type) == (FileKind.ONBOARDING, "image/jpeg")
    with FileStore(config.files_folder).open(file.key) as kept:
        assert SECRET not in kept.read()
    olga = sign_in(app.test_client(), "olga")
    assert "IMG_0001.JPG" in olga.get(f"/applications/{number}/onboarding").get_data(as_text=True)
    response = olga.open(f"/files/{file.key}", buffered=True)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_photographs_are_handed_in_once_somebody_joins_and_not_before(app: Flask, database: Database) -> None:
    for stage, status in ((Stage.ONBOARDING, 303), (Stage.SCREENING, 422)):
        number, candidate_id = applied(database, stage, name=f"Amina {stage}")
        client = own_client(app, database, candidate_id)
        page = f"/my/applications/{number}/files/new"
        client.get(page)
        sent = {"csrf_token": client.token, "file": resume("paper.png", png())}
        assert send_form(client, page, sent).status_code == status
