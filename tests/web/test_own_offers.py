"""An offer answered twice, at once, or too late: its candidate reads what is so, in words for candidates."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.candidates import applied, hidden_of, own_client, send_own, sent_offer
from tests.factories import actor_of
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.candidate_view import STANDING_LABELS, STANDING_SENTENCES, Standing
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.models.signatures import MissedAcceptance, OfferSignature
from tracker.models.users import User
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import Work
from tracker.services.signatures import NO_PLACE
from tracker.web import own_offers

pytestmark = ON_BOTH


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def with_offer(database: Database, **job: Any) -> tuple[int, int]:
    number, candidate_id = applied(database, Stage.OFFER, **job)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number))
    return number, candidate_id


def test_an_acceptance_that_comes_twice_is_answered_as_done(app: Flask, database: Database) -> None:
    number, candidate_id = with_offer(database, openings=1)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    sent = {"typed_name": "Amina Yusuf", **hidden_of(client.get(f"{page}/offer"))}
    for _ in range(3):
        answer = client.post(f"{page}/offer", data=sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "You have accepted our offer already" in text_of(client.get(page))
    with database.reading() as session:
        assert len(session.scalars(select(OfferSignature)).all()) == 1
        moves = select(Move).where(Move.application_id == number, Move.to_stage == Stage.ONBOARDING)
        assert len(session.scalars(moves).all()) == 1


def test_of_two_acceptances_at_once_the_later_is_answered_as_done(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, candidate_id = with_offer(database, openings=1)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"

    def behind_the_other(*_: Any) -> None:
        own_offers.db_session().rollback()
        with database.writing() as session:
            session.execute(update(Offer).values(accepted_at=clock.now(), accepted_version=2))
        raise RuleBroken("An offer belongs to Offer; this application is in Onboarding.")

    monkeypatch.setattr(own_offers, "_sign", behind_the_other)
    answer = send_own(client, f"{page}/offer", typed_name="Amina Yusuf")
    assert (answer.status_code, answer.headers["Location"]) == (303, page)


def test_who_comes_second_for_the_last_opening_reads_it_in_plain_words(
    app: Flask, database: Database
) -> None:
    first, amina = with_offer(database, openings=1)
    with database.reading() as session:
        job_id = session.get_one(Application, first).job_id
    second, zora = with_offer(database, name="Zora", id=job_id)
    assert (
        send_own(own_client(app, database, amina), _offer(first), typed_name="yusuf, Amina").status_code
        == 303
    )
    answer = send_own(own_client(app, database, zora), _offer(second), typed_name="Zora")
    assert answer.status_code == 422
    assert NO_PLACE in text_of(answer)
    assert "Onboarding" not in text_of(answer)
    with database.reading() as session:
        assert session.get_one(Application, second).stage is Stage.OFFER
        kept = session.scalars(select(Offer.accepted_at).where(Offer.application_id == second)).one()
        assert kept is None
        missed = session.scalars(select(MissedAcceptance)).one()
    # Their recruiter finds it among what waits, with one thing to do, until somebody acts.
    with database.writing() as session:
        drafter = select(Offer.drafted_by_id).where(Offer.application_id == second)
        actor = actor_of(session, session.get_one(User, session.scalars(drafter).one()))
        groups = {one.work: one for one in my_work(session, actor, clock.now())}
        (row,) = groups[Work.NO_OPENING].rows
        assert (row.application_id, row.name, row.at) == (second, "Zora", missed.at)
    olga = sign_in(app.test_client(), "olga")
    said = text_of(olga.get(f"/applications/{second}/offers"))
    assert "Accepted, but no opening left" in said
    assert "Change the openings" in said
    with database.writing() as session:
        session.get_one(Job, job_id).openings = 2
    again = own_client(app, database, zora)
    assert send_own(again, _offer(second), typed_name="Zora").status_code == 303
    with database.reading() as session:
        assert Work.NO_OPENING not in {one.work for one in my_work(session, actor, clock.now())}


def test_a_name_that_is_another_does_not_sign_and_is_told_how_it_stands(
    app: Flask, database: Database
) -> None:
    number, candidate_id = with_offer(database, openings=1)
    client = own_client(app, database, candidate_id)
    refused = send_own(client, _offer(number), typed_name="Jonas Berg")
    assert refused.status_code == 422
    assert "We have your name as Amina Yusuf" in text_of(refused)
    with database.reading() as session:
        assert session.get_one(Application, number).stage is Stage.OFFER
    assert send_own(client, _offer(number), typed_name="YUSUF  amína").status_code == 303


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "The time to answer our offer is over"),
        ({"withdrawn_at": clock.now(), "withdrawn_reason": "Budget"}, "no offer that waits"),
        ({"accepted_at": clock.now(), "accepted_version": 2}, "You have accepted our offer already"),
        ({"declined_at": clock.now(), "decline_reason": "Other"}, "You have declined our offer already"),
    ],
)
def test_what_takes_no_answer_any_more_opens_no_form_to_decline_it(
    app: Flask, database: Database, changes: dict[str, Any], said: str
) -> None:
    number, candidate_id = late_offer(database, changes)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        for method in ("GET", "POST"):
            sent = {"csrf_token": client.token, "reason": "No"}
            answer = client.open(f"{page}/offer/decline", method=method, data=sent)
            assert (answer.status_code, answer.headers["Location"]) == (303, page)
            assert said in text_of(client.get(page))


def test_declining_that_comes_twice_is_answered_as_done(app: Flask, database: Database) -> None:
    number, candidate_id = with_offer(database)
    client = own_client(app, database, candidate_id)
    page = f"/my/applications/{number}"
    client.get(f"{page}/offer/decline")
    for _ in range(2):
        answer = client.post(
            f"{page}/offer/decline", data={"csrf_token": client.token, "reason": "Another offer"}
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, page)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OFFER_EXPIRED),
        ({"withdrawn_at": clock.now(), "withdrawn_reason": "Budget"}, Standing.OFFER_TAKEN_BACK),
        ({"declined_at": clock.now(), "decline_reason": "Other"}, Standing.OFFER_DECLINED),
    ],
)
def test_the_page_says_what_became_of_the_offer(
    app: Flask, database: Database, changes: dict[str, Any], standing: Standing
) -> None:
    number, candidate_id = late_offer(database, changes)
    client = own_client(app, database, candidate_id)
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        for page in ("/my", f"/my/applications/{number}"):
            said = text_of(client.get(page))
            assert STANDING_LABELS[standing] in said
            assert STANDING_SENTENCES[standing] in said
            assert "We are writing you an offer" not in said


def late_offer(database: Database, changes: dict[str, Any]) -> tuple[int, int]:
    """An offer that ends in an hour, and what became of it by then."""
    number, candidate_id = applied(database, Stage.OFFER)
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, number), expires_at=clock.now() + timedelta(hours=1))
        if changes:
            session.execute(update(Offer).values(**changes))
    return number, candidate_id


def _offer(number: int) -> str:
    return f"/my/applications/{number}/offer"
