"""How far interviewers agree: overall, by row of the rubric, and each beside the others; and one's own."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from tracker import clock
from tracker.domain.agreement import (
    AGREEMENT_PART_LABELS,
    FEWEST_CANDIDATES,
    FEWEST_SHARED,
    LOW_ALPHA,
    LOW_WITHIN_ONE,
    SITTING_LABELS,
    AgreementPart,
    Sitting,
)
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.exports.csv import csv_of
from tracker.queries.agreement import agreement_jobs, agreement_report, own_leniency
from tracker.services.agreement import read_agreement, record_agreement_export
from tracker.web.access import current_actor, requires
from tracker.web.agreement_files import DEFINITIONS, file_of
from tracker.web.filters import reader_zone
from tracker.web.running import database
from tracker.web.transaction import db_session

bp = Blueprint("agreement", __name__)


@bp.get("/reports/agreement")
@requires(Permission.AGREEMENT_READ, writes=True)
def show() -> str:
    """Opening the page writes: who looked at it is in the audit log."""
    jobs = agreement_jobs(db_session(), current_actor())
    job_id = _job_asked(jobs)
    report = read_agreement(db_session(), job_id=job_id, actor=current_actor())
    return render_template(
        "agreement/show.html",
        jobs=jobs,
        job_id=job_id,
        report=report,
        files=[_file_link(part, job_id) for part in AgreementPart],
        definitions=DEFINITIONS,
        Sitting=Sitting,
        SITTING_LABELS=SITTING_LABELS,
        Level=Level,
        LEVEL_LABELS=LEVEL_LABELS,
        FEWEST_CANDIDATES=FEWEST_CANDIDATES,
        LOW_ALPHA=LOW_ALPHA,
        LOW_WITHIN_ONE=LOW_WITHIN_ONE,
    )


@bp.get("/reports/agreement/<part>.csv")
@requires(Permission.AGREEMENT_READ)
def export(part: str) -> Response:
    if part not in set(AgreementPart):
        abort(404)
    asked = AgreementPart(part)
    jobs = agreement_jobs(db_session(), current_actor())
    job_id = _job_asked(jobs)
    with database().writing() as session:
        record_agreement_export(session, job_id=job_id, part=asked, actor=current_actor())
    report = agreement_report(db_session(), current_actor(), job_id)
    of_which = jobs[job_id] if job_id is not None else "All jobs"
    file = file_of(report, asked, of_which, as_of=clock.now(), zone=reader_zone().key)
    response = Response(b"".join(csv_of(file)), mimetype="text/csv")
    name = f"{file.name}-{file.as_of.date().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.get("/interviews/calibration")
@requires(Permission.INTERVIEW_READ)
def own() -> str:
    """How the reader's own ratings lie beside the others': theirs alone, whatever their role."""
    leniency = own_leniency(db_session(), current_actor())
    return render_template("agreement/own.html", leniency=leniency, FEWEST_SHARED=FEWEST_SHARED)


def _job_asked(jobs: Mapping[int, str]) -> int | None:
    """The job that the address asks for; without one the only job there is. Raises RuleBroken."""
    text = request.args.get("job", "").strip()
    if not text:
        return next(iter(jobs)) if len(jobs) == 1 else None
    if not (text.isascii() and text.isdigit() and int(text[:12]) in jobs):
        raise RuleBroken("There is no such job.", field="job")
    return int(text)


def _file_link(part: AgreementPart, job_id: int | None) -> dict[str, Any]:
    label = f"{AGREEMENT_PART_LABELS[part]} as CSV"
    return {"label": label, "href": url_for(".export", part=part.value, job=job_id)}
