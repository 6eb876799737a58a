"""Saved reports: keeping one with its filters, opening it anew, changing, stopping its mails, deleting."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission, can_for_some_job
from tracker.domain.report_outlines import OUTLINES
from tracker.models.saved_reports import SavedReport
from tracker.queries.saved_reports import known_reports, own_reports
from tracker.services.saved_reports import change_report, delete_report, save_report, stop_mails
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.saved_reports import SavedReportForm
from tracker.web.report_addresses import asked_of, filters_asked
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("saved_reports", __name__, url_prefix="/saved-reports")


@bp.route("/new/<name>", methods=["GET", "POST"])
@requires(Permission.REPORT_READ, writes=True)
def new(name: str) -> Any:
    """The filters to keep stand in this page's own address."""
    outline, form = _outline(name), SavedReportForm()
    outline.check(filters_asked())
    asked = asked_of()

    def deed() -> object:
        return save_report(
            db_session(),
            outline,
            name=form.name.data,
            query=urlencode(asked),
            is_shared=form.is_shared.data,
            every=form.mailed_every(),
            actor=current_actor(),
        )

    page = {"title": "Save this report", "label": "Save", "words": outline.title}
    return _keep(form, deed, "The report is saved.", url_for("reports.show", name=name, **asked), page)


@bp.get("/<int:saved_report_id>")
@requires(Permission.REPORT_READ)
def show(saved_report_id: int) -> Any:
    """The report as it counts now, under the permission of whoever opens it."""
    report = load_or_404(
        db_session(), known_reports(current_actor()).where(SavedReport.id == saved_report_id)
    )
    page = url_for("reports.show", name=report.report)
    return redirect(f"{page}?{report.query}" if report.query else page, 303)


@bp.route("/<int:saved_report_id>/edit", methods=["GET", "POST"])
@requires(Permission.REPORT_READ, writes=True)
def edit(saved_report_id: int) -> Any:
    report = _own(saved_report_id)
    form = SavedReportForm(
        name=report.name,
        is_shared=report.is_shared,
        every=report.mailed_every or "",
        version=str(report.version),
    )

    def deed() -> None:
        change_report(
            db_session(),
            report,
            name=form.name.data,
            is_shared=form.is_shared.data,
            every=form.mailed_every(),
            seen_version=form.seen(),
            actor=current_actor(),
        )

    page = {"title": "Change the report", "label": "Save", "words": OUTLINES[report.report_name].title}
    return _keep(form, deed, "Saved.", url_for("reports.index"), page)


@bp.route("/<int:saved_report_id>/stop", methods=["GET", "POST"])
@requires(Permission.REPORT_READ, writes=True)
def stop(saved_report_id: int) -> Any:
    report = _own(saved_report_id)

    def deed() -> None:
        stop_mails(db_session(), report, actor=current_actor())

    page = {"title": "Stop the mails", "label": "Stop", "words": report.name}
    return _keep(StepForm(), deed, "You are no longer sent the link.", url_for("reports.index"), page)


@bp.route("/<int:saved_report_id>/delete", methods=["GET", "POST"])
@requires(Permission.REPORT_READ, writes=True)
def delete(saved_report_id: int) -> Any:
    report = _own(saved_report_id)
    words = f"{report.name} goes, for those it is shared with too." if report.is_shared else report.name

    def deed() -> None:
        delete_report(db_session(), report, actor=current_actor())

    page = {"title": "Delete the report", "label": "Delete", "words": words}
    return _keep(StepForm(), deed, "The report is deleted.", url_for("reports.index"), page)


def _outline(name: str) -> Outline:
    outline = OUTLINES.get(ReportName(name)) if name in set(ReportName) else None
    if outline is None:
        abort(404)
    if not can_for_some_job(current_actor(), outline.permission):
        abort(403)
    return outline


def _own(saved_report_id: int) -> SavedReport:
    return load_or_404(db_session(), own_reports(current_actor()).where(SavedReport.id == saved_report_id))


def _keep(form: FlaskForm, deed: Callable[[], object], said: str, back: str, page: dict[str, str]) -> Any:
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed()
            flash(said, "success")
            return redirect(url_for("reports.index"), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("saved_reports/form.html", form=form, back=back, **page), status
