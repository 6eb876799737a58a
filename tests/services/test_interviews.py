"""Interviews: sessions stand on a published rubric, panels are of active people, nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.interviewing import KEYS, hand_in, plan_rounds, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import InterviewStatus
from tracker.models.jobs import TeamMember
from tracker.models.rubrics import RubricStatus
from tracker.queries.facts import gather_facts
from tracker.queries.interviews import Clash, clashes, my_interviews, owes_card, panel_of, sessions_of
from tracker.queries.scorecards import own_card
from tracker.services.interviews import (
    cancel_interview,
    hold_interview,
    reschedule_interview,
    schedule_interview,
    set_panel,
)
from tracker.services.moves import make_move
from tracker.services.scorecards import save_draft


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def ines(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ines")


@pytest.fixture
def application(session: Session) -> Application:
    job = make_job(session)
    publish_rubric(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


def test_session_needs_a_published_rubric(session: Session, rita: Actor, ines: Actor) -> None:
    application = make_application(session, stage=Stage.INTERVIEW)
    with pytest.raises(RuleBroken, match="Publish a rubric"):
        schedule(session, application, ines, actor=rita)


def test_first_session_pins_the_latest_published_rubric(session: Session, rita: Actor, ines: Actor) -> None:
    job = make_job(session)
    publish_rubric(session, job)
    latest = publish_rubric(session, job, number=2)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    first = schedule(session, application, ines, actor=rita)
    publish_rubric(session, job, number=3)
    second = schedule(session, application, ines, actor=rita)
    assert job.rubric_id == first.rubric_id == second.rubric_id == latest.id


def test_retired_rubric_takes_no_new_session(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=rita)
    interview.rubric.status = RubricStatus.RETIRED
    with pytest.raises(RuleBroken, match="rubric is retired") as refused:
        schedule(session, application, ines, actor=rita)
    assert refused.value.field == "competencies"


def test_panel_joins_the_hiring_team(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    hank = make_user(session, "Hank", Role.HIRING_MANAGER)
    join_team(session, application.job, hank, TeamRole.HIRING_MANAGER)
    interview = schedule(session, application, ines, actor_of(session, hank), actor=rita)
    rows = session.execute(
        select(TeamMember.user_id, TeamMember.role).where(TeamMember.job_id == application.job_id)
    )
    assert set(rows) == {(ines.id, TeamRole.INTERVIEWER), (hank.id, TeamRole.HIRING_MANAGER)}
    assert panel_of(session, application.id) == owes_card(session, application.id) == {ines.id, hank.id}
    assert my_interviews(session, hank.id) == [(interview, None)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"panel": []}, "panel"),
        ({"panel": [10**6]}, "panel"),
        ({"panel": [10**30]}, "panel"),
        ({"starts_at": datetime.max.replace(tzinfo=UTC)}, "starts_at"),
        ({"competencies": []}, "competencies"),
        ({"competencies": ["charm"]}, "competencies"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"title": "x" * 201}, "title"),
        ({"round_position": 9}, "round_position"),
    ],
)
def test_session_that_makes_no_sense_is_refused_at_its_field(
    session: Session, application: Application, rita: Actor, ines: Actor, changed: dict, field: str
) -> None:
    given = {"kind": InterviewKind.PANEL, "starts_at": clock.now(), "minutes": 45, "competencies": KEYS[:1]}
    with pytest.raises(RuleBroken) as refused:
        schedule_interview(session, application, **{**given, "panel": [ines.id], **changed}, actor=rita)
    assert refused.value.field == field
    assert sessions_of(session, application.id) == []


def test_disabled_person_sits_on_no_panel(session: Session, application: Application, rita: Actor) -> None:
    gone = make_user(session, "Gone", Role.INTERVIEWER)
    gone.is_active = False
    with pytest.raises(RuleBroken, match="active people"):
        schedule(session, application, actor_of(session, gone), actor=rita)


def test_session_stands_for_the_planned_round_with_its_competencies(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    rounds = plan_rounds(session, application.job)
    held = [schedule(session, application, ines, actor=rita, competencies=r.competencies) for r in rounds]
    assert {i.round_position for i in held} == {r.position for r in rounds}
    for interview in held:
        hold_interview(session, interview, actor=rita)
    facts = gather_facts(session, [application.id], now=clock.now())[application.id]
    assert facts.rounds_held == facts.rounds_planned == len(rounds)


def test_cancelled_session_frees_its_round_and_owes_no_card(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    first = plan_rounds(session, application.job)[0]
    interview = schedule(session, application, ines, actor=rita, competencies=first.competencies)
    with pytest.raises(RuleBroken, match="why the session is cancelled"):
        cancel_interview(session, interview, reason=" ", actor=rita)
    cancel_interview(session, interview, reason="The candidate is ill", actor=rita)
    assert owes_card(session, application.id) == panel_of(session, application.id) == frozenset()
    again = schedule(session, application, ines, actor=rita, competencies=first.competencies)
    assert again.round_position == interview.round_position


def test_held_session_is_neither_cancelled_nor_held_again(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    interview = hold_interview(session, schedule(session, application, ines, actor=rita), actor=rita)
    with pytest.raises(RuleBroken, match="held already"):
        cancel_interview(session, interview, reason="A mistake", actor=rita)
    with pytest.raises(RuleBroken, match="held already"):
        hold_interview(session, interview, actor=rita)


def test_begun_session_of_a_closed_application_can_be_cancelled(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=rita, starts_at=clock.now() - timedelta(minutes=5))
    closing = MoveRequest(MoveKind.WITHDRAW, disposition="other_offer")
    seen = {"seen_stage": Stage.INTERVIEW, "seen_version": application.version}
    make_move(session, application.id, closing, actor=rita, **seen)
    cancel_interview(session, interview, reason="The candidate withdrew", actor=rita)
    assert interview.status is InterviewStatus.CANCELLED


def test_panel_changes_but_keeps_whoever_handed_in(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    ivan = make_actor(session, Role.INTERVIEWER, name="Ivan")
    interview = schedule(session, application, ines, actor=rita)
    set_panel(session, interview, [ines.id, ivan.id], actor=rita)
    save_draft(session, interview, ratings=[], summary="Begun", actor=ivan)
    set_panel(session, interview, [ines.id], actor=rita)
    assert panel_of(session, application.id) == {ines.id}
    hand_in(session, interview, ines)
    with pytest.raises(RuleBroken, match="stays on the panel"):
        set_panel(session, interview, [ivan.id], actor=rita)
    set_panel(session, interview, [ines.id, ivan.id], actor=rita)
    card = own_card(session, interview.id, ivan.id)
    assert card is not None
    assert card.summary == "Begun", "a draft comes back with its author"


def test_session_moves_until_a_card_is_in(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=rita)
    earlier = interview.starts_at - timedelta(hours=1)
    reschedule_interview(session, interview, starts_at=earlier, minutes=30, place="Room 4", actor=rita)
    assert (interview.starts_at, interview.minutes, interview.place) == (earlier, 30, "Room 4")
    hand_in(session, interview, ines)
    with pytest.raises(RuleBroken, match="keeps its time") as refused:
        reschedule_interview(session, interview, starts_at=earlier, minutes=45, place="", actor=rita)
    assert refused.value.field == "starts_at"
    reschedule_interview(session, interview, starts_at=earlier, minutes=30, place="Room 5", actor=rita)
    with pytest.raises(RuleBroken, match="A scorecard is in"):
        cancel_interview(session, interview, reason="A mistake", actor=rita)


@pytest.mark.parametrize("is_other_card_in", [True, False])
def test_who_owes_a_card_is_refused_alike_whether_or_not_another_is_in(
    session: Session, application: Application, rita: Actor, ines: Actor, is_other_card_in: bool
) -> None:
    hank = make_actor(session, Role.HIRING_MANAGER, application.job, [TeamRole.HIRING_MANAGER], name="Hank")
    interview = schedule(session, application, ines, hank, actor=rita)
    if is_other_card_in:
        hand_in(session, interview, ines)
    at, minutes = interview.starts_at, interview.minutes
    deeds = [
        lambda: cancel_interview(session, interview, reason="Ill", actor=hank),
        lambda: set_panel(session, interview, [hank.id], actor=hank),
        lambda: reschedule_interview(session, interview, starts_at=at, minutes=minutes, place="", actor=hank),
    ]
    for deed in deeds:
        with pytest.raises(RuleBroken, match="your own scorecard is due"):
            deed()


def test_who_owes_a_card_still_changes_a_session_to_come(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    hank = make_actor(session, Role.HIRING_MANAGER, application.job, [TeamRole.HIRING_MANAGER], name="Hank")
    soon = clock.now() + timedelta(days=1)
    interview = schedule(session, application, ines, hank, actor=rita, starts_at=soon)
    set_panel(session, interview, [hank.id], actor=hank)
    cancel_interview(session, interview, reason="The candidate is ill", actor=hank)
    assert interview.status is InterviewStatus.CANCELLED


def test_round_counts_as_held_when_its_session_is_over_whatever_cards_say(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    rounds = plan_rounds(session, application.job)
    now = clock.now()
    over = schedule(session, application, ines, actor=rita, competencies=rounds[0].competencies)
    to_come = now + timedelta(days=1)
    schedule(session, application, ines, actor=rita, competencies=rounds[1].competencies, starts_at=to_come)

    def held() -> int:
        return gather_facts(session, [application.id], now=now)[application.id].rounds_held

    assert held() == 1
    hand_in(session, over, ines)
    assert held() == 1


def test_clashes_are_named_without_saying_whose_they_are(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    at = clock.now() + timedelta(days=1)
    other = make_application(session, application.job, stage=Stage.INTERVIEW)
    first = schedule(session, other, ines, actor=rita, starts_at=at)
    asked = {"minutes": 60, "panel": [ines.id], "candidate_id": application.candidate_id, "actor": rita}
    assert clashes(session, starts_at=at - timedelta(minutes=30), **asked) == [Clash("Ines", at, 45)]
    assert clashes(session, starts_at=at + timedelta(minutes=45), **asked) == []
    assert clashes(session, starts_at=at, except_for=first.id, **asked) == []
    theirs = asked | {"panel": [], "candidate_id": other.candidate_id}
    assert clashes(session, starts_at=at, **theirs) == [Clash(None, at, 45)]
    stranger = make_actor(session, Role.HIRING_MANAGER, name="Sam")
    assert clashes(session, starts_at=at, **theirs | {"actor": stranger}) == []


def test_sessions_belong_to_the_interview_stage(session: Session, rita: Actor, ines: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken, match="belongs to Interview"):
        schedule(session, application, ines, actor=rita)


def test_interviewer_schedules_nothing(session: Session, application: Application, ines: Actor) -> None:
    with pytest.raises(NotPermitted):
        schedule(session, application, ines, actor=ines)
