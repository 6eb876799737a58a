"""The words of notices that candidates are given: which are in use, and writing new ones."""

import io
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from sqlalchemy import select

from tracker import clock
from tracker.domain.adverse_notices import rules_in_words
from tracker.domain.file_formats import HandedIn
from tracker.domain.notices import NOTICE_KIND_LABELS, NoticeKind
from tracker.domain.permissions import Permission
from tracker.domain.rich_texts import rich_text
from tracker.models.adverse_notices import RightsSummary
from tracker.queries.adverse_notices import summaries_in_use
from tracker.queries.applications import actor_names
from tracker.queries.notices import notice_in_use, notice_versions
from tracker.services.notices import write_notice
from tracker.services.rights_summaries import file_rights_summary
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.files import to_save
from tracker.web.forms.notices import NoticeForm, RightsSummaryForm
from tracker.web.transaction import db_session, rule_errors_on
from tracker.web.uploads import handed_in, look_at_files

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@requires(Permission.NOTICE_EDIT)
def index() -> str:
    rows = [notice_in_use(db_session(), kind) for kind in NoticeKind]
    return render_template("notices/index.html", rows=rows, LABELS=NOTICE_KIND_LABELS)


@bp.route("/pre-adverse", methods=["GET", "POST"])
@requires(Permission.NOTICE_EDIT, writes=True)
def pre_adverse() -> Any:
    look_at_files()
    form = RightsSummaryForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            given = handed_in(form.file) or HandedIn("", b"")
            place = form.jurisdiction.data
            file_rights_summary(db_session(), given, jurisdiction=place, actor=current_actor())
            flash("It goes with each notice from now on.", "success")
            return redirect(url_for(".pre_adverse"), 303)
    page = render_template(
        "notices/pre_adverse.html",
        rows=rules_in_words(clock.today()),
        form=form,
        summaries=summaries_in_use(db_session()),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/rights-summaries/<int:summary_id>")
@requires(Permission.NOTICE_EDIT)
def rights_summary(summary_id: int) -> Response:
    row = load_or_404(db_session(), select(RightsSummary).where(RightsSummary.id == summary_id))
    return to_save(io.BytesIO(row.document), row.name, media_type=row.media_type, size=len(row.document))


@bp.route("/<name>", methods=["GET", "POST"])
@requires(Permission.NOTICE_EDIT, writes=True)
def edit(name: str) -> Any:
    kind = _kind(name)
    form = NoticeForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            saved = write_notice(
                db_session(), kind, text=form.text.data or "", seen_number=form.seen(), actor=current_actor()
            )
            flash(f"Saved as version {saved.number}." if saved else "Nothing was changed.", "success")
            return redirect(url_for(".edit", name=name), 303)
    used = notice_in_use(db_session(), kind)
    if not form.is_submitted():
        form.text.data, form.number.data = used.text, str(used.number)
    versions = notice_versions(db_session(), kind)
    names = actor_names(db_session(), [one.created_by for one in versions])
    page = render_template(
        "notices/edit.html",
        form=form,
        title=NOTICE_KIND_LABELS[kind],
        shown=rich_text(used.text),
        versions=[(one, names[one.created_by]) for one in versions],
    )
    return page, 422 if form.is_submitted() else 200


def _kind(name: str) -> NoticeKind:
    try:
        return NoticeKind(name)
    except ValueError:
        abort(404)
