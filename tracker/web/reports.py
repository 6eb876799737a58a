"""Reports: what there is to count, each with its filters, the rows behind a number, and files of both."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from sqlalchemy.orm import Session

from tracker.db import Database
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.permissions import Permission, can_for_some_job
from tracker.domain.report_addresses import named_as
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.report_windows import before_window
from tracker.domain.reports import Report, ReportFilters, Row
from tracker.domain.rules import RuleBroken
from tracker.domain.saved_reports import MAILED_EVERY_LABELS
from tracker.domain.sources import SOURCES
from tracker.domain.stages import STAGE_LABELS
from tracker.exports.report_documents import report_document
from tracker.exports.report_files import blocks_of
from tracker.queries.holidays import calendar_names
from tracker.queries.replicas import seconds_behind
from tracker.queries.report_exports import may_be_long
from tracker.queries.reports import rows_behind, run_report, run_with_before, told_behind
from tracker.queries.reports.groups import reported_groups, reported_jobs, reported_recruiters
from tracker.queries.reports.scope import Figure, Part, scope_of
from tracker.queries.saved_reports import own_reports, shared_by_others
from tracker.services.reports import record_export, record_reading
from tracker.web.access import current_actor, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.reports import ReportForm
from tracker.web.kept_reports import Answer, answer_asked, waiting_page
from tracker.web.pdfs import pdf_response
from tracker.web.report_addresses import (
    FORMATS,
    active_filters,
    after_asked,
    asked_of,
    figure_asked,
    file_links,
    filters_asked,
    formats_of,
    place_after,
)
from tracker.web.report_charts import CHARTS
from tracker.web.report_parts import part_shown
from tracker.web.report_tables import MOST_JOBS, tables, text_of
from tracker.web.running import database, database_of_reports
from tracker.web.transaction import db_session

bp = Blueprint("reports", __name__, url_prefix="/reports")

PAGE = 50
BEHIND = "Tracker-Seconds-Behind"


@bp.get("")
@requires(Permission.REPORT_READ)
def index() -> str:
    return render_template(
        "reports/index.html",
        outlines=[one for one in OUTLINES.values() if can_for_some_job(current_actor(), one.permission)],
        kept=db_session().scalars(own_reports(current_actor())).all(),
        shared=shared_by_others(db_session(), current_actor()),
        OUTLINES=OUTLINES,
        EVERY=MAILED_EVERY_LABELS,
        can_export=can_for_some_job(current_actor(), Permission.REPORT_EXPORT),
        can_for_agreement=can_for_some_job(current_actor(), Permission.AGREEMENT_READ),
    )


@bp.get("/<name>")
@requires(Permission.REPORT_READ)
def show(name: str) -> Any:
    outline = _outline(name)
    jobs = reported_jobs(db_session(), current_actor())
    groups = reported_groups(db_session(), current_actor())
    recruiters = reported_recruiters(db_session(), current_actor())
    calendars = calendar_names(db_session()) if outline.states_days else ()
    form = ReportForm.of_address(jobs, reader_zone().key, groups, recruiters, calendars)
    answer: Answer | None = None
    earlier: Report | None = None
    behind: float | None = None
    if form.validate():
        try:
            filters = filters_asked()
            before = before_window(filters) if request.args.get("with_before") == "1" else None
            for one in [filters, before] if before else [filters]:
                _note_reading(outline, one)
            # Not the session of the request: it began before what is told now was kept.
            with _read_from(outline).reading() as session:
                behind = seconds_behind(session)
                answer = answer_asked(session, outline, filters)
                if before:
                    earlier = run_report(session, name, before, actor=current_actor())
        except RuleBroken as broken:
            answer = None
            form.refuse(broken)
    if answer is None:
        return render_template("reports/refused.html", outline=outline, form=form, sources=SOURCES), 422
    report, asked = answer.report, asked_of()
    if report is None:
        return waiting_page(outline, answer, asked)
    part = part_shown(outline, list(report.rows))
    rows = part.rows
    return render_template(
        "reports/show.html",
        outline=outline,
        form=form,
        sources=SOURCES,
        report=report,
        chart=CHARTS[outline.name](rows if report.sums is None else report.sums.rows),
        earlier=earlier,
        behind=behind,
        tables=tables(report, outline, rows, asked, list(earlier.rows) if earlier else None),
        left_out=_left_out(outline, rows) if report.sums is None else report.sums.left_out,
        part_links=part.links,
        kept=answer.told(asked),
        asked=asked,
        active=active_filters(name, asked, form),
        save_href=url_for("saved_reports.new", name=name, **asked),
        exports=file_links(name, asked),
        row_exports=_row_files(outline, filters, asked) if outline.has_rows else [],
        compare_href=url_for(".show", name=name, compared="1", **asked) if _can_compare(report) else "",
    )


@bp.get("/<name>/rows")
@requires(Permission.REPORT_READ)
def rows(name: str) -> str:
    outline = _outline(name)
    if not outline.has_rows:
        abort(404)
    asked = asked_of("stage", "figure", *(named_as(key) for key in outline.named_by))
    figure = figure_asked(outline)
    part = Part(after=after_asked(), limit=PAGE + 1)
    filters = filters_asked()
    _note_reading(outline, filters, has_rows=True)
    with _read_from(outline).reading() as session:
        behind = seconds_behind(session)
        report = rows_behind(session, name, filters, figure, part, actor=current_actor())
        found = list(report.rows)
    following = place_after(found[PAGE - 1]) if len(found) > PAGE else ""
    return render_template(
        "reports/rows.html",
        outline=outline,
        report=report,
        columns=[c for c in report.columns if c.key not in _needless(outline)],
        rows=found[:PAGE],
        heading=_heading(outline, figure),
        behind=behind,
        text_of=text_of,
        exports=_row_files(outline, filters, asked, is_whole=not following),
        back=url_for(".show", name=name, **asked_of()),
        next_href=url_for(".rows", name=name, after=following, **asked) if following else "",
        first_href=url_for(".rows", name=name, **asked) if request.args.get("after") else "",
    )


@bp.get("/<name>/export")
@requires(Permission.REPORT_EXPORT)
def export(name: str) -> Response:
    outline = _outline(name)
    filters, figure = filters_asked(), figure_asked(outline)
    format_ = request.args.get("format", "")
    has_rows, has_bom = request.args.get("rows") == "1", request.args.get("bom") == "1"
    allowed = formats_of(name, has_rows=has_rows)
    if format_ not in allowed:
        raise RuleBroken(f"This is taken away as {', '.join(allowed[:-1])} or {allowed[-1]}.", field="format")
    scope_of(db_session(), filters, current_actor(), outline.permission)
    has_before = request.args.get("with_before") == "1" and not has_rows and format_ != "pdf"
    with database().writing() as session:
        for one in [filters, before_window(filters)] if has_before else [filters]:
            record_export(session, outline, one, format=format_, has_rows=has_rows, actor=current_actor())
    # Not the session of the request: it ends before the last row has left.
    session = _read_from(outline).session()
    try:
        behind = seconds_behind(session)
        if has_rows:
            report = rows_behind(session, name, filters, figure, actor=current_actor())
        else:
            run = run_with_before if has_before else run_report
            report = run(session, name, filters, actor=current_actor())
        report = told_behind(report, behind)
        if format_ == "pdf":
            return _document(report, session)
    except BaseException:
        session.close()
        raise
    response = _download(report, format_, has_bom, session)
    if behind is not None:
        # A table alone has no place to say so.
        response.headers[BEHIND] = f"{behind:.0f}"
    return response


def _read_from(outline: Outline) -> Database:
    return database_of_reports(is_sensitive=outline.is_sensitive)


def _note_reading(outline: Outline, filters: ReportFilters, *, has_rows: bool = False) -> None:
    """Put a look at a sensitive report on record, in a transaction of its own before anything is read."""
    if outline.is_sensitive:
        scope_of(db_session(), filters, current_actor(), outline.permission)
        with database().writing() as session:
            record_reading(session, outline, filters, has_rows=has_rows, actor=current_actor())


def _row_files(
    outline: Outline, filters: ReportFilters, asked: dict[str, Any], *, is_whole: bool = False
) -> list[dict[str, str]]:
    """The files of the rows; where the page shows all of them, they are not long."""
    is_long = not is_whole and may_be_long(db_session(), outline, filters, current_actor())
    return file_links(outline.name.value, asked, is_long=is_long, rows="1")


def _needless(outline: Outline) -> tuple[str, ...]:
    """The columns of rows that say the same on each of them."""
    return (*outline.held_back, "job") if request.args.get("job") else outline.held_back


def _left_out(outline: Outline, rows: list[Row]) -> int:
    """How many jobs have no table of their own on the page."""
    return max(0, len({row["job"] for row in rows}) - MOST_JOBS) if outline.is_by_job else 0


def _can_compare(report: Report) -> bool:
    """Whether the numbers came from what moves keep and have not been compared with the moves."""
    keys = {check.key for check in report.checks}
    return "as_on_the_boards" in keys and "as_the_moves_say" not in keys


def _document(report: Report, session: Session) -> Response:
    """The report as PDF, made before anything is sent."""
    with session:
        data = report_document(report)
    name = f"{report.name}-{report.as_of.date().isoformat()}"
    return pdf_response("report.typ", data, made_at=report.as_of, name=name)


def _download(report: Report, format_: str, has_bom: bool, session: Session) -> Response:
    # A failure on the way breaks the connection, so that no part passes as all.
    response = Response(blocks_of(report, format_, has_bom=has_bom), mimetype=FORMATS[format_][1])
    response.call_on_close(session.close)
    day = report.as_of.date().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="{report.name}-{day}.{format_}"'
    return response


def _outline(name: str) -> Outline:
    """What the report is. Aborts with 404 if there is none, with 403 if it is not for the reader."""
    if name not in set(ReportName):
        abort(404)
    outline = OUTLINES[ReportName(name)]
    if not can_for_some_job(current_actor(), outline.permission):
        abort(403)
    return outline


def _heading(outline: Outline, figure: Figure) -> str:
    """What the rows are: the number's name, its stage, and what else tells its row from others."""
    columns = {column.key: column for column in outline.columns}
    number = columns[figure.column].label if figure.column in columns else "All rows"
    stage = [STAGE_LABELS[figure.stage]] if figure.stage else []
    parts = stage + [text_of(columns[key], cell) for key, cell in figure.named.items() if key in columns]
    return f"{number}: {', '.join(parts)}" if parts else number
