"""Facts that requirements ask about, gathered for many applications at once."""

from datetime import timedelta

import pytest

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.queries.facts import gather_facts
from tracker.queries.interview_facts import times_rated
from tracker.services.applications import apply
from tracker.services.candidates import CandidateDetails, add_candidate


@pytest.mark.parametrize(("profile", "is_met"), [(None, False), ({"basics": {"name": "Amina"}}, True)])
def test_a_person_without_a_profile_has_none(session, profile, is_met):
    rita = make_actor(session, Role.RECRUITER)
    details = CandidateDetails("Amina Yusuf", "amina@example.org", profile=profile)
    candidate = add_candidate(session, details, actor=rita)
    application = apply(session, make_job(session), candidate, actor=rita)
    session.expire_all()
    assert (
        gather_facts(session, [application.id], now=clock.now())[application.id].has_resume_or_profile
        is is_met
    )


def test_ratings_count_by_pairs_of_other_people_in_other_sessions(session):
    """Ann rates in three sessions, Bob and Cid in the first only: two of them share neither."""
    job = make_job(session, ratings_required=3)
    publish_rubric(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    ann, bob, cid = (
        make_actor(session, Role.INTERVIEWER, job, [TeamRole.INTERVIEWER], name)
        for name in ("Ann", "Bob", "Cid")
    )
    start = clock.now() - timedelta(days=3)
    for day, panel in enumerate([(ann, bob, cid), (ann,), (ann,)]):
        interview = schedule(
            session, application, *panel, actor=SYSTEM, starts_at=start + timedelta(days=day)
        )
        for person in panel:
            hand_in(session, interview, person)
    assert times_rated(session, [application.id])[application.id] == dict.fromkeys(KEYS[:2], 2)
    assert gather_facts(session, [application.id], now=clock.now())[application.id].under_rated
