"""Mentioning a colleague on the page of an application, and finding it under My work."""

import pytest
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import page_of
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application, ApplicationNote
from tracker.models.mentions import NoteMention
from tracker.models.users import User


@pytest.fixture
def application_id(database, people):
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        schedule(session, application, actor_of(session, session.get_one(User, people["ines"])), actor=SYSTEM)
        return application.id


def path(application_id):
    return f"/applications/{application_id}"


def write(client, application_id, text, **more):
    return client.send(f"{path(application_id)}/notes", {"text": text, **more})


def test_colleagues_are_suggested_who_may_read_the_note(client, application_id):
    page = page_of(sign_in(client, "rita").get(path(application_id)))
    options = [one.get("value") for one in page.findall(".//datalist[@id='may-be-mentioned']/option")]
    assert options == ["Hank", "Olga"]
    assert page.find(".//input[@list='may-be-mentioned']") is not None
    assert page_of(sign_in(client, "ines").get(path(application_id))).find(".//datalist") is None


@pytest.mark.parametrize("given", [{"text": "@hank, look"}, {"text": "Look", "mention": "Hank"}])
def test_the_mentioned_find_it_under_my_work_until_they_have_seen_it(client, application_id, given):
    sign_in(client, "rita")
    assert write(client, application_id, **given).status_code == 303
    assert "Mentions Hank" in text_of(client.get(path(application_id)))
    sign_in(client, "hank")
    found = page_of(client.get("/my-work")).find(".//li[@class='item']//a[@class='item-title']")
    assert found.get("href") == f"{path(application_id)}#note-1"
    page = page_of(client.get(path(application_id)))
    assert page.find(".//*[@id='note-1']") is not None
    assert client.send(f"{path(application_id)}/notes/1/seen", {}).status_code == 303
    assert "Notes that mention you" not in text_of(client.get("/my-work"))
    sign_in(client, "rita")
    assert "Mentions Hank (has seen it)" in text_of(client.get(path(application_id)))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "@Ines look"}, "text"),
        ({"text": "Look", "mention": "Ines"}, "mention"),
        ({"text": "Look", "mention": "Nobody at all"}, "mention"),
        ({"text": "Look", "mention": "x" * 301}, "mention"),
    ],
)
def test_a_mention_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
    client, database, application_id, given, field
):
    answer = write(sign_in(client, "rita"), application_id, **given)
    assert answer.status_code == 422
    page = page_of(answer)
    assert page.find(f".//*[@id='{field}-error']") is not None
    assert given["text"] in page.find(".//textarea[@name='text']").text
    with database.reading() as session:
        assert session.scalars(select(ApplicationNote)).all() == []


def test_nobody_marks_what_mentions_others_or_stands_elsewhere(client, database, application_id):
    write(sign_in(client, "rita"), application_id, "@Hank look")
    for persona, status in (("olga", 404), ("ines", 403)):
        sign_in(client, persona)
        assert client.send(f"{path(application_id)}/notes/1/seen", {}).status_code == status
    with database.writing() as session:
        other = make_application(session).id
    sign_in(client, "hank")
    assert client.send(f"{path(other)}/notes/1/seen", {}).status_code == 404
    with database.reading() as session:
        assert session.scalars(select(NoteMention)).one().seen_at is None


def test_whoever_owes_a_card_is_told_nothing(client, database, people, application_id):
    with database.writing() as session:
        hank = actor_of(session, session.get_one(User, people["hank"]))
        schedule(session, session.get_one(Application, application_id), hank, actor=SYSTEM)
    write(sign_in(client, "rita"), application_id, "@Hank look at the CANARY")
    sign_in(client, "hank")
    assert "Notes that mention you" not in text_of(client.get("/my-work"))
    page = client.get(path(application_id)).get_data(as_text=True)
    assert "CANARY" not in page
    assert "Mentions" not in page


def test_one_wishes_for_mail_in_ones_own_settings(client, database, people, application_id):
    sign_in(client, "hank")
    assert client.send("/settings", {"time_zone": "", "is_mailed_mentions": "y"}).status_code == 302
    with database.reading() as session:
        assert session.get_one(User, people["hank"]).is_mailed_mentions
    page = page_of(client.get("/settings"))
    assert page.find(".//input[@name='is_mailed_mentions']").get("checked") is not None
    assert client.send("/settings", {"time_zone": ""}).status_code == 302
    with database.reading() as session:
        assert not session.get_one(User, people["hank"]).is_mailed_mentions
