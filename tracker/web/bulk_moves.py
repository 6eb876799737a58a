"""Moving several applications of a job at once: each is decided for itself, and each gets its answer."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for

from tracker import clock
from tracker.domain.deciding import MoveRequest
from tracker.domain.history import instant_from, microseconds
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission
from tracker.models.jobs import Job
from tracker.queries.bulk_moves import moves_made
from tracker.services.moves import move_many
from tracker.web.access import current_actor, requires
from tracker.web.chosen import MOST, Result, Seen, answer, ask_first, chosen_of, nothing_chosen, table_of
from tracker.web.forms.jobs import BulkRejectForm
from tracker.web.frame import whose
from tracker.web.job_frames import load_job
from tracker.web.transaction import db_session

bp = Blueprint("bulk_moves", __name__)


@bp.post("/jobs/<int:job_id>/moves")
@requires(Permission.APPLICATION_MOVE, writes=True)
def make(job_id: int) -> Any:
    job, seen = chosen_of(job_id, Permission.APPLICATION_MOVE)
    if not seen:
        return nothing_chosen(job_id)
    kind = request.form.get("move")
    if kind == MoveKind.ADVANCE:
        return _move(job, seen, MoveRequest(MoveKind.ADVANCE))
    if kind != MoveKind.REJECT:
        abort(400)
    form = BulkRejectForm() if "is_decided" in request.form else BulkRejectForm(formdata=None)
    if "is_decided" not in request.form or not form.validate():
        return ask_first(job, form, title="Reject", label="Reject", kind="danger")
    note = (form.note.data or "").strip() or None
    return _move(job, seen, MoveRequest(MoveKind.REJECT, disposition=form.disposition.data, note=note))


@bp.post("/jobs/<int:job_id>/moves/undo")
@requires(Permission.APPLICATION_MOVE, writes=True)
def undo(job_id: int) -> Any:
    """Take back what the same person just did to several, while each still stands where it came to."""
    job = load_job(job_id, Permission.APPLICATION_MOVE)
    try:
        since, until = (instant_from(int(request.form[name])) for name in ("since", "until"))
    except (KeyError, ValueError, OverflowError):
        abort(400)
    seen = moves_made(db_session(), job.id, actor=current_actor(), since=since, until=until, most=MOST)
    if not seen:
        flash("There is nothing left to undo.", "warning")
        return redirect(table_of(job_id), 303)
    return answer(job, _made(seen, MoveRequest(MoveKind.UNDO)), "undone", "Not undone")


def _move(job: Job, seen: list[Seen], asked: MoveRequest) -> Any:
    since = clock.now()
    shown = _made(seen, asked)
    values = {"since": microseconds(since), "until": microseconds(clock.now()), "back": table_of(job.id)}
    way_back = {"href": url_for(".undo", job_id=job.id), "values": values}
    return answer(job, shown, "moved", "Not moved", way_back=way_back)


def _made(seen: list[Seen], asked: MoveRequest) -> list[Result]:
    names = {application.id: whose(application) for application, _, _ in seen}
    return [
        (r.application_id, names[r.application_id], r.move is not None, r.error.message if r.error else "")
        for r in move_many(db_session(), seen, asked, actor=current_actor())
    ]
