"""The words of notices that candidates are given: which are in use, and writing new ones."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from tracker import clock
from tracker.domain.adverse_notices import rules_in_words
from tracker.domain.notices import NOTICE_KIND_LABELS, NoticeKind
from tracker.domain.permissions import Permission
from tracker.domain.rich_texts import rich_text
from tracker.queries.applications import actor_names
from tracker.queries.notices import notice_in_use, notice_versions
from tracker.services.notices import write_notice
from tracker.web.access import current_actor, requires
from tracker.web.forms.notices import NoticeForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@requires(Permission.NOTICE_EDIT)
def index() -> str:
    rows = [notice_in_use(db_session(), kind) for kind in NoticeKind]
    return render_template("notices/index.html", rows=rows, LABELS=NOTICE_KIND_LABELS)


@bp.get("/pre-adverse")
@requires(Permission.NOTICE_EDIT)
def pre_adverse() -> str:
    return render_template("notices/pre_adverse.html", rows=rules_in_words(clock.today()))


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
