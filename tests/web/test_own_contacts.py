"""Candidates correct how they are called and reached; another address counts once its mail was read."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.candidates import applied, own_client, send_own
from tests.careers import mails_of
from tests.factories import make_candidate
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.cli.worker import sender_of
from tracker.config import Config
from tracker.db import Database
from tracker.domain.mails import MailEvent
from tracker.domain.stages import Stage
from tracker.models.arrivals import Arrival
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.outbox import OutboxMessage
from tracker.services.mails import ADDRESS_PATH, write_mail

pytestmark = ON_BOTH


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def person(database: Database, candidate_id: int) -> Candidate:
    with database.reading() as session:
        return session.get_one(Candidate, candidate_id)


def test_name_phone_place_and_links_are_corrected_and_recruiters_see_that(
    app: Flask, database: Database
) -> None:
    number, candidate_id = applied(database, Stage.SCREENING)
    client = own_client(app, database, candidate_id)
    given = {
        "name": "Mina Yusuf",
        "phone": "020 7946 0958",
        "location": "Leeds",
        "links": "amina.example.net",
    }
    assert send_own(client, "/my/data/contact", **given).status_code == 303
    kept = person(database, candidate_id)
    assert (kept.name, kept.sort_name, kept.location) == ("Mina Yusuf", "mina yusuf", "Leeds")
    assert "mina" in kept.search_text
    with database.reading() as session:
        assert session.get_one(Arrival, number).links == "https://amina.example.net"
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "candidate:correct")).all()
    assert {line.application_id for line in lines} == {None, number}
    assert all(line.detail and set(line.detail["fields"]) == set(given) for line in lines)
    rita = sign_in(app.test_client(), "rita")
    said = text_of(rita.get(f"/applications/{number}"))
    assert "Corrected: name, phone number, where they live, links" in said
    assert send_own(client, "/my/data/contact", **given).status_code == 303
    assert text_of(rita.get(f"/applications/{number}")).count("Corrected:") == 1


def test_what_cannot_stand_is_refused_at_its_field_and_nothing_is_kept(
    app: Flask, database: Database
) -> None:
    _, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    for wrong in ({"name": ""}, {"links": "no address at all"}, {"phone": "1" * 61}, {"seen": "older"}):
        given = {"name": "Somebody Else", "location": "Elsewhere", **wrong}
        assert send_own(client, "/my/data/contact", **given).status_code == 422
    assert person(database, candidate_id).name == "Amina Yusuf"


def mailed_path(database: Database, config: Config) -> str:
    """The page of the link in the last mail about a new address."""
    with database.writing() as session:
        row = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind == MailEvent.ADDRESS_TO_CONFIRM)
            .order_by(OutboxMessage.id.desc())
        ).first()
        assert row is not None
        mail = write_mail(session, row, sender_of(config), is_going_out=True)
    return next(word for word in mail.text.split() if ADDRESS_PATH in word).removeprefix(config.base_url)


def press(client: ReadingClient, path: str) -> Any:
    client.get(path)
    return client.post(path, data={"csrf_token": client.token})


def test_another_address_counts_once_its_mail_was_read(
    app: Flask, database: Database, config: Config
) -> None:
    number, candidate_id = applied(database)
    old = person(database, candidate_id).email
    client = own_client(app, database, candidate_id)
    assert send_own(client, "/my/data/address", email="not an address").status_code == 422
    assert send_own(client, "/my/data/address", email=old or "").status_code == 422
    assert send_own(client, "/my/data/address", email="Amina.New@example.net").status_code == 303
    assert person(database, candidate_id).email == old
    (mail,) = mails_of(database, config, MailEvent.ADDRESS_TO_CONFIRM)
    assert mail.to_email == "amina.new@example.net"
    path = mailed_path(database, config)
    browser = app.test_client()
    assert browser.get(path).status_code == 200
    assert person(database, candidate_id).email == old
    assert press(browser, path).status_code == 303
    assert person(database, candidate_id).email == "amina.new@example.net"
    assert press(browser, path).status_code == 404
    # Who reads the mail of the old address is let in no more, and told once.
    assert client.get("/my").status_code == 302
    (told,) = mails_of(database, config, MailEvent.ADDRESS_CHANGED)
    assert told.to_email == old
    said = text_of(sign_in(app.test_client(), "rita").get(f"/applications/{number}"))
    assert "Corrected: e-mail address" in said


def test_only_the_last_address_named_can_be_confirmed_and_none_of_somebody_else(
    app: Flask, database: Database, config: Config
) -> None:
    _, candidate_id = applied(database)
    client = own_client(app, database, candidate_id)
    send_own(client, "/my/data/address", email="first@example.net")
    first = mailed_path(database, config)
    with database.writing() as session:
        make_candidate(session, "Jonas Berg", email="jonas@example.net")
    # Nothing tells that somebody has it.
    assert send_own(client, "/my/data/address", email="jonas@example.net").status_code == 303
    assert press(app.test_client(), first).status_code == 404
    refused = press(app.test_client(), mailed_path(database, config))
    assert refused.status_code == 404
    assert "bring them together" in text_of(refused)
    assert person(database, candidate_id).email != "jonas@example.net"
