"""The letter of an offer: kept as it was sent, whatever is renamed later."""

import hashlib
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.candidates import approved_offer, sent_offer
from tests.factories import actor_of, make_application, make_job
from tracker import clock
from tracker.domain.stages import Stage
from tracker.models.offer_letters import OfferLetter
from tracker.models.offers import Offer
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.offer_letters import letter_words
from tracker.services.offers import withdraw_offer


@pytest.fixture
def offer(session: Session) -> Offer:
    return sent_offer(session, make_application(session, make_job(session), stage=Stage.OFFER))


def test_the_letter_is_kept_with_its_hash_when_the_offer_is_sent(session: Session, offer: Offer) -> None:
    kept = session.get_one(OfferLetter, offer.id)
    assert kept.document_sha256 == hashlib.sha256(kept.document).hexdigest()
    assert kept.kept_at == offer.sent_at


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE offer_letters SET document = :other",
        "UPDATE offer_letters SET document_sha256 = 'x', document = :none",
        "UPDATE offer_letters SET document = :none",
        "DELETE FROM offer_letters",
        "INSERT INTO offer_letters SELECT * FROM offer_letters",
    ],
)
def test_the_database_lets_nobody_change_a_letter(session: Session, offer: Offer, attack: str) -> None:
    with pytest.raises(DBAPIError, match="offer_letters_"):
        session.execute(text(attack), {"other": b"another", "none": b""} if ":" in attack else {})


def test_the_words_of_a_person_who_is_erased_go(session: Session, offer: Offer) -> None:
    offer.application.candidate.erased_at = clock.now()
    session.flush()
    session.execute(text("UPDATE offer_letters SET document = :none"), {"none": b""})
    assert session.get_one(OfferLetter, offer.id).document == b""


def test_a_letter_says_its_days_in_the_zone_of_the_organisation(session: Session, offer: Offer) -> None:
    words = letter_words(offer, organisation="Acme", zone=ZoneInfo("Asia/Tokyo"))
    facts = dict(words["facts"])
    assert facts["Salary"] == "31,500 GBP per year"
    assert facts["Answer until"].endswith("JST")
    assert words["organisation"] == "Acme"


@pytest.mark.parametrize("make", [sent_offer, approved_offer])
def test_who_was_sent_an_offer_hears_that_it_is_taken_back(session: Session, make: Any) -> None:
    application = make_application(session, make_job(session), stage=Stage.OFFER)
    offer = make(session, application)
    rita = actor_of(session, session.get_one(User, offer.drafted_by_id))
    withdraw_offer(session, offer, reason="The salary was wrong", actor=rita)
    kinds = select(OutboxMessage.kind).where(OutboxMessage.application_id == application.id)
    assert ("offer_withdrawn" in session.scalars(kinds).all()) is (make is sent_offer)
