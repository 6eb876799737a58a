"""The buddy of a new hire: named by HR or the hiring manager, and what the buddy sees and does."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select

from tracker.domain.onboarding import TaskOwner
from tracker.domain.permissions import Permission
from tracker.models.applications import Application
from tracker.models.onboarding import OnboardingTask
from tracker.queries.buddies import buddy_of, buddy_tasks, colleagues_to_name, looked_after, starts_on
from tracker.services.buddies import name_buddy
from tracker.services.onboarding import finish_task
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.onboarding import NOBODY, BuddyForm
from tracker.web.forms.records import StepForm
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("buddies", __name__)


@bp.route("/applications/<int:application_id>/onboarding/buddy", methods=["GET", "POST"])
@requires(Permission.BUDDY_SET, writes=True)
def edit(application_id: int) -> Any:
    application = load_application(application_id, Permission.ONBOARDING_READ, Permission.BUDDY_SET)
    people, present = colleagues_to_name(db_session()), buddy_of(db_session(), application_id)
    number = str(present.id) if present else NOBODY
    form = BuddyForm(buddy=number, seen=number)
    form.offer(people, present)

    def deed() -> object:
        chosen = next((one for one in (*people, present) if one and str(one.id) == form.buddy.data), None)
        seen = form.seen_id()
        # The page shows who it is now, so the next try is about that.
        form.seen.data = number
        return name_buddy(db_session(), application, chosen, seen=seen, actor=current_actor())

    back = url_for("onboarding.index", application_id=application_id)
    return keep(application, form, deed, title="Buddy", said="The buddy is on record.", back=back)


@bp.get("/buddies/<int:application_id>")
@requires(Permission.BUDDY_READ)
def show(application_id: int) -> str:
    return _page(_load(application_id), StepForm(formdata=None))


@bp.post("/buddies/<int:application_id>/tasks/<int:task_id>/done")
@requires(Permission.BUDDY_READ, writes=True)
def finish(application_id: int, task_id: int) -> Any:
    application = _load(application_id)
    rows = select(OnboardingTask).where(
        OnboardingTask.id == task_id,
        OnboardingTask.application_id == application.id,
        OnboardingTask.owner == TaskOwner.BUDDY,
    )
    task, form = load_or_404(db_session(), rows), StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            finish_task(db_session(), task, actor=current_actor())
            flash("The task is done.", "success")
            return redirect(url_for(".show", application_id=application_id), 303)
    return _page(_load(application_id), form), 422


def _load(application_id: int) -> Application:
    return load_or_404(db_session(), looked_after(current_actor()).where(Application.id == application_id))


def _page(application: Application, form: StepForm) -> str:
    return render_template(
        "buddies/show.html",
        application=application,
        form=form,
        starts_on=starts_on(db_session(), application.id),
        tasks=buddy_tasks(db_session(), application.id),
    )
