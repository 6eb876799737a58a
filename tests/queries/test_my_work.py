"""What waits for whom: each line stands with those who can do it, and with nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import (
    actor_of,
    join_team,
    make_actor,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tests.queries.test_board import statements
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import JobStatus, Stage
from tracker.models.debriefs import DebriefDecision
from tracker.models.jobs import Job
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import MOST, Work
from tracker.services import references
from tracker.services.debriefs import decide_debrief
from tracker.services.onboarding import add_task
from tracker.services.screenings import record_resume_review, waive_screening_call


class Office:
    """One job with its team, and people of another job who have no part in it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.job = make_job(session, openings=3)
        other = make_job(session)
        self.rita, self.other_rita = (self.member(Role.RECRUITER, job) for job in (self.job, other))
        self.hank, self.other_hank = (self.member(Role.HIRING_MANAGER, job) for job in (self.job, other))
        self.ines, self.ivan = (self.member(Role.INTERVIEWER, self.job) for _ in range(2))
        self.olga = make_actor(session, Role.HR, name="Olga")

    def member(self, role: Role, job: Job) -> Actor:
        user = make_user(self.session, role.value.title(), role)
        join_team(self.session, job, user, TeamRole(role.value))
        return actor_of(self.session, user)

    def place(self, stage: Stage, name: str = "Amina Yusuf"):
        candidate = make_candidate(self.session, name, profile={"basics": {}})
        return make_application(self.session, self.job, stage=stage, candidate=candidate)

    def waiting(self, actor: Actor, work: Work) -> list[int]:
        return [
            row.id
            for group in my_work(self.session, actor, clock.now())
            if group.work is work
            for row in group.rows
        ]

    def who_waits(self, work: Work) -> set[str]:
        """The names of those of the office for whom something of this kind waits."""
        names = ("rita", "other_rita", "hank", "other_hank", "ines", "ivan", "olga")
        return {name for name in names if self.waiting(getattr(self, name), work)}


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def test_nothing_waits_for_nobody(office: Office) -> None:
    assert my_work(office.session, office.rita, clock.now()) == ()


def test_a_new_application_waits_for_the_recruiter_of_its_job(office: Office) -> None:
    application = office.place(Stage.APPLICATION)
    assert office.who_waits(Work.REVIEW) == {"rita"}
    assert office.waiting(office.rita, Work.REVIEW) == [application.id]


def test_what_may_go_on_waits_for_who_may_move_it(office: Office) -> None:
    application = office.place(Stage.SCREENING)
    assert office.who_waits(Work.READY) == set()
    record_resume_review(office.session, application, passed=True, actor=office.rita)
    waive_screening_call(office.session, application, reason="Known from before", actor=office.rita)
    assert office.who_waits(Work.READY) == {"rita"}


def interviewed(office: Office):
    publish_rubric(office.session, office.job)
    rounds = plan_rounds(office.session, office.job)
    application = office.place(Stage.INTERVIEW)
    two_days_ago = clock.now() - timedelta(days=2)
    sessions = [
        schedule(
            office.session,
            application,
            member,
            actor=office.rita,
            competencies=planned.competencies,
            starts_at=two_days_ago + timedelta(hours=place),
        )
        for place, planned in enumerate(rounds)
        for member in [(office.ines, office.ivan)[place % 2]]
    ]
    return application, sessions


def test_a_card_waits_for_its_interviewer_and_late_for_the_recruiter(office: Office) -> None:
    _, sessions = interviewed(office)
    assert office.who_waits(Work.SCORECARD) == {"ines", "ivan"}
    assert set(office.waiting(office.ines, Work.SCORECARD)) == {one.id for one in sessions[::2]}
    assert office.who_waits(Work.CHASE_CARD) == {"rita"}


def test_who_owes_a_card_is_told_of_no_others_card(office: Office) -> None:
    application, _ = interviewed(office)
    schedule(
        office.session,
        application,
        office.rita,
        actor=office.hank,
        starts_at=clock.now() - timedelta(hours=1),
    )
    assert office.waiting(office.rita, Work.SCORECARD)
    assert office.waiting(office.rita, Work.CHASE_CARD) == []


def test_a_debrief_waits_for_the_hiring_manager_once_every_card_is_in(office: Office) -> None:
    application, sessions = interviewed(office)
    for place, one in enumerate(sessions[:-1]):
        hand_in(office.session, one, (office.ines, office.ivan)[place % 2])
    assert office.who_waits(Work.DEBRIEF) == set()
    hand_in(office.session, sessions[-1], (office.ines, office.ivan)[(len(sessions) - 1) % 2])
    assert office.who_waits(Work.DEBRIEF) == {"hank"}
    assert office.waiting(office.hank, Work.DEBRIEF) == [application.id]


