"""Moving several applications of a job at once: each is decided for itself, and each gets its answer."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.services.moves import BulkResult, move_many
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.forms.jobs import BulkRejectForm
from tracker.web.transaction import db_session

bp = Blueprint("bulk_moves", __name__)

MOST = 200
Seen = tuple[Application, Stage, int]


@bp.post("/jobs/<int:job_id>/moves")
@requires(Permission.APPLICATION_MOVE, writes=True)
def make(job_id: int) -> Any:
    job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == job_id))
    allow(Permission.APPLICATION_MOVE, Subject(job_id=job_id))
    chosen = request.form.getlist("ids")
    seen = _seen(job_id, chosen)
    if not seen:
        flash("Choose at least one application.", "warning")
        return redirect(url_for("jobs.show", job_id=job_id, view="table"), 303)
    kind = request.form.get("move")
    if kind == MoveKind.ADVANCE:
        return _answer(job, seen, MoveRequest(MoveKind.ADVANCE))
    if kind != MoveKind.REJECT:
        abort(400)
    form = BulkRejectForm() if "is_decided" in request.form else BulkRejectForm(formdata=None)
    if "is_decided" not in request.form or not form.validate():
        status = 422 if "is_decided" in request.form else 200
        return render_template("jobs/bulk_reject.html", job=job, ids=chosen, form=form), status
    note = (form.note.data or "").strip() or None
    return _answer(job, seen, MoveRequest(MoveKind.REJECT, disposition=form.disposition.data, note=note))


def _seen(job_id: int, chosen: list[str]) -> list[Seen]:
    """The chosen applications of this job, each with the stage and version that the person saw."""
    if len(chosen) > MOST:
        abort(413)
    try:
        parts = [one.split("-") for one in chosen]
        asked = {int(number): (Stage(stage), int(version)) for number, version, stage in parts}
    except ValueError:
        abort(400)
    rows = visible.applications(current_actor()).where(
        Application.job_id == job_id, Application.id.in_([n for n in asked if 0 < n < 2**31])
    )
    return [(application, *asked[application.id]) for application in db_session().scalars(rows)]


def _answer(job: Job, seen: list[Seen], asked: MoveRequest) -> Any:
    names = {application.id: application.candidate.name for application, _, _ in seen}
    results = move_many(db_session(), seen, asked, actor=current_actor())
    moved = sum(result.move is not None for result in results)
    if moved == len(results):
        flash(f"{moved} {'application' if moved == 1 else 'applications'} moved.", "success")
        return redirect(url_for("jobs.show", job_id=job.id, view="table"), 303)
    shown: list[tuple[str, BulkResult]] = [(names[result.application_id], result) for result in results]
    return render_template("jobs/bulk_result.html", job=job, results=shown, moved=moved)
