"""The referee's link: a short form, once; nothing of interviews or stages; a no is an answer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.careers import mails_of
from tests.factories import make_application, make_candidate, make_job
from tests.interviewing import publish_rubric
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import EDGES, MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.outbox import OutboxMessage
from tracker.models.referees import RefereeAnswer, RefereeLink
from tracker.models.references import Reference, ReferenceResult
from tracker.queries.facts import gather_facts
from tracker.services.mails import REFEREE_PATH
from tracker.services.move_rows import write_move
from tracker.services.outbox import NotToBeSent
from tracker.services.references import add_reference, record_consent, request_reference
from tracker.services.reminders import queue_referee_reminders

CANARY = "Zanzibar"


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def reference_id(database: Database) -> int:
    """A referee who was asked; what their form must not show carries a canary."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds", description=f"{CANARY} inside")
        publish_rubric(session, job)
        candidate = make_candidate(session, "Amina Yusuf", phone=CANARY)
        application = make_application(session, job, stage=Stage.REFERENCES, candidate=candidate)
        add_reference(
            session, application, referee_name=f"{CANARY} other", email="o@example.org", actor=SYSTEM
        )
        reference = add_reference(
            session, application, referee_name="Bela Kiss", email="bela@example.org", actor=SYSTEM
        )
        record_consent(session, reference, actor=SYSTEM)
        request_reference(session, reference, actor=SYSTEM)
        return reference.id


def link_of(database: Database, config: Config) -> str:
    mail = mails_of(database, config, MailEvent.REFERENCE_REQUESTED)[-1]
    assert mail.to_email == "bela@example.org"
    path = next(word for word in mail.text.split() if REFEREE_PATH in word)
    return path.removeprefix("http://127.0.0.1:8000")


def come_in(client: ReadingClient, link: str) -> Any:
    client.get(link)
    return client.post(link, data={"csrf_token": client.token})


def filled(client: ReadingClient, **changes: str) -> dict[str, str]:
    page = page_of(client.get("/reference"))
    names = {field.get("name") for field in page.iter("input") if field.get("type") == "radio"}
    values = {name: "mostly" for name in names if name.startswith("seen_")}
    values |= {"role": "Clerk", "worked_from_on": "2020-01-31", "would_rehire": "yes", "comment": "Careful."}
    values |= {"has_confirmed_employment": "yes"}
    return values | {"csrf_token": client.token} | changes


