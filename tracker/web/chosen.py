"""The applications that somebody ticked in a job's table, and the way back to the table as it was."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm

from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.web.access import current_actor, same_origin_path
from tracker.web.job_frames import load_job
from tracker.web.transaction import db_session

MOST = 200
Seen = tuple[Application, Stage, int]
Result = tuple[int, str, bool, str]
"""Of one application: its id, the candidate's name, whether it was done, and why not."""


def chosen_of(job_id: int, doing: Permission) -> tuple[Job, list[Seen]]:
    """The job and its chosen applications, each with the stage and version that the person saw."""
    job = load_job(job_id, doing)
    values = request.form.getlist("ids")
    if len(values) > MOST:
        abort(413)
    try:
        parts = [one.split("-") for one in values]
        asked = {int(number): (Stage(stage), int(version)) for number, version, stage in parts}
    except ValueError:
        abort(400)
    rows = visible.applications(current_actor()).where(
        Application.job_id == job_id, Application.id.in_([n for n in asked if 0 < n < 2**31])
    )
    return job, [(application, *asked[application.id]) for application in db_session().scalars(rows)]


def table_of(job_id: int) -> str:
    """The table as it stood when the applications were chosen; never another page."""
    table = url_for("jobs.show", job_id=job_id, view="table")
    given = same_origin_path(request.form.get("back")) or ""
    return given if given.partition("?")[0] == table.partition("?")[0] else table


def nothing_chosen(job_id: int) -> Any:
    """Back to the table: there was nothing to do anything with."""
    flash("Choose at least one application.", "warning")
    return redirect(table_of(job_id), 303)


def ask_first(job: Job, form: FlaskForm, *, title: str, label: str, kind: str = "main", **more: Any) -> Any:
    """The question before the deed; it sends what was chosen along with the answer.

    `more` may offer a `preview` of what would go out, and show one as `mail`.
    """
    more = {"preview": False, "mail": None, **more}
    status = 422 if "is_decided" in request.form and more["mail"] is None else 200
    count = len(request.form.getlist("ids"))
    page = render_template(
        "jobs/bulk_form.html",
        job=job,
        form=form,
        title=f"{title} {count} {'application' if count == 1 else 'applications'}",
        label=label,
        kind=kind,
        action=request.path,
        hidden=[
            *(("ids", one) for one in request.form.getlist("ids")),
            *((name, request.form[name]) for name in ("move", "back") if name in request.form),
        ],
        table_href=table_of(job.id),
        **more,
    )
    return page, status


def answer(
    job: Job, results: list[Result], done: str, not_done: str, *, way_back: dict[str, Any] | None = None
) -> Any:
    """Back to the table where all went through; else what became of each.

    `way_back` is where what was done can be undone, and what is sent there.
    """
    count = sum(is_done for _, _, is_done, _ in results)
    if count == len(results):
        said = f"{count} {'application' if count == 1 else 'applications'} {done}."
        if way_back is None:
            flash(said, "success")
        else:
            flash({"text": said, **way_back}, "undo")  # type: ignore[arg-type]
        return redirect(table_of(job.id), 303)
    return render_template(
        "jobs/bulk_result.html",
        job=job,
        results=results,
        title=f"{count} of {len(results)} {done}",
        words=(done.capitalize(), not_done),
        way_back=way_back if count else None,
        table_href=table_of(job.id),
    )
