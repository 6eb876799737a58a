"""Onboarding: laying out the checklist for a new hire, and seeing to its tasks."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.days import check_day
from tracker.domain.deciding import NotPermitted
from tracker.domain.onboarding import TaskOwner, check_paper, due_on
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.domain.texts import LONGEST_LINE, written, written_or_none
from tracker.models.applications import Application
from tracker.models.files import StoredFile
from tracker.models.onboarding import OnboardingTask, OnboardingTaskFile
from tracker.queries.buddies import buddy_of
from tracker.queries.onboarding import checklist_for, tasks_of
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage

STAGES = (Stage.ONBOARDING,)
OUTCOMES = frozenset({Outcome.ACTIVE, Outcome.HIRED})
"""Tasks that are not required, such as the check-in after thirty days, may be done after the hire."""


def start_onboarding(
    session: Session, application: Application, *, starts_on: date, actor: Actor
) -> list[OnboardingTask]:
    """Lay out the checklist by hand, where the application came into onboarding without an acceptance."""
    require(actor, Permission.ONBOARDING_RECORD, Subject(job_id=application.job_id))
    check_day(starts_on, field="starts_on")
    lock_in_stage(session, application.id, STAGES, "The onboarding checklist")
    return lay_out_checklist(session, application, starts_on, actor=actor)


def lay_out_checklist(
    session: Session, application: Application, starts_on: date, *, actor: Actor
) -> list[OnboardingTask]:
    """The starting tasks, due around the start date; a second start finds those of the first."""
    present = list(tasks_of(session, application.id))
    if present:
        return present
    tasks = [
        OnboardingTask(
            application_id=application.id,
            title=template.title,
            owner=template.owner,
            due_on=due_on(template, starts_on),
            is_required=template.is_required,
            needs_file=template.needs_file,
            position=position,
        )
        for position, template in enumerate(checklist_for(session, application.job))
    ]
    session.add_all(tasks)
    session.flush()
    record(session, "onboarding:start", application, actor=actor, application_id=application.id)
    return tasks


def add_task(
    session: Session,
    application: Application,
    *,
    title: str,
    owner: TaskOwner,
    due_on: date,
    is_required: bool = True,
    needs_file: bool = False,
    note: str | None = None,
    actor: Actor,
) -> OnboardingTask:
    """Add a task to a new hire's onboarding. Raises RuleBroken at `title` or `needs_file`."""
    require(actor, Permission.ONBOARDING_RECORD, Subject(job_id=application.job_id))
    lock_in_stage(session, application.id, STAGES, "An onboarding task")
    check_day(due_on, field="due_on")
    check_paper(owner, needs_file=needs_file)
    task = OnboardingTask(
        application_id=application.id,
        title=written(title, "Say what is to be done.", field="title", longest=LONGEST_LINE),
        owner=owner,
        due_on=due_on,
        is_required=is_required,
        needs_file=needs_file,
        note=written_or_none(note, field="note"),
        position=len(tasks_of(session, application.id)),
    )
    session.add(task)
    return _keep(session, task, "onboarding_task:add", actor)


def finish_task(
    session: Session, task: OnboardingTask, *, reason: str | None = None, actor: Actor
) -> OnboardingTask:
    """Tick a task off, also after the hire. `reason` says why it is done without the paper it asks for.

    Raises RuleBroken if it is done, at `file` for a new hire who handed in no paper, and at `reason` for
    staff who do not say why there is none.
    """
    _lock(session, task, actor, is_own=_is_own(task, actor) or _is_of_buddy(session, task, actor))
    if task.done_at is not None:
        raise RuleBroken("This task is done already.")
    if lacks_paper(session, task):
        if actor.kind is ActorKind.CANDIDATE:
            raise RuleBroken("Choose a file: this step is done once we have the paper.", field="file")
        without = "No paper was handed in for this task. Say why it is done without one."
        task.done_reason = written(reason, without, field="reason")
    task.done_at, task.done_by = clock.now(), actor.key
    return _keep(session, task, "onboarding_task:finish", actor)


def lacks_paper(session: Session, task: OnboardingTask) -> bool:
    """Whether a task asks for a paper that nobody handed in."""
    handed_in = select(OnboardingTaskFile.file_id).where(OnboardingTaskFile.task_id == task.id)
    return task.needs_file and session.scalar(handed_in.limit(1)) is None


def keep_paper(session: Session, task: OnboardingTask, file: StoredFile, *, actor: Actor) -> None:
    """Note that a new hire handed in this file for a task of theirs. Raises NotPermitted."""
    if not _is_own(task, actor) or file.application_id != task.application_id:
        raise NotPermitted("You may only hand in papers for your own steps.")
    session.add(OnboardingTaskFile(file_id=file.id, task_id=task.id))
    session.flush()


def reopen_task(session: Session, task: OnboardingTask, *, actor: Actor) -> OnboardingTask:
    """Take back that a task is done. Raises RuleBroken if it is not, or is required and the hire complete."""
    application = _lock(session, task, actor)
    if task.done_at is None:
        raise RuleBroken("This task is not done yet.")
    if task.is_required and application.outcome is Outcome.HIRED:
        raise RuleBroken("Onboarding is complete: its required tasks stay done.")
    task.done_at = task.done_by = task.done_reason = None
    return _keep(session, task, "onboarding_task:reopen", actor)


def change_task(
    session: Session,
    task: OnboardingTask,
    *,
    title: str,
    owner: TaskOwner,
    due_on: date,
    is_required: bool,
    needs_file: bool = False,
    note: str | None = None,
    actor: Actor,
) -> OnboardingTask:
    """Change what a task says, whose it is, when it is due, or if it is required. Raises RuleBroken."""
    application = _lock(session, task, actor)
    if application.outcome is Outcome.HIRED and is_required and task.done_at is None:
        raise RuleBroken("Onboarding is complete: no task can be required any more.", field="is_required")
    check_day(due_on, field="due_on")
    check_paper(owner, needs_file=needs_file)
    task.title = written(title, "Say what is to be done.", field="title", longest=LONGEST_LINE)
    task.owner, task.due_on, task.is_required, task.needs_file = owner, due_on, is_required, needs_file
    task.note = written_or_none(note, field="note")
    return _keep(session, task, "onboarding_task:change", actor)


def _is_own(task: OnboardingTask, actor: Actor) -> bool:
    """Whether the new hire ticks off a task of their own."""
    is_new_hire = actor.kind is ActorKind.CANDIDATE and actor.application_id == task.application_id
    return is_new_hire and task.owner is TaskOwner.CANDIDATE


def _is_of_buddy(session: Session, task: OnboardingTask, actor: Actor) -> bool:
    """Whether the buddy of the new hire ticks off a task of the buddy's."""
    buddy = buddy_of(session, task.application_id) if task.owner is TaskOwner.BUDDY else None
    subject = Subject(application_id=task.application_id, buddy=buddy.id if buddy else None)
    return can(actor, Permission.BUDDY_READ, subject)


def _lock(session: Session, task: OnboardingTask, actor: Actor, *, is_own: bool = False) -> Application:
    application = session.get_one(Application, task.application_id)
    if not is_own:
        require(actor, Permission.ONBOARDING_RECORD, Subject(job_id=application.job_id))
    locked = lock_in_stage(session, application.id, STAGES, "An onboarding task", outcomes=OUTCOMES)
    session.refresh(task)
    return locked


def _keep(session: Session, task: OnboardingTask, action: str, actor: Actor) -> OnboardingTask:
    session.flush()
    record(session, action, task, actor=actor, application_id=task.application_id)
    return task
