"""Files of reports made in the background: asking for one, how far each is, fetching and deleting it."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.deciding import NotPermitted
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission, can_for_some_job
from tracker.domain.report_addresses import named_as
from tracker.domain.report_exports import (
    EXPORT_STATE_BADGES,
    EXPORT_STATE_LABELS,
    KEPT_FOR,
    UNCLAIMED_AFTER,
    ExportState,
)
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.rules import RuleBroken
from tracker.exports.report_files import STREAMED
from tracker.files import NoSuchFile
from tracker.models.report_exports import ReportExport
from tracker.queries.report_exports import own_exports
from tracker.queries.reports.scope import scope_of
from tracker.services.report_exports import ask_export, delete_export, read_export
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.files import file_size, file_store, to_save
from tracker.web.forms.records import StepForm
from tracker.web.report_addresses import FORMATS, asked_of, figure_asked, filters_asked
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("report_exports", __name__, url_prefix="/exports")

_PENDING = (ExportState.WAITING, ExportState.MAKING)


@bp.get("")
@requires(Permission.REPORT_EXPORT)
def index() -> str:
    exports = db_session().scalars(own_exports(current_actor(), clock.now())).all()
    return render_template(
        "report_exports/index.html",
        exports=exports,
        OUTLINES=OUTLINES,
        FORMATS=FORMATS,
        STATE_LABELS=EXPORT_STATE_LABELS,
        STATE_BADGES=EXPORT_STATE_BADGES,
        ExportState=ExportState,
        is_pending=any(export.state in _PENDING for export in exports),
        is_alone=any(_waits_long(export) for export in exports),
        now_href=_now_href,
        days=KEPT_FOR.days,
        size=file_size,
    )


@bp.route("/new/<name>", methods=["GET", "POST"])
@requires(Permission.REPORT_EXPORT, writes=True)
def new(name: str) -> Any:
    """What is to be made stands in this page's own address."""
    outline = _outline(name)
    format_, has_rows = request.args.get("format", ""), request.args.get("rows") == "1"
    if format_ not in STREAMED or (has_rows and not outline.has_rows):
        raise RuleBroken(f"This is made as {', '.join(STREAMED)}.", field="format")
    filters = filters_asked()
    outline.check(filters)
    scope_of(db_session(), filters, current_actor(), outline.permission)
    if has_rows:
        figure_asked(outline)
    asked, form = _asked(outline), StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            ask_export(
                db_session(),
                outline,
                filters,
                query=urlencode(asked),
                format=format_,
                has_rows=has_rows,
                has_bom=request.args.get("bom") == "1",
                actor=current_actor(),
            )
            flash(
                "The file is being made. It is listed here, and you may go on with other things.", "success"
            )
            return redirect(url_for(".index"), 303)
    page = render_template(
        "report_exports/new.html",
        form=form,
        outline=outline,
        format=FORMATS[format_][0],
        has_rows=has_rows,
        days=KEPT_FOR.days,
        now_href=url_for("reports.export", name=name, **asked, **_of_file()),
        back=url_for("reports.show", name=name, **asked_of()),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:export_id>")
@requires(Permission.REPORT_EXPORT, writes=True)
def show(export_id: int) -> Any:
    """The file to save; that it was taken away is on record."""
    export = _own(export_id)
    if export.key is None or export.size is None:
        return redirect(url_for(".index"))
    try:
        opened = read_export(db_session(), file_store(), export, actor=current_actor())
    except NotPermitted as refused:
        return _gone(refused.message)
    except NoSuchFile:
        return _gone("This file is no longer there. Ask for it again.")
    return to_save(opened, export.file_name, media_type=FORMATS[export.format][1], size=export.size)


@bp.post("/<int:export_id>/delete")
@requires(Permission.REPORT_EXPORT, writes=True)
def delete(export_id: int) -> Any:
    delete_export(db_session(), file_store(), _own(export_id), actor=current_actor())
    flash("The file is deleted.", "success")
    return redirect(url_for(".index"), 303)


def _own(export_id: int) -> ReportExport:
    return load_or_404(
        db_session(), own_exports(current_actor(), clock.now()).where(ReportExport.id == export_id)
    )


def _outline(name: str) -> Outline:
    outline = OUTLINES.get(ReportName(name)) if name in set(ReportName) else None
    if outline is None:
        abort(404)
    if not can_for_some_job(current_actor(), outline.permission):
        abort(403)
    return outline


def _asked(outline: Outline) -> dict[str, Any]:
    """The filters of the address and the number whose rows are meant, in an order of their own."""
    return asked_of("stage", "figure", *(named_as(key) for key in outline.named_by if key != "stage"))


def _of_file() -> dict[str, Any]:
    return {key: request.args[key] for key in ("format", "rows", "bom") if request.args.get(key)}


def _waits_long(export: ReportExport) -> bool:
    return export.state is ExportState.WAITING and clock.now() - export.asked_at > UNCLAIMED_AFTER


def _now_href(export: ReportExport) -> str:
    """The same file by one request, for whom nobody makes it in the background."""
    whole: dict[str, Any] = {"format": export.format} | ({"rows": "1"} if export.has_rows else {})
    address = url_for("reports.export", name=export.report, **whole)
    return f"{address}&{export.query}" if export.query else address


def _gone(sentence: str) -> Any:
    db_session().rollback()
    flash(sentence, "error")
    return redirect(url_for(".index"), 303)
