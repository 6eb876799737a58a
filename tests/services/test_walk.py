"""One application from applying to hired, by the people who do each part, through the services alone."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_candidate, make_job, make_user
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.deciding import MoveRequest, RequirementsUnmet
from tracker.domain.history import first_fault
from tracker.domain.moves import MoveKind
from tracker.domain.offers import SalaryPeriod
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.debriefs import DebriefDecision
from tracker.models.jobs import Job
from tracker.models.references import BackgroundResult, ReferenceResult
from tracker.models.screenings import CallResult
from tracker.queries.history import move_rows
from tracker.queries.onboarding import tasks_of
from tracker.queries.scorecards import debrief_score
from tracker.services import background_checks, references
from tracker.services.applications import apply
from tracker.services.debriefs import decide_debrief
from tracker.services.moves import make_move
from tracker.services.offers import accept_offer, approve_offer, draft_offer, send_offer
from tracker.services.onboarding import change_task, finish_task, reopen_task
from tracker.services.scorecards import read_others_cards
from tracker.services.screenings import record_resume_review, record_screening_call


class Walk:
    """The people of one job and one application on its way."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.job = make_job(session, openings=1, needs_background_check=True)
        publish_rubric(session, self.job)
        plan_rounds(session, self.job)
        self.rita = person(session, self.job, "Rita", Role.RECRUITER)
        self.hank = person(session, self.job, "Hank", Role.HIRING_MANAGER)
        self.panel = [person(session, self.job, name, Role.INTERVIEWER) for name in ("Ines", "Ivan")]
        candidate = make_candidate(session, profile={"basics": {"name": "Amina Yusuf"}})
        self.application: Application = apply(
            session, self.job, candidate, actor=self.rita, consent_notice="2026-01"
        )

    def advance(self, actor: Actor, kind: MoveKind = MoveKind.ADVANCE) -> None:
        place = self.application
        assert place.stage is not None
        seen = {"seen_stage": place.stage, "seen_version": place.version}
        make_move(self.session, place.id, MoveRequest(kind), actor=actor, **seen)

    def advance_is_refused(self, *missing: str, kind: MoveKind = MoveKind.ADVANCE) -> None:
        with pytest.raises(RequirementsUnmet) as refused:
            self.advance(self.rita, kind)
        assert [m.requirement for m in refused.value.unmet] == list(missing)


def person(session: Session, job: Job, name: str, role: Role) -> Actor:
    user = make_user(session, name, role)
    join_team(session, job, user, TeamRole(role.value))
    return actor_of(session, user)


def screen(walk: Walk) -> None:
    walk.advance_is_refused("resume_review", "screening_call")
    record_resume_review(walk.session, walk.application, passed=True, actor=walk.rita)
    record_screening_call(walk.session, walk.application, result=CallResult.STRONG, actor=walk.rita)


def interview(walk: Walk) -> None:
    walk.advance_is_refused("rounds_held", "scorecards", "competencies_rated", "debrief")
    sessions = []
    for place, planned in enumerate(walk.job.rounds):
        member = walk.panel[place % 2]
        keys = planned.competencies
        sessions.append(
            (schedule(walk.session, walk.application, member, actor=walk.rita, competencies=keys), member)
        )
    for held, member in sessions:
        hand_in(walk.session, held, member)
    walk.advance_is_refused("debrief")
    assert len(read_others_cards(walk.session, walk.application, actor=walk.hank, place="debrief")) == len(
        sessions
    )
    score = debrief_score(walk.session, walk.application)
    assert score is not None
    assert score.is_final
    given = {"decision": DebriefDecision.ADVANCE, "reason": "Evidence on every row"}
    decide_debrief(walk.session, walk.application, **given, actor=walk.hank)


def ask_referees(walk: Walk) -> None:
    session, application, rita = walk.session, walk.application, walk.rita
    walk.advance_is_refused("references", "background_check")
    for name in ("Amina", "Bela"):
        reference = references.add_reference(session, application, referee_name=name, actor=rita)
        references.record_consent(session, reference, actor=rita)
        references.record_reference_result(session, reference, result=ReferenceResult.RECEIVED, actor=rita)
    background_checks.disclose(session, application, actor=rita)
    background_checks.record_consent(session, application, is_given=True, actor=rita)
    background_checks.order(session, application, actor=rita)
    background_checks.record_result(session, application, result=BackgroundResult.CLEAR, actor=rita)


def offer_and_accept(walk: Walk) -> None:
    walk.advance_is_refused("offer_approved", "offer_accepted")
    offer = draft_offer(
        walk.session,
        walk.application,
        salary_cents=3_150_000,
        currency="USD",
        period=SalaryPeriod.YEAR,
        starts_on=clock.today() + timedelta(days=14),
        expires_at=clock.now() + timedelta(days=7),
        actor=walk.rita,
    )
    approve_offer(walk.session, offer, actor=walk.hank)
    send_offer(walk.session, offer, letter=b"%PDF", actor=walk.rita)
    candidate = Actor(ActorKind.CANDIDATE, application_id=walk.application.id)
    accept_offer(walk.session, offer, actor=candidate, seen_version=walk.application.version)


def test_one_application_walks_from_applying_to_hired(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(session)
    walk.advance(walk.rita)
    screen(walk)
    walk.advance(walk.rita)
    interview(walk)
    walk.advance(walk.hank)
    ask_referees(walk)
    walk.advance(walk.rita)
    offer_and_accept(walk)
    assert walk.application.stage is Stage.ONBOARDING
    walk.advance_is_refused("onboarding_tasks", "start_date", kind=MoveKind.COMPLETE)
    *_, check_in = tasks_of(session, walk.application.id)
    for task in tasks_of(session, walk.application.id):
        if task.is_required:
            finish_task(session, task, reason="On paper", actor=walk.hank)
    walk.advance_is_refused("start_date", kind=MoveKind.COMPLETE)
    later = clock.now() + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: later)
    walk.advance(walk.rita, MoveKind.COMPLETE)
    assert (walk.application.outcome, walk.application.version) == (Outcome.HIRED, 7)
    finish_task(session, check_in, actor=walk.hank)
    done = next(task for task in tasks_of(session, walk.application.id) if task.is_required)
    with pytest.raises(RuleBroken, match="required tasks stay done"):
        reopen_task(session, done, actor=walk.hank)
    reopen_task(session, check_in, actor=walk.hank)
    terms = {"title": check_in.title, "owner": check_in.owner, "due_on": check_in.due_on}
    with pytest.raises(RuleBroken, match="no task can be required any more"):
        change_task(session, check_in, **terms, is_required=True, actor=walk.hank)
    assert first_fault(move_rows(session, [walk.application.id])) is None
