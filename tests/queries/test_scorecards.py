"""Reads about scorecards: which were written independently, and what a person handed in."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, ratings, schedule
from tracker.domain.actors import Actor, Role
from tracker.domain.scorecards import Recommendation
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.queries.scorecards import independence, own_cards
from tracker.services.scorecards import amend_scorecard, read_others_cards


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


def test_card_shows_whether_it_was_written_independently(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    first = hand_in(session, schedule(session, application, ines, actor=rita), ines)
    read_others_cards(session, application, actor=rita, place="debrief")
    late = hand_in(session, schedule(session, application, rita, actor=rita), rita)
    assert independence(session, application.id, [first, late]) == {first.id: True, late.id: False}


def test_own_cards_are_the_original_and_its_amendments(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    interview = schedule(session, application, ines, rita, actor=rita)
    original = hand_in(session, interview, ines)
    hand_in(session, interview, rita)
    amended = amend_scorecard(
        session,
        original,
        ratings=ratings(KEYS[:2], 1),
        recommendation=Recommendation.NO,
        reason="Mixed two people up",
        actor=ines,
    )
    assert own_cards(session, interview.id, ines.id or 0) == [original, amended]
