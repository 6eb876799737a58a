"""Debriefs: the hiring manager decides, with a reason, after their own cards are in."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.interviewing import KEYS, hand_in, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.debriefs import DebriefDecision
from tracker.queries.facts import gather_facts
from tracker.services.debriefs import decide_debrief
from tracker.services.moves import make_move

ADVANCE = {"decision": DebriefDecision.ADVANCE, "reason": "Two strong sessions"}


@pytest.fixture
def application(session: Session) -> Application:
    job = make_job(session)
    publish_rubric(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


@pytest.fixture
def hank(session: Session, application: Application) -> Actor:
    user = make_user(session, "Hank", Role.HIRING_MANAGER)
    join_team(session, application.job, user, TeamRole.HIRING_MANAGER)
    return actor_of(session, user)


def decision(session: Session, application: Application) -> bool | None:
    return gather_facts(session, [application.id], now=clock.now())[application.id].debrief_advances


def test_latest_decision_counts(session: Session, application: Application, hank: Actor) -> None:
    decide_debrief(session, application, decision=DebriefDecision.STOP, reason="Not yet", actor=hank)
    assert decision(session, application) is False
    debrief = decide_debrief(session, application, **ADVANCE, actor=hank)
    assert decision(session, application) is True
    assert (debrief.at_version, debrief.decided_by_id) == (application.version, hank.id)


def test_decision_needs_a_reason(session: Session, application: Application, hank: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide_debrief(session, application, decision=DebriefDecision.ADVANCE, reason=" ", actor=hank)
    assert refused.value.field == "reason"


def test_who_owes_a_card_does_not_decide(session: Session, application: Application, hank: Actor) -> None:
    interview = schedule(session, application, hank, actor=hank)
    with pytest.raises(NotPermitted, match="Your scorecard is due"):
        decide_debrief(session, application, **ADVANCE, actor=hank)
    hand_in(session, interview, hank)
    assert decide_debrief(session, application, **ADVANCE, actor=hank).id


def test_recruiters_and_managers_of_other_jobs_do_not_decide(
    session: Session, application: Application
) -> None:
    for other in (make_actor(session, Role.RECRUITER), make_actor(session, Role.HIRING_MANAGER)):
        with pytest.raises(NotPermitted):
            decide_debrief(session, application, **ADVANCE, actor=other)


def test_decision_older_than_a_return_no_longer_counts(
    session: Session, application: Application, hank: Actor
) -> None:
    decide_debrief(session, application, **ADVANCE, actor=hank)
    back = MoveRequest(MoveKind.RETURN, to=Stage.SCREENING, text="Call again")
    make_move(
        session,
        application.id,
        back,
        actor=hank,
        seen_stage=Stage.INTERVIEW,
        seen_version=application.version,
    )
    with pytest.raises(RuleBroken, match="belongs to Interview"):
        decide_debrief(session, application, **ADVANCE, actor=hank)
    assert decision(session, application) is None


def test_nobody_decides_against_the_score_without_saying_that_they_know(
    session: Session, application: Application, hank: Actor
) -> None:
    for name in ("Ines", "Ivo"):
        rater = actor_of(session, make_user(session, name, Role.INTERVIEWER))
        hand_in(session, schedule(session, application, rater, actor=hank, competencies=KEYS), rater, 0)
    with pytest.raises(RuleBroken, match="Say in the reason") as refused:
        decide_debrief(session, application, **ADVANCE, actor=hank)
    assert refused.value.field == "knows_score"
    assert decide_debrief(session, application, **ADVANCE, knows_score=True, actor=hank).is_against_score
    stop = decide_debrief(session, application, decision=DebriefDecision.STOP, reason="Too low", actor=hank)
    assert not stop.is_against_score
