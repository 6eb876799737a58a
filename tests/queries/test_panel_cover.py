"""The cover is checked again on the people who are assigned, not on rounds alone."""

from datetime import timedelta

import pytest

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import DOCUMENT, RUBRIC, hand_in, plan_rounds, publish_rubric
from tracker import clock
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.stages import Stage
from tracker.queries.panel_cover import lacking_cover
from tracker.services.interviews import schedule_interview

PLAN = [planned["competencies"] for planned in DOCUMENT["plan"]]
NAMES = [row.name for row in RUBRIC.competencies if row.is_required]


@pytest.fixture
def people(session):
    return [make_actor(session, Role.INTERVIEWER, name=f"Ivan {number}") for number in range(len(PLAN))]


@pytest.fixture
def application(session):
    job = make_job(session)
    publish_rubric(session, job)
    plan_rounds(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


def assign(session, application, people):
    """One person for each round, in their order; fewer people leave rounds open."""
    return [
        schedule_interview(
            session,
            application,
            kind=InterviewKind.IN_PERSON,
            starts_at=clock.now() - timedelta(hours=3 * place),
            minutes=45,
            panel=[person.id],
            competencies=PLAN[place - 1],
            round_position=place,
            actor=SYSTEM,
        )
        for place, person in enumerate(people, 1)
    ]


def test_nothing_is_said_before_every_round_has_its_session(session, application, people):
    assign(session, application, people[:1])
    assert lacking_cover(session, application) == ()


def test_people_of_their_own_cover_the_plan(session, application, people):
    assign(session, application, people)
    assert lacking_cover(session, application) == ()


def test_one_person_on_every_session_counts_once(session, application, people):
    sessions = assign(session, application, [people[0]] * len(PLAN))
    assert set(lacking_cover(session, application)) == set(NAMES)
    hand_in(session, sessions[0], people[0])
    assert set(lacking_cover(session, application)) == set(NAMES), "cards change nothing"


def test_job_without_a_rubric_lacks_nothing(session):
    application = make_application(session, make_job(session), stage=Stage.INTERVIEW)
    assert lacking_cover(session, application) == ()
