"""Reports by API: the same numbers in the same shape as the command line's JSON."""

from flask import Blueprint, Response, abort

from tracker import clock
from tracker.api.contracts import answers, query_of
from tracker.api.shapes.base import LARGEST_ID
from tracker.api.shapes.reports import ReportQuery, ReportShape
from tracker.domain.outlines.outline import ReportName
from tracker.domain.permissions import Permission
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.report_windows import before_window
from tracker.domain.reports import ReportFilters, read_filters
from tracker.domain.rules import RuleBroken
from tracker.exports.json import json_of
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.replicas import seconds_behind
from tracker.queries.reports import run_report, run_with_before, told_behind
from tracker.queries.reports.groups import find_recruiter
from tracker.queries.reports.scope import scope_of
from tracker.services.reports import record_export
from tracker.web.access import current_actor, requires
from tracker.web.running import config, database, database_of_reports
from tracker.web.transaction import db_session

bp = Blueprint("api_reports", __name__, url_prefix="/api/v1/reports")


@bp.get("/<name>")
@requires(Permission.REPORT_READ)
@answers(ReportShape, "Count a report; who took it away is on record.", query=ReportQuery)
def show(name: str) -> Response:
    if name not in set(ReportName):
        abort(404)
    filters = _filters(query_of(ReportQuery))
    actor = current_actor()
    outline = OUTLINES[ReportName(name)]
    scope_of(db_session(), filters, actor, outline.permission)
    has_before = query_of(ReportQuery).with_before
    with database().writing() as session:
        for one in [filters, before_window(filters)] if has_before else [filters]:
            record_export(session, outline, one, format="json", actor=actor)
    with database_of_reports(is_sensitive=outline.is_sensitive).reading() as session:
        behind = seconds_behind(session)
        run = run_with_before if has_before else run_report
        report = told_behind(run(session, name, filters, actor=actor), behind)
        return Response(b"".join(json_of(report)), content_type="application/json")


def _filters(asked: ReportQuery) -> ReportFilters:
    return read_filters(
        now=clock.now(),
        default_zone=config().time_zone,
        job_id=_job_id(asked.job) if asked.job else None,
        from_=asked.from_,
        to=asked.to,
        as_of=asked.as_of,
        zone=asked.zone,
        department=asked.department,
        location=asked.location,
        recruiter_id=find_recruiter(db_session(), asked.recruiter, current_actor())
        if asked.recruiter
        else None,
        source=asked.source,
        days=asked.days,
        holidays=asked.holidays,
        leaves_out_filled=asked.without_filled,
    )


def _job_id(named: str) -> int:
    """The job of this id, or of exactly this title, if the person may know of it."""
    known = visible.jobs(current_actor()).with_only_columns(Job.id)
    if named.isascii() and named.isdigit() and len(named) <= 10 and int(named) <= LARGEST_ID:
        return int(named)
    found = db_session().scalars(known.where(Job.title == named).limit(2)).all()
    if len(found) != 1:
        sentence = (
            "There is no such job." if not found else "Several jobs have this title: name one by its id."
        )
        raise RuleBroken(sentence, field="job")
    return found[0]
