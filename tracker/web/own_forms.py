"""What the forms of a candidate's own page share: one form that keeps one thing, then the way back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template
from flask_wtf import FlaskForm

from tracker.models.applications import Application
from tracker.web.transaction import db_session, rule_errors_on


def keep_own(
    form: FlaskForm,
    deed: Callable[[], object],
    *,
    application: Application,
    title: str,
    said: str,
    back: str,
    label: str = "Send",
    kind: str = "main",
    advice: tuple[str, ...] = (),
) -> Any:
    """Do the deed of a form that holds and go back; else show the form with what stands against it."""
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed()
            flash(said, "success")
            return redirect(back, 303)
    if "version" in form:
        # The page shows how things stand now, so the next try is about that.
        form["version"].data = str(db_session().get_one(Application, application.id).version)
    page = {"title": title, "back": back, "label": label, "kind": kind, "advice": advice}
    status = 422 if form.is_submitted() else 200
    return render_template("own_page/form.html", form=form, application=application, **page), status
