"""Templates of messages: kept by HR, suggested after the move they fit, and never sent without a click."""

import pytest
from sqlalchemy import select

from tests.factories import make_application, make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import page_of
from tracker.domain.mails import MailEvent
from tracker.domain.message_templates import Moment, moment_of
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.models.message_templates import MessageTemplate
from tracker.models.outbox import OutboxMessage

WORDS = {"name": "Documents", "moment": "rejected", "subject": "About {{job}}", "text": "Dear {{candidate}}"}


@pytest.fixture
def application_id(database, people):
    with database.writing() as session:
        return make_application(session, make_job(session)).id


def add(client, **changes):
    return client.send("/message-templates/new", WORDS | changes)


def written(database):
    with database.reading() as session:
        return session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MailEvent.MESSAGE)).all()


def reject(client, application_id):
    page = page_of(client.get(f"/applications/{application_id}/moves?move=reject"))
    form = page.find(f".//form[@action='/applications/{application_id}/moves']")
    values = {
        one.get("name"): one.get("value", "")
        for one in form.iter("input")
        if one.get("type") == "hidden" and one.get("name") != "csrf_token"
    }
    return client.send(f"/applications/{application_id}/moves", values | {"disposition": "less_qualified"})


def suggested_on(client, application_id):
    page = page_of(client.get(f"/applications/{application_id}"))
    return [one.get("href") for one in page.findall(".//*[@id='suggested']//a")]


def test_what_fits_a_move_is_suggested_after_it_and_sent_by_a_click_alone(client, database, application_id):
    sign_in(client, "olga")
    assert add(client).status_code == 303
    assert add(client, name="Welcome", moment="onboarding").status_code == 303
    assert add(client, name="Anything", moment="").status_code == 303
    sign_in(client, "rita")
    assert suggested_on(client, application_id) == []
    dialog = text_of(client.get(f"/applications/{application_id}/moves?move=reject"))
    assert "Afterwards you are suggested to write: Documents. Nothing is sent by itself." in dialog
    assert reject(client, application_id).status_code == 303
    assert written(database) == []
    (href,) = suggested_on(client, application_id)
    assert suggested_on(client, application_id) == [href], "looking sends nothing"
    assert written(database) == []
    form = page_of(client.get(href)).find(".//main//form")
    assert form.find(".//input[@name='subject']").get("value") == "About {{job}}"
    values = {"subject": "About {{job}}", "text": "Dear {{candidate}}", "key": "k"}
    assert client.send(href, values).status_code == 303
    assert [one.payload["template_id"] for one in written(database)] == [1]
    assert suggested_on(client, application_id) == [], "what was written is suggested no more"


def test_interviewers_and_hiring_managers_are_suggested_nothing(client, application_id):
    sign_in(client, "olga")
    add(client, moment="application")
    assert len(suggested_on(sign_in(client, "rita"), application_id)) == 1
    for persona in ("hank", "ines"):
        assert sign_in(client, persona).get(f"/applications/{application_id}").status_code == 404


def test_whoever_writes_begins_with_any_template(client, application_id):
    sign_in(client, "olga")
    add(client)
    sign_in(client, "rita")
    page = client.get(f"/applications/{application_id}/messages/new")
    assert "Begin with a template: Documents" in text_of(page)
    for wrong in ("99", "x", "-1"):
        answer = client.get(f"/applications/{application_id}/messages/new?template={wrong}")
        assert answer.status_code == 200


def test_hr_keeps_changes_and_removes_them(client, database, people):
    sign_in(client, "olga")
    add(client)
    assert "Rejected" in text_of(client.get("/message-templates"))
    assert client.send("/message-templates/1", WORDS | {"moment": "", "name": "Papers"}).status_code == 303
    with database.reading() as session:
        row = session.scalars(select(MessageTemplate)).one()
        assert (row.name, row.moment) == ("Papers", None)
    assert client.send("/message-templates/1/remove", {}).status_code == 303
    assert "No templates yet" in text_of(client.get("/message-templates"))
    assert client.send("/message-templates/1/remove", {}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "documents" * 20}, "name"),
        ({"subject": ""}, "subject"),
        ({"text": "{{salary}}"}, "text"),
        ({"text": "{{candidate"}, "text"),
        ({"moment": "party"}, "moment"),
        ({"name": "Documents"}, "name"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(client, database, people, changes, field):
    sign_in(client, "olga")
    add(client)
    answer = add(client, **({"name": "Other"} | changes))
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None
    with database.reading() as session:
        assert len(session.scalars(select(MessageTemplate)).all()) == 1


@pytest.mark.parametrize(("persona", "status"), [("rita", 403), ("hank", 403), ("ines", 403), ("olga", 200)])
def test_only_hr_keeps_templates(client, people, persona, status):
    assert sign_in(client, persona).get("/message-templates").status_code == status


def test_every_move_is_at_most_one_moment():
    found = {moment_of(kind, stage) for kind in MoveKind for stage in Stage}
    assert found == {*Moment, None}
    assert moment_of(MoveKind.UNDO, Stage.OFFER) is None
    assert moment_of(MoveKind.IMPORT, Stage.OFFER) is None
