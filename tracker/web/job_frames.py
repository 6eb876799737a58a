"""What the pages of a job share: loading it, its headline, and one form that keeps one thing."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template
from flask_wtf import FlaskForm

from tracker.domain.jobs import STATUS_CHANGE_LABELS
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import JOB_STATUS_BADGES, JOB_STATUS_LABELS
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.job_statuses import options_of
from tracker.queries.jobs import JobHead, job_head
from tracker.web.access import allow, current_actor
from tracker.web.hrefs import href
from tracker.web.transaction import db_session, rule_errors_on

NO_VERSION = -1


def load_job(job_id: int, doing: Permission | None = None) -> Job:
    """The job, if the person may know of it; 403 if they may not also do this to it."""
    job = visible.job(db_session(), current_actor(), job_id)
    if job is None:
        abort(404)
    if doing is not None:
        allow(doing, Subject(job_id=job_id))
    return job


def load_head(job_id: int) -> JobHead:
    """The headline of the job, if the person may know of it."""
    head = None
    if can(current_actor(), Permission.JOB_READ, Subject(job_id=job_id)):
        head = job_head(db_session(), job_id)
    if head is None:
        abort(404)
    return head


def job_frame(job: JobHead, place: str) -> dict[str, Any]:
    """The headline of a job on its board, its table or its set-up."""
    options = options_of(job, actor=current_actor())
    return {
        "job": job,
        "subject": Subject(job_id=job.id),
        "place": place,
        "taken": job.taken,
        "changes": [option.change for option in options if not option.refused],
        "change_labels": STATUS_CHANGE_LABELS,
        "board_href": href("jobs.show", job_id=job.id),
        "table_href": href("jobs.show", job_id=job.id) + "?view=table",
        "compare_href": href("comparisons.show", job_id=job.id),
        "setup_href": href("job_setups.show", job_id=job.id),
        "JOB_STATUS_LABELS": JOB_STATUS_LABELS,
        "JOB_STATUS_BADGES": JOB_STATUS_BADGES,
    }


def seen_version(form: FlaskForm) -> int:
    """The version of the job that the form was filled in for; one that never is where none can be read."""
    text = form["version"].data or ""
    return int(text) if text.isdecimal() and len(text) < 10 else NO_VERSION


def keep_of_job(
    job: Job,
    form: FlaskForm,
    deed: Callable[[], object],
    *,
    title: str,
    said: str,
    back: str,
    label: str = "Save",
    kind: str = "main",
    advice: tuple[str, ...] = (),
) -> Any:
    """Do the deed of a form that holds and go back; else show the form with what stands against it."""
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed()
            flash(said, "success")
            return redirect(back, 303)
    if "version" in form:
        # The page shows how the job stands now, so the next try is about that.
        form["version"].data = str(job.version)
    page = {"title": title, "label": label, "kind": kind, "back": back, "advice": advice}
    status = 422 if form.is_submitted() else 200
    return render_template("jobs/form.html", job=job, form=form, **page), status
