"""Moving several applications of a job at once: each is decided for itself, and each gets its answer."""

from typing import Any

from flask import Blueprint, abort, request

from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission
from tracker.models.jobs import Job
from tracker.services.moves import move_many
from tracker.web.access import current_actor, requires
from tracker.web.chosen import Seen, answer, ask_first, chosen_of, nothing_chosen
from tracker.web.forms.jobs import BulkRejectForm
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


def _move(job: Job, seen: list[Seen], asked: MoveRequest) -> Any:
    names = {application.id: application.candidate.name for application, _, _ in seen}
    results = move_many(db_session(), seen, asked, actor=current_actor())
    shown = [
        (r.application_id, names[r.application_id], r.move is not None, r.error.message if r.error else "")
        for r in results
    ]
    return answer(job, shown, "moved", "Not moved")
