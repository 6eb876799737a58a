"""Onboarding of one new hire: the checklist, its tasks, and what is done."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from sqlalchemy import select

from tracker.domain.onboarding import TASK_OWNER_LABELS, TaskOwner
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import Outcome, Stage
from tracker.models.onboarding import OnboardingTask
from tracker.queries.buddies import buddy_of
from tracker.queries.onboarding import tasks_of
from tracker.services import onboarding
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.onboarding import ChecklistForm, TaskForm
from tracker.web.forms.records import StepForm
from tracker.web.records import keep, load_application, stands_in
from tracker.web.transaction import db_session

bp = Blueprint("onboarding", __name__, url_prefix="/applications/<int:application_id>/onboarding")


@bp.get("")
@requires(Permission.ONBOARDING_READ)
def index(application_id: int) -> str:
    application = load_application(application_id, Permission.ONBOARDING_READ)
    may_record = can(current_actor(), Permission.ONBOARDING_RECORD, Subject(job_id=application.job_id))
    is_here = stands_in(application, Stage.ONBOARDING)
    return render_template(
        "onboarding/index.html",
        application=application,
        may_add=may_record and is_here,
        may_change=may_record and (is_here or application.outcome is Outcome.HIRED),
        tasks=tasks_of(db_session(), application.id),
        buddy=buddy_of(db_session(), application.id),
        may_name=can(current_actor(), Permission.BUDDY_SET, Subject(job_id=application.job_id))
        and (is_here or application.outcome is Outcome.HIRED),
        TASK_OWNER_LABELS=TASK_OWNER_LABELS,
    )


@bp.route("/start", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def start(application_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    form = ChecklistForm()

    def deed() -> object:
        starts_on = form.starts_on.data
        return onboarding.start_onboarding(
            db_session(), application, starts_on=starts_on, actor=current_actor()
        )

    said = "The checklist is laid out."
    return keep(application, form, deed, title="Start onboarding", said=said, back=_back(application_id))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    form = TaskForm()

    def deed() -> object:
        return onboarding.add_task(db_session(), application, **_given(form), actor=current_actor())

    said = "The task is added."
    return keep(application, form, deed, title="Add a task", said=said, back=_back(application_id))


@bp.route("/<int:task_id>", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def change(application_id: int, task_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    task = _load(application_id, task_id)
    form = TaskForm(
        title=task.title,
        owner=task.owner.value,
        due_on=task.due_on,
        is_required=task.is_required,
        note=task.note,
    )

    def deed() -> object:
        return onboarding.change_task(db_session(), task, **_given(form), actor=current_actor())

    said = "The task is changed."
    return keep(application, form, deed, title="Change a task", said=said, back=_back(application_id))


@bp.route("/<int:task_id>/done", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def finish(application_id: int, task_id: int) -> Any:
    return _step(application_id, task_id, onboarding.finish_task, "Done", "The task is done.")


@bp.route("/<int:task_id>/not-done", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def reopen(application_id: int, task_id: int) -> Any:
    return _step(application_id, task_id, onboarding.reopen_task, "Not done yet", "The task is open again.")


def _step(application_id: int, task_id: int, deed: Callable[..., object], title: str, said: str) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    task = _load(application_id, task_id)
    return keep(
        application,
        StepForm(),
        lambda: deed(db_session(), task, actor=current_actor()),
        title=title,
        said=said,
        back=_back(application_id),
        advice=task.title,
    )


def _given(form: TaskForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "owner": TaskOwner(form.owner.data),
        "due_on": form.due_on.data,
        "is_required": form.is_required.data,
        "note": form.note.data,
    }


def _load(application_id: int, task_id: int) -> OnboardingTask:
    rows = select(OnboardingTask).where(
        OnboardingTask.id == task_id, OnboardingTask.application_id == application_id
    )
    return load_or_404(db_session(), rows)


def _back(application_id: int) -> str:
    return url_for("onboarding.index", application_id=application_id)
