"""What candidates ask for stands with those who can do it, and with nobody else."""

from datetime import timedelta

import pytest

from tests.interviewing import publish_rubric, schedule
from tests.queries.test_my_work import Office
from tracker import clock
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Stage
from tracker.models.candidates import Candidate
from tracker.queries.my_work import Work
from tracker.services.candidate_access import candidate_actor
from tracker.services.candidate_replies import ask_other_time, confirm_own_session
from tracker.services.erasure_requests import ask_for_erasure, settle_request


@pytest.fixture
def office(session):
    return Office(session)


def test_another_time_is_asked_of_the_recruiter_who_looks_after_it(session, office):
    publish_rubric(session, office.job)
    application = office.place(Stage.INTERVIEW)
    at = clock.now() + timedelta(days=2)
    interview = schedule(session, application, office.ines, actor=SYSTEM, starts_at=at)
    me = candidate_actor(session.get_one(Candidate, application.candidate_id), application.id)
    ask_other_time(session, interview, wish="Mornings", actor=me)
    assert office.waiting(office.rita, Work.OTHER_TIME) == [interview.id]
    for other in (office.other_rita, office.hank, office.ines):
        assert office.waiting(other, Work.OTHER_TIME) == []
    confirm_own_session(session, interview, actor=me)
    assert office.waiting(office.rita, Work.OTHER_TIME) == []


def test_erasure_waits_for_hr_until_it_is_settled(session, office):
    application = office.place(Stage.SCREENING)
    candidate = session.get_one(Candidate, application.candidate_id)
    asked = ask_for_erasure(session, candidate, note=None, actor=candidate_actor(candidate))
    assert office.waiting(office.olga, Work.ERASURE) == [asked.id]
    assert office.waiting(office.rita, Work.ERASURE) == []
    settle_request(session, asked, is_done=False, answer="Held by a court.", actor=office.olga)
    assert office.waiting(office.olga, Work.ERASURE) == []