def test_a_referee_answers_a_short_form_once(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    link = link_of(database, config)
    assert "Open the form" in text_of(client.get(link))
    answer = come_in(client, link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/reference")
    page = client.get("/reference")
    assert "Amina Yusuf" in text_of(page)
    assert CANARY not in page.get_data(as_text=True)
    values = filled(client)
    assert 1 <= len([name for name in values if name.startswith("seen_")]) <= 6
    assert client.post("/reference", data=values | {"worked_from_on": ""}).status_code == 422
    assert client.post("/reference", data=values | {"worked_until_on": "2019-01-01"}).status_code == 422
    assert client.post("/reference", data=values).status_code == 303
    assert "Thank you" in text_of(client.get("/reference/thanks"))
    for again in (client.get("/reference"), client.post("/reference", data=values)):
        assert (again.status_code, again.headers["Location"]) == (303, "/reference/thanks")
    assert client.get(link).status_code == 404
    with database.reading() as session:
        kept = session.get_one(Reference, reference_id)
        assert (kept.result, kept.would_rehire) == (ReferenceResult.RECEIVED, True)
        assert session.get_one(RefereeAnswer, reference_id).role == "Clerk"
        facts = gather_facts(session, [kept.application_id], now=clock.now())[kept.application_id]
        assert facts.references_received == 1
        assert "referee" in session.scalars(select(AuditEntry.actor)).all()
    staff = sign_in(client, "rita")
    said = text_of(staff.get(f"/applications/{kept.application_id}/references"))
    assert "well, on their own" in said
    assert "Careful." in said


def test_a_no_is_an_answer(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    come_in(client, link_of(database, config))
    client.get("/reference")
    for _ in range(2):
        answer = client.post("/reference/refuse", data={"csrf_token": client.token})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/reference/thanks")
    with database.reading() as session:
        assert session.get_one(Reference, reference_id).result is ReferenceResult.REFUSED


def test_who_is_late_at_the_form_is_not_thanked(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    come_in(client, link_of(database, config))
    values = filled(client)
    later = clock.now() + timedelta(hours=5)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        assert client.post("/reference", data=values).status_code == 404


def test_a_link_used_twice_gets_a_clear_page_and_a_way_to_a_new_one(
    client: ReadingClient, app: Flask, database: Database, config: Config, reference_id: int
) -> None:
    link = link_of(database, config)
    come_in(client, link)
    second = come_in(app.test_client(), link)
    assert second.status_code == 404
    assert "has been used" in text_of(second)
    assert "Mail me a new link" in text_of(second)
    later = clock.now() + timedelta(hours=1)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        client.get(link)
        assert client.post(f"{link}/again", data={"csrf_token": client.token}).status_code == 303
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reference_requested")).all()
        assert len(rows) == 2


def test_a_link_that_is_late_or_never_was_opens_nothing(
    client: ReadingClient,
    database: Database,
    config: Config,
    reference_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = link_of(database, config)
    for never in ("x", "x" * 43, "x" * 4000):
        assert client.get(f"{REFEREE_PATH}{never}").status_code == 404
        assert "Mail me" not in text_of(client.get(f"{REFEREE_PATH}{never}"))
    with database.reading() as session:
        row = session.scalars(select(RefereeLink)).one()
        assert row.token_hash not in link
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.get(link)
    assert client.post(link, data={"csrf_token": client.token}).status_code == 404


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False), ("unsaid", None)])
def test_employment_is_confirmed_by_the_referee_alone(
    client: ReadingClient,
    database: Database,
    config: Config,
    reference_id: int,
    said: str,
    kept: bool | None,
) -> None:
    come_in(client, link_of(database, config))
    values = filled(client)
    unasked = {name: value for name, value in values.items() if name != "has_confirmed_employment"}
    assert client.post("/reference", data=unasked).status_code == 422
    assert client.post("/reference", data=values | {"has_confirmed_employment": said}).status_code == 303
    with database.reading() as session:
        assert session.get_one(Reference, reference_id).has_confirmed_employment is kept


def test_asking_again_is_on_record_as_often_as_somebody_is_written_to(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    link = link_of(database, config)
    later = clock.now() + timedelta(hours=1)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        come_in(client, link)
        for _ in range(3):
            assert client.post(f"{link}/again", data={"csrf_token": client.token}).status_code == 303
    with database.reading() as session:
        again = select(AuditEntry).where(AuditEntry.action == "reference:ask_again")
        assert len(session.scalars(again).all()) == 1


def test_nobody_is_written_to_once_the_decision_does_not_wait_for_them(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    link = link_of(database, config)
    come_in(client, link)
    with database.writing() as session:
        application = session.get_one(Application, session.get_one(Reference, reference_id).application_id)
        make_rejection(session, application)
    later = clock.now() + timedelta(hours=1)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        assert client.post(f"{link}/again", data={"csrf_token": client.token}).status_code == 303
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reference_requested")).all()
        assert len(rows) == 1
    # And what waited already does not go out.
    with pytest.raises(NotToBeSent):
        mails_of(database, config, MailEvent.REFERENCE_REQUESTED)


def test_an_answer_that_comes_too_late_learns_nothing_of_the_stage(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    come_in(client, link_of(database, config))
    values = filled(client)
    with database.writing() as session:
        application = session.get_one(Application, session.get_one(Reference, reference_id).application_id)
        make_rejection(session, application)
    answer = client.post("/reference", data=values)
    assert answer.status_code == 422
    said = text_of(answer)
    assert "not needed any more" in said
    assert "rejected" not in said.lower()


def make_rejection(session: Any, application: Application) -> None:
    edge = next(
        one
        for one in EDGES
        if one.kind is MoveKind.REJECT
        and one.from_stage is application.stage
        and one.to_outcome is Outcome.REJECTED
    )
    request = MoveRequest(MoveKind.REJECT, disposition="references", note="x")
    write_move(session, application, edge, request, actor=SYSTEM, at=clock.now())


def test_who_has_answered_is_not_written_to_again(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    come_in(client, link_of(database, config))
    client.post("/reference", data=filled(client))
    with pytest.raises(NotToBeSent):
        mails_of(database, config, MailEvent.REFERENCE_REQUESTED)


def test_a_candidates_and_a_referees_sessions_are_not_each_others(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    come_in(client, link_of(database, config))
    cookie = client.get_cookie("tracker_referee", path="/reference")
    assert cookie is not None
    client.set_cookie("tracker_candidate", cookie.value, path="/my")
    assert client.get("/my").headers["Location"] == "/my/link"


def test_a_reminder_opens_the_form_until_the_referee_has_answered(
    client: ReadingClient, database: Database, config: Config, reference_id: int
) -> None:
    later = clock.now() + timedelta(days=3)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        with database.writing() as session:
            assert queue_referee_reminders(session) == 1
        mail = mails_of(database, config, MailEvent.REFERENCE_REMINDER)[-1]
        assert mail.to_email == "bela@example.org"
        assert "Dear Bela Kiss" in mail.text
        link = next(word for word in mail.text.split() if REFEREE_PATH in word)
        come_in(client, link.removeprefix("http://127.0.0.1:8000"))
        assert client.post("/reference", data=filled(client)).status_code == 303
        with pytest.raises(NotToBeSent):
            mails_of(database, config, MailEvent.REFERENCE_REMINDER)


def test_the_path_in_mails_is_that_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert app.url_for("referees.link", token="t") == f"{REFEREE_PATH}t"
