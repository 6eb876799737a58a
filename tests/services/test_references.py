"""References: asked only with the candidate's consent, and kept as they came."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application
from tracker import clock
from tracker.domain.actors import Actor, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.references import ReferenceResult
from tracker.queries.facts import gather_facts
from tracker.services.references import (
    add_reference,
    record_consent,
    record_reference_result,
    request_reference,
)


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
