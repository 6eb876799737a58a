"""Onboarding: one checklist around the start date, seen to until and after the hire."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application
from tracker import clock
from tracker.domain.actors import Actor, Role
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.onboarding import CHECKLIST, TaskOwner
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.files import FileKind, StoredFile
from tracker.models.onboarding import OnboardingTask
from tracker.queries.facts import gather_facts
from tracker.queries.onboarding import papers_of, tasks_of
from tracker.services.candidate_access import candidate_actor
from tracker.services.moves import make_move
from tracker.services.onboarding import (
    add_task,
    change_task,
    finish_task,
    keep_paper,
    reopen_task,
    start_onboarding,
)
from tracker.services.reminders import queue_task_reminders

START = date(2026, 4, 1)


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def application(session: Session) -> Application:
    return make_application(session, stage=Stage.ONBOARDING)


def open_tasks(session: Session, application: Application) -> tuple[str, ...]:
    return gather_facts(session, [application.id], now=clock.now())[application.id].open_tasks


def test_checklist_is_due_around_the_start_date(
    session: Session, application: Application, rita: Actor
) -> None:
    tasks = start_onboarding(session, application, starts_on=START, actor=rita)
    assert [(t.title, t.due_on - START, t.is_required) for t in tasks] == [
        (t.title, timedelta(days=t.days_after_start), t.is_required) for t in CHECKLIST
    ]
    assert [t.due_on for t in tasks_of(session, application.id)] == sorted(t.due_on for t in tasks)


def test_checklist_is_laid_out_once(session: Session, application: Application, rita: Actor) -> None:
    first = start_onboarding(session, application, starts_on=START, actor=rita)
    again = start_onboarding(session, application, starts_on=START + timedelta(days=9), actor=rita)
    assert {t.id for t in first} == {t.id for t in again}
    assert len(tasks_of(session, application.id)) == len(CHECKLIST)


def test_required_tasks_are_owed_until_finished(
    session: Session, application: Application, rita: Actor
) -> None:
    given = {"owner": TaskOwner.IT, "due_on": START}
    badge = add_task(session, application, title="Badge", **given, actor=rita)
    add_task(session, application, title="Tour", **given, is_required=False, actor=rita)
    assert open_tasks(session, application) == ("Badge",)
    finish_task(session, badge, actor=rita)
    assert (open_tasks(session, application), badge.done_by) == ((), rita.key)
    with pytest.raises(RuleBroken, match="done already"):
        finish_task(session, badge, actor=rita)
    reopen_task(session, badge, actor=rita)
    assert (open_tasks(session, application), badge.done_at, badge.done_by) == (("Badge",), None, None)
    with pytest.raises(RuleBroken, match="not done yet"):
        reopen_task(session, badge, actor=rita)


def test_task_is_changed_as_a_whole(session: Session, application: Application, rita: Actor) -> None:
    task = add_task(session, application, title="Badge", owner=TaskOwner.IT, due_on=START, actor=rita)
    changed = {"owner": TaskOwner.HR, "due_on": START + timedelta(days=1), "is_required": False}
    change_task(session, task, title=" Badge and key ", **changed, note="At the desk", actor=rita)
    session.expire_all()
    assert (task.title, task.owner, task.due_on) == ("Badge and key", TaskOwner.HR, date(2026, 4, 2))
    assert open_tasks(session, application) == ()
    with pytest.raises(RuleBroken) as refused:
        change_task(session, task, title="", **changed, actor=rita)
    assert refused.value.field == "title"


def test_mistyped_year_is_refused(session: Session, application: Application, rita: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        start_onboarding(session, application, starts_on=date.max, actor=rita)
    assert refused.value.field == "starts_on"
    with pytest.raises(RuleBroken) as refused:
        add_task(session, application, title="Badge", owner=TaskOwner.IT, due_on=date.min, actor=rita)
    assert refused.value.field == "due_on"


def test_onboarding_belongs_to_its_stage(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.OFFER)
    with pytest.raises(RuleBroken, match="belongs to Onboarding"):
        start_onboarding(session, application, starts_on=START, actor=rita)


def test_interviewer_sees_to_no_tasks(session: Session, application: Application) -> None:
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    with pytest.raises(NotPermitted):
        add_task(session, application, title="Badge", owner=TaskOwner.IT, due_on=START, actor=ines)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((-3,), [0]),
        ((-2,), [1]),
        ((0,), [1]),
        ((14,), [1]),
        ((15,), [0]),
        ((-2, -1, 0, 1, 2), [1, 0, 0, 1, 0]),
    ],
)
def test_new_hires_are_reminded_of_their_own_open_steps(session, application, rita, days, told):
    due = clock.today() + timedelta(days=30)
    add_task(session, application, title="Papers", owner=TaskOwner.CANDIDATE, due_on=due, actor=rita)
    add_task(session, application, title="Badge", owner=TaskOwner.IT, due_on=due - timedelta(9), actor=rita)
    begin = clock.now()
    found = []
    for day in days:
        with clock.standing_at(begin + timedelta(days=30 + day)):
            found.append(queue_task_reminders(session, due + timedelta(days=day)))
    assert found == told


def test_who_has_done_their_steps_or_left_is_not_reminded(session, application, rita):
    today = clock.today()
    given = {"owner": TaskOwner.CANDIDATE, "due_on": today, "actor": rita}
    finish_task(session, add_task(session, application, title="Papers", **given), actor=rita)
    assert queue_task_reminders(session, today) == 0
    add_task(session, application, title="Bank", **given)
    seen = {"seen_stage": application.stage, "seen_version": application.version}
    failed = MoveRequest(MoveKind.WITHDRAW, disposition="did_not_start")
    make_move(session, application.id, failed, actor=rita, **seen)
    assert queue_task_reminders(session, today) == 0


def hand_in(session: Session, task: OnboardingTask, application: Application) -> None:
    actor = candidate_actor(application.candidate, application.id)
    file = StoredFile(
        key="k",
        candidate_id=application.candidate_id,
        application_id=application.id,
        kind=FileKind.ONBOARDING,
        name="passport.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        uploaded_by="candidate",
        created_at=clock.now(),
    )
    session.add(file)
    session.flush()
    keep_paper(session, task, file, actor=actor)


@pytest.fixture
def paper(session: Session, application: Application, rita: Actor) -> OnboardingTask:
    given = {"owner": TaskOwner.CANDIDATE, "due_on": START, "needs_file": True}
    return add_task(session, application, title="Passport", **given, actor=rita)


def test_a_step_that_asks_for_a_paper_is_done_with_it(
    session: Session, application: Application, paper: OnboardingTask
) -> None:
    actor = candidate_actor(application.candidate, application.id)
    with pytest.raises(RuleBroken, match="once we have the paper") as refused:
        finish_task(session, paper, actor=actor)
    assert (refused.value.field, paper.done_at) == ("file", None)
    hand_in(session, paper, application)
    assert finish_task(session, paper, actor=actor).done_reason is None
    assert [file.name for file in papers_of(session, application.id)[paper.id]] == ["passport.jpg"]


def test_staff_say_why_a_paper_is_not_needed(session: Session, paper: OnboardingTask, rita: Actor) -> None:
    for said in (None, "  "):
        with pytest.raises(RuleBroken, match="Say why") as refused:
            finish_task(session, paper, reason=said, actor=rita)
        assert (refused.value.field, paper.done_at) == ("reason", None)
    assert (
        finish_task(session, paper, reason="Seen at the desk", actor=rita).done_reason == "Seen at the desk"
    )
    assert reopen_task(session, paper, actor=rita).done_reason is None


def test_papers_are_asked_of_the_new_hire_alone(
    session: Session, application: Application, paper: OnboardingTask, rita: Actor
) -> None:
    given = {"title": "Desk", "due_on": START, "needs_file": True}
    with pytest.raises(RuleBroken, match="give the task to them"):
        add_task(session, application, owner=TaskOwner.IT, **given, actor=rita)
    with pytest.raises(RuleBroken, match="give the task to them"):
        change_task(session, paper, owner=TaskOwner.HR, is_required=True, **given, actor=rita)
    other = make_application(session, stage=Stage.ONBOARDING)
    with pytest.raises(NotPermitted):
        hand_in(session, paper, other)
