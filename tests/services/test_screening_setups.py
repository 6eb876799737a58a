"""How a job screens: its points, and calls that are scored on them."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.moving import move
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.screening_answers import QuestionKind, QuestionShape
from tracker.domain.screening_points import PointRating, RatedPoint
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.screenings import CallResult
from tracker.queries.screening_queues import first_in_queue, what_is_ahead
from tracker.services.job_plans import add_question
from tracker.services.screening_setups import set_screening
from tracker.services.screenings import record_resume_review, record_screening_call

POINTS = ["Why this job", "Notice period", "Shifts"]


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


def rated(points: list[str] = POINTS) -> list[RatedPoint]:
    return [RatedPoint(point, PointRating.STRONG, "Said so") for point in points]


def test_points_are_set_changed_and_taken_away(session: Session, rita: Actor) -> None:
    job = make_job(session)
    assert set_screening(session, job, POINTS, version=1, actor=rita).screening_points == POINTS
    with pytest.raises(ChangedMeanwhile):
        set_screening(session, job, [], version=1, actor=rita)
    with pytest.raises(RuleBroken, match="3 to 5"):
        set_screening(session, job, POINTS[:2], version=2, actor=rita)
    assert set_screening(session, job, ["", " "], version=2, actor=rita).screening_points is None
    entries = session.query(AuditEntry).filter_by(action="job:set_screening").all()
    assert [entry.actor for entry in entries] == [rita.key, rita.key]


def test_points_are_for_those_who_set_the_plan(session: Session) -> None:
    job = make_job(session)
    ines = make_actor(session, Role.INTERVIEWER, job, [TeamRole.INTERVIEWER], name="Ines")
    with pytest.raises(NotPermitted):
        set_screening(session, job, POINTS, actor=ines)


def test_call_keeps_the_words_that_were_asked(session: Session, rita: Actor) -> None:
    job = make_job(session, screening_points=POINTS)
    application = make_application(session, job, stage=Stage.SCREENING)
    call = record_screening_call(session, application, result=CallResult.WEAK, rated=rated(), actor=rita)
    set_screening(session, job, ["Hours", "Pay", "Start"], actor=rita)
    session.flush()
    session.expire(call)
    assert [row["point"] for row in call.points] == POINTS
    # The result is the caller's own, whatever the points say.
    assert call.result is CallResult.WEAK
    with pytest.raises(RuleBroken, match="not scored"):
        record_screening_call(session, application, result=CallResult.STRONG, rated=rated(), actor=rita)


@pytest.mark.parametrize("result", [CallResult.NOT_REACHED, CallResult.STRONG])
def test_call_without_ratings_keeps_none_where_nobody_was_reached_or_none_are_given(
    session: Session, rita: Actor, result: CallResult
) -> None:
    job = make_job(session, screening_points=POINTS)
    application = make_application(session, job, stage=Stage.SCREENING)
    given = [] if result is CallResult.NOT_REACHED else None
    call = record_screening_call(session, application, result=result, rated=given, actor=rita)
    assert call.points is None


def test_call_that_reached_somebody_rates_every_point(session: Session, rita: Actor) -> None:
    job = make_job(session, screening_points=POINTS)
    application = make_application(session, job, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="Rate this point"):
        record_screening_call(
            session, application, result=CallResult.STRONG, rated=rated(POINTS[:2]), actor=rita
        )


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        ((True, True), {Requirement.RESUME_REVIEW, Requirement.SCREENING_CALL}),
        ((False, True), {Requirement.SCREENING_CALL}),
        ((True, False), {Requirement.RESUME_REVIEW}),
        ((False, False), set()),
    ],
)
def test_a_job_says_whether_advancing_needs_the_review_and_the_call(
    session: Session, rita: Actor, asked: tuple[bool, bool], lacking: set[Requirement]
) -> None:
    job = make_job(session)
    set_screening(session, job, [], needs_resume_review=asked[0], needs_screening_call=asked[1], actor=rita)
    application = make_application(session, job, stage=Stage.SCREENING)
    waits, to_call, not_passed = what_is_ahead(session, job.id, rita)
    assert (waits, to_call, not_passed) == (int(asked[0]), int(asked == (False, True)), 0)
    assert first_in_queue(session, job.id, rita) == (application.id if asked[0] else None)
    if lacking:
        with pytest.raises(RequirementsUnmet) as refused:
            move(session, application, MoveRequest(MoveKind.ADVANCE), rita)
        assert {one.requirement for one in refused.value.unmet} == lacking
        return
    move(session, application, MoveRequest(MoveKind.ADVANCE), rita)
    assert application.stage is Stage.INTERVIEW


def test_a_review_that_was_not_passed_stands_in_the_way_though_none_is_needed(
    session: Session, rita: Actor
) -> None:
    job = make_job(session, needs_resume_review=False, needs_screening_call=False)
    application = make_application(session, job, stage=Stage.SCREENING)
    record_resume_review(session, application, passed=False, reason="Two fingers", actor=rita)
    with pytest.raises(RequirementsUnmet):
        move(session, application, MoveRequest(MoveKind.ADVANCE), rita)


def test_names_are_not_hidden_until_a_review_that_is_not_asked_for(session: Session, rita: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        set_screening(
            session, make_job(session), [], has_hidden_names=True, needs_resume_review=False, actor=rita
        )
    assert refused.value.field == "has_hidden_names"


@pytest.mark.parametrize("jurisdiction", [None, "CA", "EU-DE", "US", "GB"])
@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Do you have a disability?", ()),
        ("What is true of you?", ("I am fine", "Do you suffer from asthma?")),
    ],
)
def test_of_disability_applicants_are_asked_nowhere(
    session: Session, rita: Actor, jurisdiction: str | None, text: str, choices: tuple[str, ...]
) -> None:
    job = make_job(session, jurisdiction=jurisdiction)
    shape = QuestionShape(QuestionKind.CHOICE, choices) if choices else QuestionShape()
    with pytest.raises(RuleBroken) as refused:
        add_question(session, job, text, shape=shape, actor=rita)
    assert refused.value.field == "text"
    assert "health or disability" in refused.value.message
    assert job.questions == []


@pytest.mark.parametrize("jurisdiction", [None, "CA", "US"])
def test_points_of_a_call_ask_nothing_of_disability_either(
    session: Session, rita: Actor, jurisdiction: str | None
) -> None:
    job = make_job(session, jurisdiction=jurisdiction)
    with pytest.raises(RuleBroken, match="health or disability") as refused:
        set_screening(session, job, [*POINTS, "Do you have a disability?"], actor=rita)
    assert (refused.value.field, job.screening_points) == ("points", None)
