"""Screening: what is kept of the résumé review and the screening call."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.screenings import CallResult
from tracker.queries.facts import gather_facts
from tracker.services.moves import make_move
from tracker.services.screenings import record_resume_review, record_screening_call, waive_screening_call

EXPERIENCE = "One year of order handling"


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


def test_review_and_call_make_an_application_ready_for_interviews(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    record_resume_review(session, application, passed=True, actor=rita)
    record_screening_call(session, application, result=CallResult.STRONG, notes="Clear", actor=rita)
    facts = gather_facts(session, [application.id], now=clock.now())[application.id]
    assert facts.resume_review_passed is True
    assert facts.is_screening_call_done


def test_latest_review_counts(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    record_resume_review(session, application, passed=False, reason="No order handling", actor=rita)
    record_resume_review(session, application, passed=True, actor=rita)
    assert gather_facts(session, [application.id], now=clock.now())[application.id].resume_review_passed


def test_review_that_is_not_passed_needs_a_reason(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="does not pass") as refused:
        record_resume_review(session, application, passed=False, reason="  ", actor=rita)
    assert refused.value.field == "reason"


def test_resume_that_misses_a_minimum_qualification_does_not_pass(session: Session, rita: Actor) -> None:
    job = make_job(session, minimum_qualifications=[EXPERIENCE])
    application = make_application(session, job, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="minimum qualification"):
        record_resume_review(
            session, application, passed=True, qualifications={EXPERIENCE: False}, actor=rita
        )
    review = record_resume_review(
        session, application, passed=True, qualifications={EXPERIENCE: True}, actor=rita
    )
    assert review.qualifications == [{"qualification": EXPERIENCE, "is_met": True}]


def test_review_asks_only_what_the_job_asks(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="does not ask"):
        record_resume_review(session, application, passed=True, qualifications={"Height": True}, actor=rita)


def test_waiver_of_the_call_needs_a_reason(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="waived") as refused:
        waive_screening_call(session, application, reason="", actor=rita)
    assert refused.value.field == "reason"
    with pytest.raises(RuleBroken, match="Waive"):
        record_screening_call(session, application, result=CallResult.WAIVED, actor=rita)
    call = waive_screening_call(session, application, reason="Called last month", actor=rita)
    assert (call.result, call.waived_reason) == (CallResult.WAIVED, "Called last month")


def test_call_that_reached_nobody_does_not_count(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    record_screening_call(session, application, result=CallResult.NOT_REACHED, actor=rita)
    assert not gather_facts(session, [application.id], now=clock.now())[application.id].is_screening_call_done


@pytest.mark.parametrize("stage", [Stage.APPLICATION, Stage.INTERVIEW])
def test_screening_is_recorded_in_screening_only(session: Session, rita: Actor, stage: Stage) -> None:
    application = make_application(session, stage=stage)
    with pytest.raises(RuleBroken, match="belongs to Screening"):
        record_screening_call(session, application, result=CallResult.STRONG, actor=rita)


def test_closed_application_takes_no_more_records(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    closing = MoveRequest(MoveKind.REJECT, disposition="less_qualified")
    make_move(session, application.id, closing, actor=rita, seen_stage=Stage.SCREENING, seen_version=2)
    with pytest.raises(RuleBroken, match="this one is rejected"):
        record_resume_review(session, application, passed=True, actor=rita)


def test_only_recruiters_and_hr_record_screening(session: Session) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    hank = make_actor(session, Role.HIRING_MANAGER, application.job, [TeamRole.HIRING_MANAGER])
    with pytest.raises(NotPermitted):
        record_resume_review(session, application, passed=True, actor=hank)


def test_text_that_no_database_keeps_is_refused_with_a_sentence(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    for bad in ("a\x00b", "a\ud800b"):
        with pytest.raises(RuleBroken, match="no text"):
            record_screening_call(session, application, result=CallResult.WEAK, notes=bad, actor=rita)
    with pytest.raises(RuleBroken, match="more than"):
        record_screening_call(session, application, result=CallResult.WEAK, notes="x" * 10_001, actor=rita)


def test_screening_leaves_its_row_in_the_audit_log(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    record_resume_review(session, application, passed=True, actor=rita)
    session.flush()
    entry = session.query(AuditEntry).filter_by(action="resume_review:record").one()
    assert (entry.actor, entry.application_id) == (rita.key, application.id)
