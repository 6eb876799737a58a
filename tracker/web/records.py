"""What the pages of an application's records share: loading it, and one form that keeps one thing."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template
from flask_wtf import FlaskForm

from tracker.domain.permissions import Permission, Subject
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.queries import visible
from tracker.web.access import allow, current_actor, load_or_404
from tracker.web.transaction import db_session, rule_errors_on


def load_application(
    application_id: int, reading: Permission, doing: Permission | None = None
) -> Application:
    """The application if the person may read such records of it; 403 if they may not also do this."""
    rows = visible.applications(current_actor(), reading).where(Application.id == application_id)
    application = load_or_404(db_session(), rows)
    if doing is not None:
        allow(doing, Subject(job_id=application.job_id))
    return application


def stands_in(application: Application, *stages: Stage) -> bool:
    """Whether the application is active and in one of these stages, where its records are kept."""
    return application.outcome is Outcome.ACTIVE and application.stage in stages


def keep(
    application: Application,
    form: FlaskForm,
    deed: Callable[[], object],
    *,
    title: str,
    said: str,
    back: str,
    label: str = "Save",
    advice: str = "",
    beginnings: Sequence[tuple[str, str]] = (),
    preview: bool = False,
) -> Any:
    """Do the deed of a form that holds and go back; else show the form with what stands against it.

    `beginnings` are (label, address) of the same form filled in otherwise; `preview` offers to see what would
    go out first.
    """
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed()
            flash(said, "success")
            return redirect(back, 303)
    if "version" in form:
        # The page shows how things stand now, so the next try is about that.
        form["version"].data = str(application.version)
    status = 422 if form.is_submitted() else 200
    page = {"title": title, "label": label, "back": back, "advice": advice, "beginnings": beginnings}
    return render_template(
        "records/form.html", application=application, form=form, preview=preview, mail=None, **page
    ), status
