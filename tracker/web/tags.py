"""Tags of one application, on its page: put on, taken off."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from tracker.domain.permissions import Permission
from tracker.domain.tags import tag_name, tag_names
from tracker.queries.tags import tags_of_job
from tracker.services.tags import add_tags, remove_tag
from tracker.web.access import current_actor, requires
from tracker.web.forms.bulk import TagForm
from tracker.web.records import load_application
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("tags", __name__, url_prefix="/applications/<int:application_id>/tags")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.TAG_SET, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.TAG_SET)
    form = TagForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_tags(db_session(), application, tag_names(form.tag.data), actor=current_actor())
            flash("Tagged.", "success")
            return redirect(_back(application_id), 303)
    form.suggest(tags_of_job(db_session(), application.job_id, current_actor()))
    status = 422 if form.is_submitted() else 200
    return render_template("applications/tag.html", application=application, form=form), status


@bp.post("/remove")
@requires(Permission.TAG_SET, writes=True)
def remove(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.TAG_SET)
    if remove_tag(db_session(), application, tag_name(request.form.get("tag", "")), actor=current_actor()):
        flash("The tag is off.", "success")
    return redirect(_back(application_id), 303)


def _back(application_id: int) -> str:
    return url_for("applications.show", application_id=application_id, _anchor="tags")
