"""The status of a job: its history, what it can become and why not, and each change of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from tracker.domain.job_setups import SetupNeed, missing_for, setup_lines
from tracker.domain.jobs import STATUS_CHANGE_LABELS, StatusOption
from tracker.domain.permissions import Permission, Subject
from tracker.domain.stages import JOB_STATUS_BADGES, JOB_STATUS_LABELS, JobStatus
from tracker.models.jobs import Job
from tracker.queries.job_setups import setup_facts
from tracker.queries.job_statuses import options_of, status_history
from tracker.services import jobs
from tracker.web.access import allow, current_actor, requires
from tracker.web.forms.jobs import StatusForm
from tracker.web.job_frames import load_head, load_job
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("job_statuses", __name__, url_prefix="/jobs/<int:job_id>/status")

STATUS_SERVICES: dict[str, Callable[..., Job]] = {
    "open": lambda session, job, reason, actor: jobs.open_job(session, job, actor=actor),
    "hold": lambda session, job, reason, actor: jobs.hold_job(session, job, reason=reason, actor=actor),
    "resume": lambda session, job, reason, actor: jobs.resume_job(session, job, reason=reason, actor=actor),
    "fill": lambda session, job, reason, actor: jobs.fill_job(session, job, reason=reason, actor=actor),
    "close": lambda session, job, reason, actor: jobs.close_job(session, job, reason=reason, actor=actor),
    "reopen": lambda session, job, reason, actor: jobs.reopen_job(session, job, reason or "", actor=actor),
}
ADVICE = {
    "open": "The job then takes applications. The instant of approval is kept.",
    "hold": "Applications and moves forward stop for a while.",
    "resume": "Applications and moves forward go on.",
    "fill": "The job takes no more applications; onboarding goes on.",
    "close": "The job ends without filling all of it. Applications can still be rejected and withdrawn.",
    "reopen": "The job takes applications again.",
}


@bp.get("")
@requires(Permission.JOB_READ)
def show(job_id: int) -> str:
    job = load_job(job_id)
    return render_template(
        "jobs/statuses.html",
        job=job,
        options=options_of(load_head(job_id), actor=current_actor()),
        history=status_history(db_session(), job),
        change_labels=STATUS_CHANGE_LABELS,
        advice=ADVICE,
        STATUS_LABELS=JOB_STATUS_LABELS,
        STATUS_BADGES=JOB_STATUS_BADGES,
    )


@bp.route("/<name>", methods=["GET", "POST"])
@requires(Permission.JOB_CHANGE_STATUS, writes=True)
def change(job_id: int, name: str) -> Any:
    job = load_job(job_id)
    if name not in STATUS_SERVICES:
        abort(404)
    allow(Permission.JOB_OPEN if name == "open" else Permission.JOB_CHANGE_STATUS, Subject(job_id=job_id))
    form = StatusForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            STATUS_SERVICES[name](db_session(), job, form.reason.data or None, actor=current_actor())
            flash(f"{job.title} is now {JOB_STATUS_LABELS[job.status].lower()}.", "success")
            return redirect(url_for("jobs.show", job_id=job_id), 303)
    option = _option(job_id, name)
    shown = {
        "refused": option.refused if option else f"This is not possible for a job that is {_status(job)}.",
        "needs_reason": option is not None and option.change.needs_reason,
        "missing": _missing(job) if name == "open" else (),
        "advice": ADVICE[name],
    }
    page = {"job": job, "name": name, "label": STATUS_CHANGE_LABELS[name], "form": form, **shown}
    return render_template("jobs/status.html", **page), 422 if form.is_submitted() else 200


def _option(job_id: int, name: str) -> StatusOption | None:
    options = options_of(load_head(job_id), actor=current_actor())
    return next((option for option in options if option.change.name == name), None)


def _status(job: Job) -> str:
    return JOB_STATUS_LABELS[job.status].lower()


def _missing(job: Job) -> tuple[str, ...]:
    if job.status is not JobStatus.DRAFT:
        return ()
    lines = setup_lines(setup_facts(db_session(), job))
    return missing_for(lines, SetupNeed.OPENING) + missing_for(lines, SetupNeed.WALKING)
