"""Onboarding of one new hire: the checklist, its tasks, and what is done."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select

from tracker.domain.onboarding import TASK_OWNER_LABELS, TaskOwner
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.files import StoredFile
from tracker.models.onboarding import OnboardingTask
from tracker.queries import visible
from tracker.queries.buddies import buddy_of
from tracker.queries.onboarding import papers_of, tasks_of
from tracker.services import onboarding
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.onboarding import ChecklistForm, PaperlessForm, TaskForm
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
    own = visible.whole_files(current_actor()).where(StoredFile.application_id == application.id)
    return render_template(
        "onboarding/index.html",
        application=application,
        may_add=may_record and is_here,
        may_change=may_record and (is_here or application.outcome is Outcome.HIRED),
        tasks=tasks_of(db_session(), application.id),
        papers=papers_of(db_session(), application.id),
        readable=set(db_session().scalars(own.with_only_columns(StoredFile.id))),
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
        needs_file=task.needs_file,
        note=task.note,
    )

    def deed() -> object:
        return onboarding.change_task(db_session(), task, **_given(form), actor=current_actor())

    said = "The task is changed."
    return keep(application, form, deed, title="Change a task", said=said, back=_back(application_id))


@bp.route("/<int:task_id>/done", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def finish(application_id: int, task_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    task = _load(application_id, task_id)
    form = PaperlessForm() if onboarding.lacks_paper(db_session(), task) else StepForm()

    def deed() -> object:
        reason = form.reason.data if isinstance(form, PaperlessForm) else None
        return onboarding.finish_task(db_session(), task, reason=reason, actor=current_actor())

    return _step(application, task, form, deed, "Done", "The task is done.")


@bp.route("/<int:task_id>/not-done", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_RECORD, writes=True)
def reopen(application_id: int, task_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_RECORD)
    task = _load(application_id, task_id)

    def deed() -> object:
        return onboarding.reopen_task(db_session(), task, actor=current_actor())

    return _step(application, task, StepForm(), deed, "Not done yet", "The task is open again.")


def _step(
    application: Application,
    task: OnboardingTask,
    form: FlaskForm,
    deed: Callable[[], object],
    title: str,
    said: str,
) -> Any:
    back = _back(application.id)
    return keep(application, form, deed, title=title, said=said, back=back, advice=task.title)


def _given(form: TaskForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "owner": TaskOwner(form.owner.data),
        "due_on": form.due_on.data,
        "is_required": form.is_required.data,
        "needs_file": form.needs_file.data,
        "note": form.note.data,
    }


def _load(application_id: int, task_id: int) -> OnboardingTask:
    rows = select(OnboardingTask).where(
        OnboardingTask.id == task_id, OnboardingTask.application_id == application_id
    )
    return load_or_404(db_session(), rows)


def _back(application_id: int) -> str:
    return url_for("onboarding.index", application_id=application_id)
