"""Writing to candidates by hand: one by one and several at once, each in their own name, each once."""

import re

import pytest
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_candidate, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.mails import Sender
from tracker.domain.stages import Stage
from tracker.models.interviews import Interview
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.mails import write_mail

SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC")


@pytest.fixture
def two(database, people):
    """Two applications of one job, the second of somebody without an address."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        reached = make_application(session, job, candidate=make_candidate(session, "Amina Yusuf"))
        silent = make_application(session, job, candidate=make_candidate(session, "Jo Park", email=None))
        return reached.id, silent.id


def text_of(response):
    return " ".join("".join(page_of(response).itertext()).split())


def fields_of(response):
    form = next(form for form in page_of(response).findall(".//main//form") if form.get("method") == "post")
    return {one.get("name"): one.get("value") or "" for one in form.iter("input") if one.get("name")}


def mails(database):
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "message"))
        return [write_mail(session, row, SENDER) for row in rows]


def test_a_recruiter_writes_to_one_candidate_once(client, database, two):
    rita = sign_in(client, "rita")
    address = f"/applications/{two[0]}/messages/new"
    shown = rita.get(address)
    assert "Dear {{candidate}}," in text_of(shown)
    words = {"subject": "News of {{job}}", "text": "Dear {{candidate}},\n\nsee {{link}}"}
    for _ in range(2):
        assert rita.post(address, data=fields_of(shown) | words).status_code == 303
    (mail,) = mails(database)
    assert (mail.to_name, mail.subject) == ("Amina Yusuf", "News of Order clerk, Leeds")
    assert re.fullmatch(r"Dear Amina Yusuf,\n\nsee https://tracker.example.org/my/link/…", mail.text)
    timeline = text_of(rita.get(f"/applications/{two[0]}"))
    assert "Message written by hand" in timeline
    assert all(words in timeline for words in ("News of {{job}}", "Dear {{candidate}},", "see {{link}}"))


def test_who_owes_a_card_reads_no_words_of_mails_to_the_candidate(app, client, database, people):
    with database.writing() as session:
        job = make_job(session, title="Order clerk")
        publish_rubric(session, job)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        hank = actor_of(session, session.get_one(User, people["hank"]))
        sitting = schedule(session, application, hank, actor=SYSTEM)
        number, interview = application.id, sitting.id
    rita = sign_in(client, "rita")
    fields = fields_of(rita.get(f"/applications/{number}/messages/new"))
    words = {"subject": "After your talk", "text": "The panel liked it."}
    assert rita.post(f"/applications/{number}/messages/new", data=fields | words).status_code == 303
    hanks = sign_in(app.test_client(), "hank")
    assert "The panel liked it." not in text_of(hanks.get(f"/applications/{number}"))
    with database.writing() as session:
        hand_in(session, session.get_one(Interview, interview), hank)
    assert "The panel liked it." in text_of(hanks.get(f"/applications/{number}"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"subject": "", "text": "x"}, "Write a subject."),
        ({"subject": "x", "text": " "}, "The text is missing."),
        (
            {"subject": "x", "text": "Dear {{candidate}},\n\n…\n\nBye"},
            "Write your text where the dots stand.",
        ),
        ({"subject": "x", "text": "{{salary}}"}, "This mail has no {{salary}}."),
        ({"subject": "x {{job", "text": "x"}, "Braces stand here that do not close."),
        ({"subject": "x" * 201, "text": "x"}, "200"),
    ],
)
def test_words_that_cannot_be_sent_say_why(client, database, two, words, sentence):
    rita = sign_in(client, "rita")
    address = f"/applications/{two[0]}/messages/new"
    answer = rita.post(address, data=fields_of(rita.get(address)) | words)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert mails(database) == []


def test_several_are_written_to_in_their_own_name_and_who_cannot_be_is_named(client, database, two):
    rita = sign_in(client, "rita")
    table = rita.get("/jobs/1?view=table")
    chosen = {"csrf_token": fields_of(table)["csrf_token"], "ids": [f"{one}-1-application" for one in two]}
    asked = rita.post("/jobs/1/applications/messages", data=chosen)
    words = {"subject": "For {{candidate}}", "text": "Hello"}
    sent = fields_of(asked) | chosen | words | {"is_decided": "1"}
    answer = rita.post("/jobs/1/applications/messages", data=sent)
    assert "1 of 2 written to" in text_of(answer)
    assert "Jo Park has no e-mail address." in text_of(answer)
    assert [mail.subject for mail in mails(database)] == ["For Amina Yusuf"]


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_others_do_not_write_to_candidates(client, two, persona):
    other = sign_in(client, persona)
    assert other.get(f"/applications/{two[0]}/messages/new").status_code == 403
