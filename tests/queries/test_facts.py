"""Facts that requirements ask about, gathered for many applications at once."""

import pytest

from tests.factories import make_actor, make_job
from tracker import clock
from tracker.domain.actors import Role
from tracker.queries.facts import gather_facts
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
