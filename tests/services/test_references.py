"""References: asked only with the candidate's consent, and kept as they came."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application
from tracker import clock
from tracker.domain.actors import Actor, ActorKind, Role
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.outbox import OutboxMessage
from tracker.models.references import ReferenceResult
from tracker.queries.facts import gather_facts
from tracker.services.moves import make_move
from tracker.services.references import (
    add_reference,
    record_consent,
    record_reference_result,
    request_reference,
)
from tracker.services.reminders import queue_referee_reminders


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def application(session: Session) -> Application:
    return make_application(session, stage=Stage.REFERENCES)


def received(session: Session, application: Application) -> int:
    return gather_facts(session, [application.id], now=clock.now())[application.id].references_received


def test_reference_counts_once_it_is_received(
    session: Session, application: Application, rita: Actor
) -> None:
    reference = add_reference(session, application, referee_name="Amina Yusuf", actor=rita)
    record_consent(session, reference, actor=rita)
    request_reference(session, reference, actor=rita)
    assert received(session, application) == 0
    record_reference_result(
        session, reference, result=ReferenceResult.RECEIVED, would_rehire=True, actor=rita
    )
    assert received(session, application) == 1
    assert (reference.would_rehire, reference.result_at is not None) == (True, True)


def test_a_referee_whom_the_candidate_names_is_written_to_at_once_and_reminded(
    session: Session, application: Application, rita: Actor
) -> None:
    candidate = Actor(ActorKind.CANDIDATE, application_id=application.id)
    named = add_reference(
        session, application, referee_name="Bela Kiss", email="bela@example.net", actor=candidate
    )
    (mail,) = session.scalars(select(OutboxMessage)).all()
    assert (mail.kind, mail.payload) == (MailEvent.REFERENCE_REQUESTED.value, {"reference_id": named.id})
    assert mail.not_before <= clock.now()
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert queue_referee_reminders(session) == 1
    add_reference(session, application, referee_name="Chidi", email="chidi@example.net", actor=rita)
    assert len(session.scalars(select(OutboxMessage)).all()) == 2


def test_referees_are_reminded_after_three_days_and_seven_and_not_made_up_for(
    session: Session, application: Application, rita: Actor
) -> None:
    reference = add_reference(
        session, application, referee_name="Bela Kiss", email="bela@example.org", actor=rita
    )
    record_consent(session, reference, actor=rita)
    asked = clock.now()
    with clock.standing_at(asked):
        request_reference(session, reference, actor=rita)
    told = []
    for hours in (71, 72, 73, 167, 168, 400):
        with clock.standing_at(asked + timedelta(hours=hours)):
            told.append(queue_referee_reminders(session))
    assert told == [0, 1, 0, 0, 1, 0]
    # Asked anew, and nobody looked for eight days: one mail, not two.
    again = asked + timedelta(days=20)
    with clock.standing_at(again):
        request_reference(session, reference, actor=rita)
    with clock.standing_at(again + timedelta(days=8)):
        assert queue_referee_reminders(session) == 1
    kinds = session.scalars(select(OutboxMessage.kind).where(OutboxMessage.application_id == application.id))
    assert list(kinds).count(MailEvent.REFERENCE_REMINDER) == 3


@pytest.mark.parametrize("why", ["answered", "unreachable", "no address", "moved on"])
def test_who_need_not_answer_is_not_reminded(
    session: Session, application: Application, rita: Actor, why: str
) -> None:
    email = None if why == "no address" else "bela@example.org"
    reference = add_reference(session, application, referee_name="Bela Kiss", email=email, actor=rita)
    record_consent(session, reference, actor=rita)
    request_reference(session, reference, actor=rita)
    results = {"answered": ReferenceResult.RECEIVED, "unreachable": ReferenceResult.UNREACHABLE}
    if why in results:
        record_reference_result(session, reference, result=results[why], actor=rita)
    if why == "moved on":
        request = MoveRequest(MoveKind.RETURN, to=Stage.INTERVIEW, text="Too early")
        make_move(
            session, application.id, request, actor=rita,
            seen_stage=application.stage, seen_version=application.version,
        )  # fmt: skip
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert queue_referee_reminders(session) == 0


def test_referee_is_not_asked_without_consent(
    session: Session, application: Application, rita: Actor
) -> None:
    reference = add_reference(session, application, referee_name="Amina Yusuf", actor=rita)
    with pytest.raises(RuleBroken, match="only with the candidate's consent"):
        request_reference(session, reference, actor=rita)
    with pytest.raises(RuleBroken, match="only with the candidate's consent"):
        record_reference_result(session, reference, result=ReferenceResult.RECEIVED, actor=rita)


@pytest.mark.parametrize("first", [ReferenceResult.REFUSED, ReferenceResult.UNREACHABLE])
def test_referee_who_was_silent_may_answer_later(
    session: Session, application: Application, rita: Actor, first: ReferenceResult
) -> None:
    reference = add_reference(session, application, referee_name="Amina Yusuf", actor=rita)
    record_consent(session, reference, actor=rita)
    record_reference_result(session, reference, result=first, actor=rita)
    assert received(session, application) == 0
    record_reference_result(session, reference, result=ReferenceResult.RECEIVED, actor=rita)
    with pytest.raises(RuleBroken, match="received already"):
        record_reference_result(session, reference, result=first, actor=rita)
    assert received(session, application) == 1


def test_consent_is_recorded_once(session: Session, application: Application, rita: Actor) -> None:
    reference = add_reference(session, application, referee_name="Amina Yusuf", actor=rita)
    record_consent(session, reference, actor=rita)
    with pytest.raises(RuleBroken, match="on file already"):
        record_consent(session, reference, actor=rita)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"referee_name": " "}, "referee_name"), ({"referee_name": "Amina", "email": "amina"}, "email")],
)
def test_referee_is_named_properly(
    session: Session, application: Application, rita: Actor, given: dict, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_reference(session, application, **given, actor=rita)
    assert refused.value.field == field


def test_references_belong_to_their_stage(session: Session, rita: Actor) -> None:
    with pytest.raises(RuleBroken, match="belongs to References"):
        add_reference(session, make_application(session, stage=Stage.OFFER), referee_name="Amina", actor=rita)


def test_interviewer_records_no_references(session: Session, application: Application) -> None:
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    with pytest.raises(NotPermitted):
        add_reference(session, application, referee_name="Amina", actor=ines)
