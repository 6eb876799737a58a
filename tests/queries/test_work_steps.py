"""The next step of an application stands with whoever owes it, once, and only while it can be taken."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.candidates import sent_offer
from tests.interviewing import plan_rounds, publish_rubric, schedule
from tests.queries.test_my_work import Office
from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.onboarding import TaskOwner
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.references import AssessmentResult, BackgroundCheck, BackgroundResult
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import Work
from tracker.services.offers import accept_offer
from tracker.services.onboarding import add_task
from tracker.services.screenings import record_resume_review


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def steps(office: Office, actor: Actor) -> list[tuple[int, Requirement | None]]:
    groups = my_work(office.session, actor, clock.now())
    return [(row.id, row.need) for group in groups if group.work is Work.STEP for row in group.rows]


def test_a_screening_call_waits_once_the_resume_was_reviewed(office: Office) -> None:
    application = office.place(Stage.SCREENING)
    assert office.who_waits(Work.STEP) == set()
    record_resume_review(office.session, application, passed=True, actor=office.rita)
    assert office.who_waits(Work.STEP) == {"rita"}
    assert steps(office, office.rita) == [(application.id, Requirement.SCREENING_CALL)]


def test_an_interview_waits_for_its_plan_and_then_for_as_many_sessions_as_are_planned(office: Office) -> None:
    application = office.place(Stage.INTERVIEW)
    assert steps(office, office.hank) == [(application.id, Requirement.ROUNDS_HELD)]
    publish_rubric(office.session, office.job)
    rounds = plan_rounds(office.session, office.job)
    assert office.who_waits(Work.STEP) == {"rita"}
    for place in range(len(rounds)):
        assert steps(office, office.rita) == [(application.id, Requirement.ROUNDS_HELD)]
        starts_at = clock.now() + timedelta(days=place + 1)
        schedule(office.session, application, office.ines, actor=office.rita, starts_at=starts_at)
    assert office.who_waits(Work.STEP) == set()


def test_an_offer_waits_to_be_drafted_and_no_longer_once_it_is(office: Office) -> None:
    application = office.place(Stage.OFFER)
    assert steps(office, office.rita) == [(application.id, Requirement.OFFER_APPROVED)]
    assert office.who_waits(Work.STEP) == {"rita"}
    sent_offer(office.session, application)
    assert office.who_waits(Work.STEP) == set()


def test_a_check_waits_to_be_ordered_and_not_while_the_agency_looks(office: Office) -> None:
    office.job.needs_background_check, office.job.references_required = True, 0
    application = office.place(Stage.REFERENCES)
    now = clock.now()
    check = BackgroundCheck(application_id=application.id, disclosed_at=now, updated_by="user:1")
    office.session.add(check)
    office.session.flush()
    assert office.who_waits(Work.STEP) == set()
    check.has_consent, check.consent_at = True, now
    office.session.flush()
    assert steps(office, office.rita) == [(application.id, Requirement.BACKGROUND_CHECK)]
    check.ordered_at = now
    office.session.flush()
    assert office.who_waits(Work.STEP) == set()


def test_a_start_date_that_is_set_is_no_step(office: Office) -> None:
    offered = office.place(Stage.OFFER)
    offer = sent_offer(office.session, offered)
    accept_offer(office.session, offer, actor=office.rita, seen_version=offered.version)
    assert offered.stage is Stage.ONBOARDING
    assert office.who_waits(Work.STEP) == set()
    without = office.place(Stage.ONBOARDING)
    assert steps(office, office.rita) == [(without.id, Requirement.START_DATE)]


def reports(office: Office) -> list[str]:
    groups = my_work(office.session, office.olga, clock.here())
    return [row.detail for group in groups if group.work is Work.ASSESS for row in group.rows]


def test_a_report_waits_for_hr_from_the_assessment_to_the_last_notice(office: Office) -> None:
    application = office.place(Stage.REFERENCES)
    now, today = clock.now(), clock.today()
    given = {"disclosed_at": now, "has_consent": True, "consent_at": now, "updated_by": "user:1"}
    check = BackgroundCheck(application_id=application.id, **given)
    check.result, check.result_at = BackgroundResult.CONSIDER, now
    office.session.add(check)
    office.session.flush()
    assert reports(office) == ["to be assessed"]
    assert office.who_waits(Work.ASSESS) == {"olga"}
    check.assessment = AssessmentResult.ADVERSE
    office.session.flush()
    assert reports(office) == ["the notice is to be sent"]
    check.pre_adverse_sent_at, check.wait_until = now, today + timedelta(days=1)
    office.session.flush()
    assert reports(office) == []
    check.wait_until = today
    office.session.flush()
    assert reports(office) == ["the time to answer is over: decide"]
    check.adverse_sent_at = now
    office.session.flush()
    assert reports(office) == []
    check.adverse_sent_at, check.assessment = None, AssessmentResult.ACCEPTABLE
    office.session.flush()
    assert reports(office) == []


@pytest.mark.parametrize("is_required", [True, False])
def test_tasks_of_somebody_hired_and_those_that_nobody_must_do_wait_as_well(
    office: Office, is_required: bool
) -> None:
    application = office.place(Stage.ONBOARDING)
    task = {"title": "Check-in after thirty days", "owner": TaskOwner.MANAGER, "is_required": is_required}
    add_task(office.session, application, **task, due_on=clock.today(), actor=office.rita)
    assert office.who_waits(Work.TASK) == {"hank"}
    stands = office.session.get_one(Application, application.id)
    assert stands.outcome is Outcome.ACTIVE
    add_task(office.session, application, **task, due_on=date(2099, 1, 1), actor=office.rita)
    assert len(office.waiting(office.hank, Work.TASK)) == 1
