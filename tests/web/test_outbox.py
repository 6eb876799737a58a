from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import actor_of, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.mails import MailEvent
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.outbox import queue_message

People = dict[str, int]


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def application_id(database: Database, people: People) -> int:
    """An application with a session of Ines's tomorrow: a mail waits for her and one for the candidate."""
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        schedule(session, application, ines, actor=SYSTEM, starts_at=clock.now() + timedelta(days=1))
        return application.id


def messages(database: Database) -> dict[str, OutboxMessage]:
    with database.reading() as session:
        return {row.kind: row for row in session.scalars(select(OutboxMessage))}


def test_hr_reads_a_message_as_it_would_be_sent(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    sign_in(client, "olga")
    assert "Interview invitation to the panel" in text_of(client.get("/outbox?state=due"))
    number = messages(database)[MailEvent.PANEL_INVITED].id
    said = text_of(client.get(f"/outbox/{number}"))
    assert "Dear Ines" in said
    assert "ines@example.org" in said
    assert "http://127.0.0.1:8000/interviews/" in said
    assert "session.ics" in said
    hostile = client.get(f"/outbox/{number}", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in hostile.get_data(as_text=True)


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
def test_the_outbox_is_for_hr_alone(
    client: ReadingClient, database: Database, people: People, application_id: int, persona: str
) -> None:
    sign_in(client, persona)
    number = messages(database)[MailEvent.PANEL_INVITED].id
    assert client.get("/outbox").status_code == 403
    assert client.get(f"/outbox/{number}").status_code == 403
    for deed in ("retry", "arrived", "drop"):
        assert client.send(f"/outbox/{number}/{deed}", {"reason": "x"}).status_code == 403
    assert messages(database)[MailEvent.PANEL_INVITED].cancelled_at is None


def test_a_message_is_dropped_with_a_reason_only_and_once(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    sign_in(client, "olga")
    number = messages(database)[MailEvent.CANDIDATE_INVITED].id
    assert client.send(f"/outbox/{number}/drop", {"reason": " "}).status_code == 422
    assert client.send(f"/outbox/{number}/drop", {"reason": "Told by telephone"}).status_code == 303
    assert "Told by telephone" in text_of(client.get(f"/outbox/{number}"))
    assert client.send(f"/outbox/{number}/drop", {"reason": "Again"}).status_code == 422


def test_a_message_given_up_is_tried_again(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    with database.writing() as session:
        row = session.scalars(select(OutboxMessage)).first()
        assert row is not None
        row.attempts, row.failed_at, row.last_error = 12, clock.now(), "550 No such person"
        number, kind = row.id, row.kind
    sign_in(client, "olga")
    assert "550 No such person" in text_of(client.get(f"/outbox/{number}"))
    assert client.send(f"/outbox/{number}/retry").status_code == 303
    assert messages(database)[kind].failed_at is None
    assert messages(database)[kind].attempts == 0


def test_the_timeline_names_mail_and_shows_none_of_its_words(
    client: ReadingClient, app: Flask, database: Database, people: People, application_id: int
) -> None:
    with database.writing() as session:
        queue_message(
            session,
            MailEvent.SCORECARD_DUE,
            key="planted",
            application_id=application_id,
            user_id=people["ines"],
            not_before=clock.now(),
        )
    said = text_of(sign_in(client, "rita").get(f"/applications/{application_id}"))
    assert "Interview invitation to the panel" in said
    assert "To Ines" in said
    assert "Dear Ines" not in said
    assert "Reminder of a due scorecard" not in said
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert "Mail waits" not in text_of(ines.get(f"/applications/{application_id}"))


def test_who_owes_a_card_sees_no_reminders_to_others(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    with database.writing() as session:
        application = session.get_one(Application, application_id)
        panel = [actor_of(session, session.get_one(User, people[name])) for name in ("ines", "olga")]
        held = schedule(session, application, *panel, actor=SYSTEM)
        for name in ("ines", "olga"):
            queue_message(
                session,
                MailEvent.SCORECARD_DUE,
                key=f"planted:{name}",
                application_id=application_id,
                interview_id=held.id,
                user_id=people[name],
                not_before=clock.now(),
            )
        session.flush()
        rows = select(OutboxMessage.id).where(OutboxMessage.user_id == people["ines"])
        to_ines = session.scalars(rows.where(OutboxMessage.kind == MailEvent.SCORECARD_DUE)).one()
    sign_in(client, "olga")
    assert client.get(f"/outbox/{to_ines}").status_code == 404
    assert text_of(client.get("/outbox")).count("Reminder of a due scorecard") == 1


def test_who_owes_a_card_sees_no_mentions_and_no_digests_of_others(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    with database.writing() as session:
        application = session.get_one(Application, application_id)
        olga = actor_of(session, session.get_one(User, people["olga"]))
        held = schedule(session, application, olga, actor=SYSTEM)
        for kind in (MailEvent.MENTIONED, MailEvent.DIGEST):
            for name in ("ines", "olga"):
                queue_message(
                    session,
                    kind,
                    key=f"planted:{kind}:{name}",
                    application_id=application_id if kind is MailEvent.MENTIONED else None,
                    user_id=people[name],
                    not_before=clock.now(),
                    day=clock.now().date().isoformat(),
                )
        session.flush()
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.key.startswith("planted:")))
        numbers = {row.key.removeprefix("planted:"): row.id for row in rows}
    sign_in(client, "olga")

    def seen() -> set[str]:
        return {key for key, number in numbers.items() if client.get(f"/outbox/{number}").status_code == 200}

    assert seen() == {"digest:olga"}
    said = text_of(client.get("/outbox"))
    assert (said.count("Mentioned in a note"), said.count("Daily digest")) == (0, 1)
    with database.writing() as session:
        hand_in(session, session.get_one(Interview, held.id), olga)
    assert seen() == set(numbers)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "Dear {{candidat}}", "{{candidat}}"),
        ("subject", "{{salary}}", "{{salary}}"),
        ("text", "Dear {{candidate", "do not close"),
        ("text", "", "missing"),
        ("subject", "x" * 201, "200"),
    ],
)
def test_words_of_mail_that_do_not_hold_are_refused_at_the_field(
    client: ReadingClient, people: People, field: str, value: str, said: str
) -> None:
    sign_in(client, "olga")
    words = {"subject": "Hello", "text": "Dear {{candidate}}", "version": "0", field: value}
    answer = client.send("/mail-templates/rejected", words)
    assert answer.status_code == 422
    error = page_of(answer).find(f".//*[@id='{field}-error']")
    assert error is not None
    assert said in "".join(error.itertext())
    assert "as delivered" in text_of(client.get("/mail-templates"))


def test_words_are_previewed_saved_as_versions_and_used(
    client: ReadingClient, database: Database, people: People, application_id: int
) -> None:
    sign_in(client, "olga")
    path = f"/mail-templates/{MailEvent.PANEL_INVITED.value}"
    words = {"subject": "Come", "text": "<b>Hi</b> {{interviewer}}", "version": "0"}
    preview = client.send(path, words | {"preview": "1"})
    assert preview.status_code == 200
    assert "&lt;b&gt;Hi&lt;/b&gt; Ines" in preview.get_data(as_text=True)
    assert client.send(path, words).status_code == 303
    stale = client.send(path, words | {"subject": "Mine"})
    assert stale.status_code == 422
    number = messages(database)[MailEvent.PANEL_INVITED].id
    assert "<b>Hi</b> Ines" in text_of(client.get(f"/outbox/{number}"))


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
def test_only_hr_writes_the_words_of_mail(client: ReadingClient, people: People, persona: str) -> None:
    sign_in(client, persona)
    assert client.get("/mail-templates/rejected").status_code == 403


def test_interviewer_confirms_then_hands_over_and_the_session_shows_why(
    client: ReadingClient, app: Flask, database: Database, people: People, application_id: int
) -> None:
    sign_in(client, "ines")
    assert client.send("/interviews/1/confirm").status_code == 303
    assert "Confirmed" in text_of(client.get("/interviews/1"))
    assert client.send("/interviews/1/hand-over", {"reason": "", "proposed": ""}).status_code == 422
    assert client.send("/interviews/1/hand-over", {"reason": "On leave", "proposed": ""}).status_code == 303
    rita = sign_in(app.test_client(), "rita")  # type: ignore[arg-type]
    with database.writing() as session:
        session.get_one(Application, application_id).recruiter_id = people["rita"]
    assert "Ines cannot come" in text_of(rita.get("/my-work"))
    said = text_of(rita.get("/interviews/1"))
    assert "Cannot come" in said
    assert "On leave" in said
    assert rita.send("/interviews/1/confirm").status_code == 403


def test_a_session_is_taken_into_a_calendar(
    client: ReadingClient, people: People, application_id: int
) -> None:
    sign_in(client, "ines")
    answer = client.get("/interviews/1/session.ics")
    assert answer.mimetype == "text/calendar"
    assert "METHOD:PUBLISH" in answer.get_data(as_text=True)
    assert "@example" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("box", "is_queued"), [({"mails": "y"}, True), ({}, False)])
def test_rejecting_shows_its_mail_and_queues_it_only_if_asked(
    client: ReadingClient, database: Database, people: People, box: dict[str, str], is_queued: bool
) -> None:
    with database.writing() as session:
        number = make_application(session).id
    sign_in(client, "rita")
    path = f"/applications/{number}/moves"
    assert "We have decided not to go on" in text_of(client.get(f"{path}?move=reject"))
    form = {"move": "reject", "from": "application", "version": "1", "disposition": "less_qualified"}
    assert client.send(path, form | {"asks_mails": "1"} | box).status_code == 303
    queued = messages(database).get(MailEvent.REJECTED)
    assert (queued is not None) is is_queued
    assert queued is None or queued.not_before > clock.now() + timedelta(minutes=9)