def test_sessions_to_come_wait_for_their_panel(office: Office) -> None:
    publish_rubric(office.session, office.job)
    application = office.place(Stage.INTERVIEW)
    for days in (2, 9):
        schedule(
            office.session,
            application,
            office.ines,
            actor=office.rita,
            starts_at=clock.now() + timedelta(days=days),
        )
    assert office.who_waits(Work.SESSION) == {"ines"}
    assert len(office.waiting(office.ines, Work.SESSION)) == 1


def test_a_referee_who_is_silent_waits_for_the_recruiter(office: Office) -> None:
    application = office.place(Stage.REFERENCES)
    asked = references.add_reference(office.session, application, referee_name="Bela", actor=office.rita)
    references.record_consent(office.session, asked, actor=office.rita)
    asked.requested_at = clock.now() - timedelta(days=4)
    office.session.flush()
    assert office.who_waits(Work.CHASE_REFERENCE) == set()
    asked.requested_at = clock.now() - timedelta(days=6)
    office.session.flush()
    assert office.who_waits(Work.CHASE_REFERENCE) == {"rita"}


@pytest.mark.parametrize(
    ("owner", "who"),
    [(TaskOwner.MANAGER, {"hank"}), (TaskOwner.HR, {"olga"}), (TaskOwner.CANDIDATE, {"rita"})],
)
def test_an_onboarding_task_waits_for_its_owner(office: Office, owner: TaskOwner, who: set[str]) -> None:
    application = office.place(Stage.ONBOARDING)
    task = {"title": "Safety briefing", "owner": owner, "is_required": True}
    add_task(office.session, application, **task, due_on=date(2099, 1, 1), actor=office.rita)
    assert office.who_waits(Work.TASK) == set()
    add_task(office.session, application, **task, due_on=clock.today(), actor=office.rita)
    assert office.who_waits(Work.TASK) == who


def test_a_drafted_job_waits_for_hr(office: Office) -> None:
    drafted = make_job(office.session, status=JobStatus.DRAFT, approved_at=None, approved_by_id=None)
    assert office.who_waits(Work.OPEN_JOB) == {"olga"}
    assert office.waiting(office.olga, Work.OPEN_JOB) == [drafted.id]


def test_what_was_given_to_another_recruiter_waits_for_them_alone(office: Office) -> None:
    given = office.place(Stage.APPLICATION)
    given.recruiter_id = office.other_rita.id
    office.session.flush()
    assert office.who_waits(Work.REVIEW) == {"other_rita"}
    free = office.place(Stage.APPLICATION)
    assert office.waiting(office.rita, Work.REVIEW) == [free.id]


def test_a_debrief_that_decided_to_stop_waits_for_no_other_decision(office: Office) -> None:
    application, sessions = interviewed(office)
    for place, one in enumerate(sessions):
        hand_in(office.session, one, (office.ines, office.ivan)[place % 2])
    decide_debrief(
        office.session,
        application,
        decision=DebriefDecision.STOP,
        reason="Others showed more.",
        knows_score=True,
        actor=office.hank,
    )
    assert office.who_waits(Work.DEBRIEF) == set()


def test_who_has_two_roles_finds_the_tasks_of_both(office: Office) -> None:
    user = make_user(office.session, "Both", Role.HR, Role.HIRING_MANAGER)
    join_team(office.session, office.job, user, TeamRole.HIRING_MANAGER)
    application = office.place(Stage.ONBOARDING)
    for owner in (TaskOwner.MANAGER, TaskOwner.IT, TaskOwner.CANDIDATE):
        add_task(
            office.session,
            application,
            title=owner.value,
            owner=owner,
            due_on=clock.today(),
            actor=office.rita,
        )
    groups = my_work(office.session, actor_of(office.session, user), clock.now())
    (tasks,) = [group for group in groups if group.work is Work.TASK]
    assert [row.detail for row in tasks.rows] == ["manager", "it"]


def test_no_more_than_a_hundred_of_a_kind_are_counted(office: Office) -> None:
    for _ in range(MOST + 1):
        office.place(Stage.APPLICATION)
    (review,) = my_work(office.session, office.rita, clock.now())
    assert (len(review.rows), review.number) == (MOST, "100+")


def test_the_queries_are_as_many_for_three_as_for_thirty(office: Office) -> None:
    asked = []
    for number in (3, 30):
        for stage in (Stage.APPLICATION, Stage.SCREENING, Stage.REFERENCES):
            for _ in range(number):
                office.place(stage)
        office.session.flush()
        with statements(office.session) as seen:
            groups = my_work(office.session, office.rita, clock.now())
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 23
    review = next(group for group in groups if group.work is Work.REVIEW)
    assert (len(review.rows), review.number) == (33, "33")
