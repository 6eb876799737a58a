"""Background checks: each step needs the one before, and a report counts only after it could be answered."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.enclosing import enclose
from tests.factories import make_actor, make_application, make_job
from tests.moving import move
from tests.zones import days_of
from tracker import clock, places
from tracker.domain.actors import Actor, Role
from tracker.domain.background_checks import wait_until
from tracker.domain.deciding import MoveRequest, NotPermitted, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.references import AssessmentResult, BackgroundResult
from tracker.queries.facts import gather_facts
from tracker.services.background_checks import (
    assess,
    disclose,
    order,
    record_adverse,
    record_consent,
    record_result,
    send_pre_adverse,
)
from tracker.services.moves import make_move

REJECT = MoveRequest(MoveKind.REJECT, disposition="background_check", note="Assessed for this job")


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def olga(session: Session) -> Actor:
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def application(session: Session) -> Application:
    job = make_job(session, needs_background_check=True, jurisdiction="US-CA")
    return make_application(session, job, stage=Stage.REFERENCES)


def is_cleared(session: Session, application: Application) -> bool | None:
    return gather_facts(session, [application.id], now=clock.now())[application.id].is_background_cleared


def report(session: Session, application: Application, result: BackgroundResult, actor: Actor) -> None:
    enclose(session, application)
    disclose(session, application, actor=actor)
    record_consent(session, application, is_given=True, actor=actor)
    order(session, application, actor=actor)
    record_result(session, application, result=result, actor=actor)


def test_clear_report_clears(session: Session, application: Application, rita: Actor) -> None:
    report(session, application, BackgroundResult.CLEAR, rita)
    assert is_cleared(session, application) is True


def test_each_step_needs_the_one_before(session: Session, application: Application, rita: Actor) -> None:
    with pytest.raises(RuleBroken, match="Disclose"):
        record_consent(session, application, is_given=True, actor=rita)
    disclose(session, application, actor=rita)
    with pytest.raises(RuleBroken, match="disclosed already"):
        disclose(session, application, actor=rita)
    for step in (order, lambda *a, **k: record_result(*a, result=BackgroundResult.CLEAR, **k)):
        with pytest.raises(RuleBroken, match="consent first"):
            step(session, application, actor=rita)


def test_refused_consent_stops_the_check(session: Session, application: Application, rita: Actor) -> None:
    disclose(session, application, actor=rita)
    record_consent(session, application, is_given=False, actor=rita)
    with pytest.raises(RuleBroken, match="consent first"):
        order(session, application, actor=rita)
    record_consent(session, application, is_given=True, actor=rita)
    assert order(session, application, actor=rita).ordered_at
    with pytest.raises(RuleBroken, match="ordered already"):
        record_consent(session, application, is_given=False, actor=rita)


def test_report_is_assessed_individually_by_hr(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    report(session, application, BackgroundResult.CONSIDER, rita)
    assert is_cleared(session, application) is False
    given = {"assessment": AssessmentResult.ACCEPTABLE, "reason": "Long ago, and unrelated to the work"}
    with pytest.raises(NotPermitted):
        assess(session, application, **given, actor=rita)
    with pytest.raises(RuleBroken) as refused:
        assess(session, application, **{**given, "reason": ""}, actor=olga)
    assert refused.value.field == "reason"
    assess(session, application, **given, actor=olga)
    assert is_cleared(session, application) is True
    with pytest.raises(RuleBroken, match="assessed already"):
        record_result(session, application, result=BackgroundResult.CLEAR, actor=rita)


def test_clear_report_is_not_assessed(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    report(session, application, BackgroundResult.CLEAR, rita)
    with pytest.raises(RuleBroken, match="needs no individual assessment"):
        assess(session, application, assessment=AssessmentResult.ADVERSE, reason="No", actor=olga)
    with pytest.raises(RuleBroken, match="Only an adverse"):
        send_pre_adverse(session, application, text="Words.", actor=olga)


def test_adverse_decision_waits_until_the_candidate_could_answer(
    session: Session,
    application: Application,
    rita: Actor,
    olga: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report(session, application, BackgroundResult.CONSIDER, rita)
    assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Recent", actor=olga)
    with pytest.raises(RuleBroken, match="pre-adverse notice first"):
        record_adverse(session, application, actor=olga)
    check = send_pre_adverse(session, application, text="Words.", actor=olga)
    with pytest.raises(RuleBroken, match="notice was sent already"):
        send_pre_adverse(session, application, text="Words.", actor=olga)
    assert check.wait_until == wait_until(clock.today(), "US-CA")
    seen = {"seen_stage": Stage.REFERENCES, "seen_version": application.version}
    with pytest.raises(RuleBroken, match="may answer the report until"):
        record_adverse(session, application, actor=olga)
    with pytest.raises(RequirementsUnmet):
        make_move(session, application.id, REJECT, actor=olga, **seen)
    later = clock.now() + timedelta(days=(check.wait_until - clock.today()).days)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert record_adverse(session, application, actor=olga).adverse_sent_at == later
    with pytest.raises(RuleBroken, match="the assessment stays"):
        assess(session, application, assessment=AssessmentResult.ACCEPTABLE, reason="Late", actor=olga)
    with pytest.raises(RuleBroken, match="sent already"):
        record_adverse(session, application, actor=olga)
    make_move(session, application.id, REJECT, actor=olga, **seen)
    assert application.outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    ("zone", "hours", "is_over"),
    [
        ("America/Los_Angeles", 7, False),
        ("America/Los_Angeles", 9, True),
        ("UTC", -1, False),
        ("UTC", 0, True),
        ("Asia/Tokyo", -10, False),
        ("Asia/Tokyo", -8, True),
    ],
)
def test_the_waiting_ends_with_the_day_where_the_organisation_is(
    session: Session, application: Application, rita: Actor, olga: Actor, zone: str, hours: int, is_over: bool
) -> None:
    report(session, application, BackgroundResult.CONSIDER, rita)
    assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Recent", actor=olga)
    with days_of(zone), clock.standing_at(datetime(2127, 1, 7, 16, tzinfo=UTC)):
        check = send_pre_adverse(session, application, text="Words.", actor=olga)
        assert check.wait_until == wait_until(clock.today(), "US-CA")
        midnight = datetime.combine(check.wait_until, time(), UTC)
    with days_of(zone), clock.standing_at(midnight + timedelta(hours=hours)):
        if is_over:
            record_adverse(session, application, actor=olga)
            move(session, application, REJECT, rita)
            return
        with pytest.raises(RuleBroken, match="may answer the report until"):
            record_adverse(session, application, actor=olga)
        with pytest.raises(RequirementsUnmet):
            move(session, application, REJECT, rita)


@pytest.mark.parametrize("stage", STAGES[: Stage.REFERENCES.place])
def test_going_back_does_not_end_the_waiting(
    session: Session, application: Application, rita: Actor, olga: Actor, stage: Stage
) -> None:
    report(session, application, BackgroundResult.CONSIDER, rita)
    assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Recent", actor=olga)
    send_pre_adverse(session, application, text="Words.", actor=olga)
    back = MoveRequest(MoveKind.RETURN, to=stage, text="Looked at once more")
    move(session, application, back, rita)
    for reason in ("background_check", "less_qualified"):
        rejection = MoveRequest(MoveKind.REJECT, disposition=reason, note="Assessed for this job")
        with pytest.raises(RequirementsUnmet) as refused:
            move(session, application, rejection, rita)
        assert [m.requirement for m in refused.value.unmet] == [Requirement.PRE_ADVERSE_WAIT]


def test_the_report_is_no_reason_before_its_notice(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    with pytest.raises(RuleBroken) as refused:
        move(session, application, REJECT, rita)
    assert refused.value.field == "disposition"
    report(session, application, BackgroundResult.CONSIDER, rita)
    assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Recent", actor=olga)
    with pytest.raises(RuleBroken) as refused:
        move(session, application, REJECT, olga)
    assert refused.value.field == "disposition"


def test_answer_of_the_candidate_may_change_the_assessment(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    report(session, application, BackgroundResult.CONSIDER, rita)
    assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Recent", actor=olga)
    send_pre_adverse(session, application, text="Words.", actor=olga)
    assess(session, application, assessment=AssessmentResult.ACCEPTABLE, reason="Another person", actor=olga)
    assert is_cleared(session, application) is True
    with pytest.raises(RuleBroken, match="Only an adverse"):
        record_adverse(session, application, actor=olga)


def test_job_without_a_background_check_discloses_none(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.REFERENCES)
    with pytest.raises(RuleBroken, match="asks for no background check"):
        disclose(session, application, actor=rita)


def test_background_check_begins_with_the_references(session: Session, rita: Actor) -> None:
    job = make_job(session, needs_background_check=True)
    with pytest.raises(RuleBroken, match="belongs to References"):
        disclose(session, make_application(session, job, stage=Stage.SCREENING), actor=rita)


def test_where_a_job_names_no_jurisdiction_the_organisations_says_how_long(
    session: Session, rita: Actor, olga: Actor
) -> None:
    places.keep_law_of("us-pa-phl")
    days = {}
    for named in (None, "US-CA"):
        job = make_job(session, needs_background_check=True, jurisdiction=named)
        application = make_application(session, job, stage=Stage.REFERENCES)
        report(session, application, BackgroundResult.CONSIDER, rita)
        assess(session, application, assessment=AssessmentResult.ADVERSE, reason="Drives daily.", actor=olga)
        days[named] = send_pre_adverse(session, application, text="Words.", actor=olga).wait_until
    today = clock.today()
    assert days == {None: wait_until(today, "US-PA-PHL"), "US-CA": wait_until(today, "US-CA")}
    assert days[None] > days["US-CA"]
