"""What would go out is shown first: by hand with this candidate's values, of a template with sample data."""

import pytest
from sqlalchemy import func, select

from tests.factories import make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.test_messages import fields_of, text_of
from tracker.models.applications import Application
from tracker.models.message_templates import MessageTemplate
from tracker.models.outbox import OutboxMessage

WORDS = {"subject": "News of {{job}}", "text": "Dear {{candidate}},\n\nsee {{link}}"}


@pytest.fixture
def number(database, people):
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        return make_application(session, job, candidate=make_candidate(session, "Amina Yusuf")).id


def count(database, model):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def preview_of(response):
    found = page_of(response).find(".//*[@id='preview']")
    return "" if found is None else " ".join("".join(found.itertext()).split())


def test_a_message_is_shown_with_the_values_of_its_candidate_and_not_sent(client, database, number):
    rita = sign_in(client, "rita")
    address = f"/applications/{number}/messages/new"
    given = fields_of(rita.get(address)) | WORDS
    shown = rita.post(address, data=given | {"preview": "1"})
    assert shown.status_code == 200
    said = preview_of(shown)
    assert "As Amina Yusuf would get it" in said
    assert "News of Order clerk, Leeds" in said
    assert "Dear Amina Yusuf,see http://127.0.0.1:8000/my/link/…" in said
    assert "Dear {{candidate}}," in shown.get_data(as_text=True)
    assert count(database, OutboxMessage) == 0
    assert rita.post(address, data=fields_of(shown) | WORDS).status_code == 303
    assert count(database, OutboxMessage) == 1


@pytest.mark.parametrize("text", ["", "Dear {{nobody}}", "Dear\n…"])
def test_what_could_not_be_sent_is_said_in_place_of_the_preview(client, database, number, text):
    rita = sign_in(client, "rita")
    address = f"/applications/{number}/messages/new"
    refused = rita.post(address, data=fields_of(rita.get(address)) | WORDS | {"text": text, "preview": "1"})
    assert refused.status_code == 422
    assert preview_of(refused) == ""
    assert page_of(refused).find(".//*[@id='text-error']") is not None
    assert count(database, OutboxMessage) == 0


def test_of_several_the_first_is_shown(client, database, number):
    with database.reading() as session:
        job_id = session.get_one(Application, number).job_id
    rita = sign_in(client, "rita")
    rita.get("/settings")
    given = {"csrf_token": rita.token, "ids": f"{number}-1-application", "is_decided": "1"}
    shown = rita.post(f"/jobs/{job_id}/applications/messages", data=given | WORDS | {"preview": "1"})
    assert shown.status_code == 200, text_of(shown)
    assert "Dear Amina Yusuf," in preview_of(shown)
    assert count(database, OutboxMessage) == 0


def test_a_template_is_shown_with_sample_data_and_not_kept(client, database, people):
    olga = sign_in(client, "olga")
    olga.get("/message-templates/new")
    given = {"csrf_token": olga.token, "name": "News", "moment": "", **WORDS}
    shown = olga.post("/message-templates/new", data=given | {"preview": "1"})
    assert shown.status_code == 200
    assert "Dear Amina Yusuf," in preview_of(shown)
    wrong = olga.post("/message-templates/new", data=given | {"text": "{{nobody}}", "preview": "1"})
    assert wrong.status_code == 422
    assert count(database, MessageTemplate) == 0
    assert olga.post("/message-templates/new", data=given).status_code == 303
    kept = "/message-templates/1"
    shown = olga.post(kept, data=given | {"text": "Dear {{candidate}},", "preview": "1"})
    assert "Dear Amina Yusuf," in preview_of(shown)
    with database.reading() as session:
        assert session.scalars(select(MessageTemplate.text)).one() == WORDS["text"]
