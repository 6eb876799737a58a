"""Signing an offer: the letter that was read, the name that was typed, and the move, all or nothing."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.candidates import sent_offer
from tests.factories import make_application, make_job
from tracker import clock
from tracker.domain.actors import SYSTEM
from tracker.domain.deciding import NotPermitted
from tracker.domain.mails import MailEvent
from tracker.domain.notices import NoticeKind
from tracker.domain.onboarding import TaskOwner
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.candidates import Candidate
from tracker.models.onboarding import OnboardingTask
from tracker.models.outbox import OutboxMessage
from tracker.models.signatures import OfferSignature
from tracker.queries.notices import latest_consent
from tracker.services.candidate_access import candidate_actor
from tracker.services.notices import write_notice
from tracker.services.offers import decline_offer, withdraw_offer
from tracker.services.onboarding import finish_task
from tracker.services.signatures import NO_PLACE, NOT_NOW, sign_offer

LETTER = b"%PDF-1.7 the letter"
HASH = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def application(session):
    return make_application(session, make_job(session, openings=1), stage=Stage.OFFER)


def me(session, application):
    return candidate_actor(session.get_one(Candidate, application.candidate_id), application.id)


def sign(session, offer, application, **changes):
    given = {
        "typed_name": "Amina  Yusuf",
        "document": LETTER,
        "seen_sha256": HASH,
        "seen_notice": "offer-0",
        "seen_version": application.version,
        "address": "192.0.2.7",
        "agent": "A browser",
        "actor": me(session, application),
    }
    return sign_offer(session, offer, **{**given, **changes})


def test_signing_is_the_move_and_keeps_what_was_signed(session, application):
    offer = sent_offer(session, application)
    move = sign(session, offer, application)
    assert (move.to_stage, move.actor) == (Stage.ONBOARDING, "candidate")
    assert application.stage is Stage.ONBOARDING
    signature = session.get_one(OfferSignature, offer.id)
    assert (signature.typed_name, signature.document, signature.document_sha256) == (
        "Amina Yusuf",
        LETTER,
        HASH,
    )
    assert (signature.consent_version, signature.address, signature.agent) == (
        "offer-0",
        "192.0.2.7",
        "A browser",
    )
    assert "my signature by hand" in signature.consent_text
    assert latest_consent(session, application.candidate_id, NoticeKind.OFFER, application.id).typed_name
    assert session.scalar(select(func.count()).select_from(OnboardingTask)) > 0


def test_sending_an_offer_writes_to_the_candidate_once(session, application):
    sent_offer(session, application)
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MailEvent.OFFER_SENT)).all()
    assert len(rows) == 1
    assert rows[0].not_before <= clock.now()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"typed_name": "  "}, "is missing"),
        ({"document": b"another"}, "not the one you opened"),
        ({"seen_sha256": ""}, "not the one you opened"),
        ({"seen_notice": "offer-7"}, "read them again"),
        ({"seen_version": 1}, "moved since"),
    ],
)
def test_what_was_not_read_is_not_signed(session, application, changes, said):
    offer = sent_offer(session, application)
    with pytest.raises(RuleBroken, match=said), session.begin_nested():
        sign(session, offer, application, **changes)
    session.expire_all()
    assert application.stage is Stage.OFFER
    assert session.get(OfferSignature, offer.id) is None


def test_what_the_house_lacks_is_said_in_words_for_candidates(session, application):
    offer = sent_offer(session, application)
    application.job.status = JobStatus.ON_HOLD
    with pytest.raises(RuleBroken) as refused:
        sign(session, offer, application)
    assert refused.value.message == NOT_NOW
    assert (offer.accepted_at, application.stage) == (None, Stage.OFFER)


def test_an_offer_is_signed_by_its_candidate_alone(session, application):
    offer = sent_offer(session, application)
    other = make_application(session, make_job(session), stage=Stage.OFFER)
    with pytest.raises(NotPermitted):
        sign(session, offer, application, actor=me(session, other))


def test_a_late_a_withdrawn_and_a_declined_offer_are_not_signed(session, application, monkeypatch):
    offer = sent_offer(session, application)
    later = clock.now() + timedelta(days=8)
    with monkeypatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        with pytest.raises(RuleBroken, match="expired"):
            sign(session, offer, application)
    withdraw_offer(session, offer, reason="Budget", actor=SYSTEM)
    with pytest.raises(RuleBroken, match="withdrawn"):
        sign(session, offer, application)
    second = sent_offer(session, application)
    decline_offer(session, second, reason="Another one", actor=me(session, application))
    with pytest.raises(RuleBroken, match="declined"):
        sign(session, second, application)


def test_two_signatures_for_one_opening_fill_it_once(session, application):
    other = make_application(session, application.job, stage=Stage.OFFER)
    first, second = sent_offer(session, application), sent_offer(session, other)
    sign(session, first, application)
    with pytest.raises(RuleBroken, match=NO_PLACE), session.begin_nested():
        sign(session, second, other, actor=me(session, other))
    session.expire_all()
    assert other.stage is Stage.OFFER
    assert session.get(OfferSignature, second.id) is None


def test_words_that_changed_are_read_again(session, application):
    offer = sent_offer(session, application)
    write_notice(session, NoticeKind.OFFER, text="I sign.", seen_number=0, actor=SYSTEM)
    assert sign(session, offer, application, seen_notice="offer-1")
    assert session.get_one(OfferSignature, offer.id).consent_text == "I sign."


@pytest.mark.parametrize(
    "attack", ["UPDATE offer_signatures SET typed_name = 'x'", "DELETE FROM offer_signatures"]
)
def test_the_database_refuses_to_change_a_signature(session, application, attack):
    sign(session, sent_offer(session, application), application)
    with pytest.raises(DBAPIError, match="a signature stays as it was given"), session.begin_nested():
        session.execute(text(attack))


ERASED = "UPDATE offer_signatures SET typed_name = 'Erased', document = :none, address = NULL, agent = NULL"


def test_the_words_of_a_signature_go_with_its_person_and_its_hash_stays(session, application):
    offer = sent_offer(session, application)
    sign(session, offer, application)
    with pytest.raises(DBAPIError, match="a signature stays as it was given"), session.begin_nested():
        session.execute(text(ERASED), {"none": b""})
    session.execute(update(Candidate).values(erased_at=clock.now()))
    with pytest.raises(DBAPIError, match="a signature stays as it was given"), session.begin_nested():
        session.execute(text("UPDATE offer_signatures SET typed_name = 'x'"))
    session.execute(text(ERASED), {"none": b""})
    session.expire_all()
    signature = session.get_one(OfferSignature, offer.id)
    assert (signature.typed_name, signature.document, signature.document_sha256) == ("Erased", b"", HASH)


def test_a_new_hire_ticks_off_their_own_tasks_alone(session, application):
    sign(session, sent_offer(session, application), application)
    actor = me(session, application)
    tasks = session.scalars(select(OnboardingTask).order_by(OnboardingTask.id)).all()
    own = next(task for task in tasks if task.owner is TaskOwner.CANDIDATE)
    with pytest.raises(RuleBroken, match="once we have the paper"):
        finish_task(session, own, actor=actor)
    own.needs_file = False
    assert finish_task(session, own, actor=actor).done_by == "candidate"
    with pytest.raises(NotPermitted):
        finish_task(session, next(task for task in tasks if task.owner is TaskOwner.IT), actor=actor)
    assert application.outcome is Outcome.ACTIVE
