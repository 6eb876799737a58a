"""Skills frameworks: the list by occupation, bringing an export in, and one version with what it changed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select

from tracker.domain.framework_diffs import diff_frameworks
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.permissions import Permission
from tracker.domain.rubric_review import word_changes
from tracker.models.frameworks import FrameworkRow
from tracker.queries.applications import actor_names
from tracker.queries.frameworks import (
    framework_catalogue,
    framework_versions,
    read_framework,
    version_before,
)
from tracker.services.frameworks import import_framework
from tracker.web.access import current_actor, load_or_404, may_open, requires
from tracker.web.forms.frameworks import FrameworkForm
from tracker.web.levels import topic_and_rest
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("frameworks", __name__, url_prefix="/frameworks")


@bp.get("")
@requires(Permission.FRAMEWORK_READ)
def index() -> str:
    return render_template("frameworks/index.html", occupations=framework_catalogue(db_session()))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FRAMEWORK_IMPORT, writes=True)
def new() -> Any:
    form = FrameworkForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            known = {row.id for rows in framework_catalogue(db_session()).values() for row in rows}
            row = import_framework(db_session(), form.file.data.read(), actor=current_actor())
            said = "was here already: nothing changed" if row.id in known else "is here"
            flash(f"{row.title}, version {row.version}, {said}.", "success")
            return redirect(url_for(".show", framework_id=row.id), 303)
    return render_template("frameworks/new.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/<int:framework_id>")
@requires(Permission.FRAMEWORK_READ)
def show(framework_id: int) -> str:
    row = load_or_404(db_session(), select(FrameworkRow).where(FrameworkRow.id == framework_id))
    framework = read_framework(row)
    before = version_before(db_session(), row)
    return render_template(
        "frameworks/show.html",
        row=row,
        framework=framework,
        versions=framework_versions(db_session(), row.soc),
        before=before,
        diff=diff_frameworks(read_framework(before), framework) if before else None,
        imported_by=actor_names(db_session(), [row.imported_by])[row.imported_by],
        may_draft=may_open(current_actor(), Permission.RUBRIC_EDIT),
        topic_and_rest=topic_and_rest,
        word_changes=word_changes,
        Level=Level,
        LEVEL_LABELS=LEVEL_LABELS,
    )
