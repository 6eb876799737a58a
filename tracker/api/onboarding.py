"""Onboarding by API: the tasks of a new hire, and changes to one."""

from flask import Blueprint
from sqlalchemy import select

from tracker.api.contracts import answers, body_of
from tracker.api.loading import load_application, renamed
from tracker.api.shapes.base import Page
from tracker.api.shapes.records import TaskChange, TaskShape
from tracker.domain.onboarding import TaskOwner
from tracker.domain.permissions import Permission, Subject
from tracker.models.applications import Application
from tracker.models.onboarding import OnboardingTask
from tracker.queries import visible
from tracker.queries.onboarding import tasks_of
from tracker.services import onboarding
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.transaction import db_session

bp = Blueprint("api_onboarding", __name__, url_prefix="/api/v1")

_TERMS = ("title", "owner", "due_on", "note")


@bp.get("/applications/<int:application_id>/onboarding-tasks")
@requires(Permission.ONBOARDING_READ)
@answers(Page[TaskShape], "The tasks of a new hire, earliest due first.")
def index(application_id: int) -> Page[TaskShape]:
    application = load_application(application_id, Permission.ONBOARDING_READ)
    return Page(items=[_task(task) for task in tasks_of(db_session(), application.id)], next=None)


@bp.patch("/onboarding-tasks/<int:task_id>")
@requires(Permission.ONBOARDING_RECORD, writes=True)
@answers(TaskShape, "Change a task, tick it off, or open it again.", body=TaskChange)
def change(task_id: int) -> TaskShape:
    task, job_id = _load(task_id)
    allow(Permission.ONBOARDING_RECORD, Subject(job_id=job_id))
    given = body_of(TaskChange)
    session, actor = db_session(), current_actor()
    said = given.model_dump(exclude_unset=True, include={*_TERMS, "required", "needs_file"})
    if said:
        terms = {name: getattr(task, name) for name in _TERMS}
        is_theirs = said.get("owner", task.owner) is TaskOwner.CANDIDATE
        terms["needs_file"] = task.needs_file and is_theirs
        terms["is_required"] = said.pop("required", task.is_required)
        with renamed({"is_required": "required"}):
            onboarding.change_task(session, task, **terms | said, actor=actor)
    if "done_at" in given.model_fields_set:
        if given.done_at is not None and task.done_at is None:
            reason = given.reason or "Ticked off without a paper by a program of ours."
            onboarding.finish_task(session, task, reason=reason, actor=actor)
        elif given.done_at is None and task.done_at is not None:
            onboarding.reopen_task(session, task, actor=actor)
    return _task(task)


def _load(task_id: int) -> tuple[OnboardingTask, int]:
    """The task and its job's id, if the person may read the onboarding of its application."""
    readable = visible.applications(current_actor(), Permission.ONBOARDING_READ)
    rows = select(OnboardingTask).where(
        OnboardingTask.id == task_id,
        OnboardingTask.application_id.in_(readable.with_only_columns(Application.id)),
    )
    task = load_or_404(db_session(), rows)
    return task, db_session().get_one(Application, task.application_id).job_id


def _task(task: OnboardingTask) -> TaskShape:
    copied = {name: getattr(task, name) for name in TaskShape.model_fields if name != "required"}
    return TaskShape(**copied, required=task.is_required)
