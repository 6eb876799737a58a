"""A candidate takes a referee back who has not answered: the link is dead, and nobody asks them again."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.candidates import own_client, send_own
from tests.factories import make_application, make_job
from tests.interviewing import publish_rubric
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tests.web.test_referees import come_in, filled, link_of, text_of
from tracker import clock
from tracker.cli.worker import sender_of
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.mails import MailEvent
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.outbox import OutboxMessage
from tracker.models.references import Reference
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent
from tracker.services.referee_access import reference_behind
from tracker.services.references import add_reference, record_consent, request_reference
from tracker.services.reminders import queue_referee_reminders


@pytest.fixture
def asked(database: Database) -> int:
    """The number of a referee who was asked."""
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.REFERENCES)
        named = {"referee_name": "Bela Kiss", "email": "bela@example.org"}
        reference = add_reference(session, application, **named, actor=SYSTEM)
        record_consent(session, reference, actor=SYSTEM)
        request_reference(session, reference, actor=SYSTEM)
        return reference.id


def test_a_referee_taken_back_by_the_candidate_is_not_asked_any_more(
    app: Flask, client: ReadingClient, database: Database, config: Config, asked: int
) -> None:
    link = link_of(database, config)
    assert come_in(client, link).status_code == 303
    with database.reading() as session:
        application = session.get_one(Application, session.get_one(Reference, asked).application_id)
    own = own_client(app, database, application.candidate_id)
    page = f"/my/applications/{application.id}"
    assert "Take back" in text_of(own.get(page))
    assert send_own(own, f"{page}/referees/{asked}/take-back").status_code == 303
    assert "taken back" in text_of(own.get(page))
    assert send_own(own, f"{page}/referees/{asked}/take-back").status_code == 422
    # The link and the open form are dead, nobody reminds them, and staff cannot ask either.
    assert client.get(link).status_code == 404
    assert client.get("/reference").status_code == 404
    with database.writing() as session:
        # Nor does the used link offer a new one.
        assert reference_behind(session, link.rpartition("/")[2]) is None
        row = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == MailEvent.REFERENCE_REQUESTED)
        ).one()
        with pytest.raises(NotToBeSent, match="took the referee back"):
            write_mail(session, row, sender_of(config), is_going_out=True)
        session.get_one(Reference, asked).requested_at = clock.now() - timedelta(days=4)
        session.flush()
        assert queue_referee_reminders(session) == 0
        with pytest.raises(RuleBroken, match="took this referee back"):
            request_reference(session, session.get_one(Reference, asked), actor=SYSTEM)
    staff = sign_in(app.test_client(), "rita")
    assert "Taken back by the candidate" in text_of(staff.get(f"/applications/{application.id}/references"))


def test_a_referee_who_answered_is_not_taken_back_nor_one_of_somebody_else(
    app: Flask, client: ReadingClient, database: Database, config: Config, asked: int
) -> None:
    with database.writing() as session:
        reference = session.get_one(Reference, asked)
        application = session.get_one(Application, reference.application_id)
        stranger = make_application(session, stage=Stage.REFERENCES)
        foreign = f"/my/applications/{stranger.id}/referees/{asked}/take-back"
    come_in(client, link_of(database, config))
    assert client.post("/reference", data=filled(client)).status_code == 303
    own = own_client(app, database, application.candidate_id)
    page = f"/my/applications/{application.id}"
    refused = send_own(own, f"{page}/referees/{asked}/take-back")
    assert refused.status_code == 422
    assert "answered already" in text_of(refused)
    assert send_own(own, foreign).status_code == 404
