"""The process sheet of a job, on paper: what each stage asks for, and who sees to it."""

from typing import Any

from flask import Blueprint, Response, render_template

from tracker.domain.job_setups import SetupFacts
from tracker.domain.permissions import Permission
from tracker.domain.process_sheets import other_moves, process_steps
from tracker.domain.stages import JOB_STATUS_LABELS
from tracker.exports.documents import process_document
from tracker.models.jobs import Job
from tracker.queries.job_setups import setup_facts
from tracker.web.access import requires
from tracker.web.job_frames import load_job
from tracker.web.pdfs import pdf_response
from tracker.web.transaction import db_session

bp = Blueprint("process_sheets", __name__, url_prefix="/jobs/<int:job_id>")


@bp.get("/process")
@requires(Permission.JOB_READ)
def show(job_id: int) -> str:
    return render_template("jobs/process.html", **_sheet(load_job(job_id)))


@bp.get("/process.pdf")
@requires(Permission.JOB_READ)
def paper(job_id: int) -> Response:
    sheet = _sheet(load_job(job_id))
    job = sheet["job"]
    data = process_document(f"Process sheet: {job.title}", sheet["facts"], sheet["steps"], sheet["others"])
    return pdf_response("process.typ", data, made_at=job.created_at, name=f"process-sheet-{job.id}")


def _sheet(job: Job) -> dict[str, Any]:
    found = setup_facts(db_session(), job)
    return {
        "job": job,
        "facts": _facts(job, found),
        "steps": process_steps(found, {target.stage: target.days for target in job.stage_targets}),
        "others": other_moves(),
    }


def _facts(job: Job, found: SetupFacts) -> list[tuple[str, str]]:
    place = ", ".join(part for part in (job.department, job.location) if part)
    return [
        ("Where", place or "–"),
        ("Status", JOB_STATUS_LABELS[job.status]),
        ("Openings", str(job.openings)),
        ("Recruiters", ", ".join(found.recruiters) or "nobody yet"),
        ("Hiring managers", ", ".join(found.hiring_managers) or "nobody yet"),
        ("Interviewers", ", ".join(found.interviewers) or "nobody yet"),
    ]
