"""Moving one application: what may happen, what is missing, and the move itself."""

import secrets
from collections.abc import Sequence
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, redirect, render_template, request
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.domain.deciding import (
    NotPermitted,
    Refusal,
    RequirementsUnmet,
    move_options,
)
from tracker.domain.mails import Mail
from tracker.domain.moves import PAST_LABELS, UNDOABLE, MoveKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.requirement_names import NEVER_OVERRIDDEN, Owner
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGE_LABELS, JobStatus, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible
from tracker.queries.applications import Event, move_events, moves_since
from tracker.queries.candidates import applicant
from tracker.queries.facts import gather_facts
from tracker.services.mails import rejection_of
from tracker.services.moves import KeyReused, StaleVersion, make_move
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.applications import MoveForm, PlainMoveForm
from tracker.web.frame import whose
from tracker.web.hrefs import href
from tracker.web.move_options import Chosen, one_of_each, option_key, option_label, who_may
from tracker.web.outbox import sender
from tracker.web.requirement_places import requirement_items
from tracker.web.suggestions import suggested_after
from tracker.web.transaction import db_session

bp = Blueprint("moves", __name__, url_prefix="/applications/<int:application_id>/moves")

_K = TypeVar("_K", MoveKind, Stage)


@bp.get("")
@requires(Permission.APPLICATION_READ)
def show(application_id: int) -> Any:
    application = _load(application_id)
    options = _options(application)
    chosen, advice = _choice(application, options)
    form = MoveForm(formdata=None, back=request.args.get("back", ""))
    since = _since(application)
    return _page(application, options, chosen, form, since=since, advice=advice)


@bp.post("")
@requires(Permission.APPLICATION_READ, writes=True)
def make(application_id: int) -> Any:
    if not visible.knows_application(db_session(), current_actor(), application_id):
        abort(404)
    form = PlainMoveForm() if PlainMoveForm.holds(request.form) else MoveForm()
    try:
        asked, (stage, version) = form.asked(), form.seen()
    except ValueError:
        abort(400)
    if not form.validate():
        return _refused(_load(application_id), _refilled(), 422)
    try:
        move = make_move(
            db_session(),
            application_id,
            asked,
            actor=current_actor(),
            seen_stage=stage,
            seen_version=version,
            to_job_id=_known_job(form),
            idempotency_key=form.key.data or None,
            # Who sends no box at all is no page that offered one.
            mails=asked.kind is not MoveKind.REJECT or "asks_mails" not in request.form or form.mails.data,
        )
    except RuleBroken as broken:
        return _explain(application_id, _refilled(), broken)
    name, job_id = applicant(db_session(), application_id, current_actor())
    tell_of_move(move, name, back := form.back.data or "")
    return redirect(_back(application_id, job_id, back), 303)


def _refilled() -> MoveForm:
    """The whole form with what was sent, to be shown again."""
    form = MoveForm()
    form.validate()
    return form


def _load(application_id: int) -> Application:
    rows = visible.applications(current_actor()).where(Application.id == application_id)
    return load_or_404(db_session(), rows.options(joinedload(Application.candidate)))


def _known_job(form: PlainMoveForm) -> int | None:
    """The target of a transfer, if the person may know of that job."""
    wanted = form.job_id()
    if wanted is None or wanted >= 2**31:
        return None
    return db_session().scalar(
        visible.jobs(current_actor()).with_only_columns(Job.id).where(Job.id == wanted)
    )


def _options(application: Application) -> Chosen:
    now = clock.here()
    facts = gather_facts(db_session(), [application.id], now=now)[application.id]
    return move_options(facts, current_actor(), now)


def _choice(application: Application, options: Chosen) -> tuple[Chosen, str]:
    """The options of the move that the address asks for, and a word where it asks for too much at once."""
    kind, to = _asked(MoveKind, "move"), _asked(Stage, "to")
    here = application.stage
    if kind is None and to is not None and here is not None and to is not here:
        kind = MoveKind.ADVANCE if to.place > here.place else MoveKind.RETURN
    chosen = tuple(o for o in options if o.edge.kind is kind)
    advice = ""
    if kind is MoveKind.ADVANCE and to and here and to is not here.following and here.following:
        advice = f"One stage at a time: after {STAGE_LABELS[here]} comes {STAGE_LABELS[here.following]}."
    return chosen, advice


def _asked(enum: type[_K], name: str) -> _K | None:
    try:
        return enum(request.args[name]) if request.args.get(name) else None
    except ValueError:
        abort(404)


def _since(application: Application) -> list[Event]:
    """What happened after the version that the person saw on the board."""
    seen = request.args.get("version", application.version, type=int)
    return _events(application, moves_since(db_session(), application.id, seen))


def _events(application: Application, moves: Sequence[Move]) -> list[Event]:
    # Texts of moves may hold what somebody who still owes a scorecard must not read.
    return move_events(db_session(), moves, shows_texts=False)


def _explain(application_id: int, form: MoveForm, broken: RuleBroken) -> Any:
    """The page that says why not, with all that was typed."""
    db_session().rollback()
    fresh = _load(application_id)
    if isinstance(broken, StaleVersion):
        since = _events(fresh, moves_since(db_session(), fresh.id, form.seen()[1]))
        return _refused(fresh, form, 409, since=since)
    if isinstance(broken, KeyReused):
        form.form_errors.append(
            "This form was sent before with other content. Look at it again, then send it."
        )
        return _refused(fresh, form, 409)
    if not isinstance(broken, RequirementsUnmet):
        form.show_refusal(broken.message, broken.field)
    return _refused(fresh, form, 403 if isinstance(broken, NotPermitted) else 422)


def _refused(
    application: Application, form: MoveForm, status: int, since: list[Event] | None = None
) -> tuple[str, int]:
    options = _options(application)
    chosen = tuple(o for o in options if o.edge.kind is form.kind())
    return _page(application, options, chosen, form, since=since, status=status)


def _page(
    application: Application,
    options: Chosen,
    chosen: Chosen,
    form: MoveForm,
    *,
    since: list[Event] | None = None,
    advice: str = "",
    status: int = 200,
) -> tuple[str, int]:
    open_to_me = tuple(o for o in options if o.refused is not Refusal.PERMISSION)
    onward = next((o for o in options if o.edge.kind in (MoveKind.ADVANCE, MoveKind.COMPLETE)), None)
    if not chosen and onward is not None:
        chosen = (onward,)
    is_lost = status == 409 and not any(o.edge.kind is form.kind() for o in open_to_me)
    if chosen:
        form.offer(chosen, _jobs(application) if chosen[0].edge.kind is MoveKind.TRANSFER else ())
        form.move.data = chosen[0].edge.kind.value
        if chosen[0].edge.kind is MoveKind.RETURN and form.to.data is None:
            form.to.data = (_asked(Stage, "to") or chosen[-1].edge.to_stage).value
    form.from_.data, form.version.data = application.stage, application.version
    form.key.data = secrets.token_urlsafe(12)
    page = render_template(
        "applications/moves.html",
        application=application,
        form=form,
        option=chosen[0] if chosen else None,
        label=option_label,
        key=option_key,
        items=requirement_items(application, chosen[0]) if chosen else [],
        others=one_of_each(open_to_me, chosen),
        since=since,
        is_lost=is_lost,
        advice=advice,
        who=who_may(chosen),
        rejection=_rejection(application, chosen),
        back=form.back.data or "",
        can_override=_can_override(application, chosen),
        suggested=suggested_after(application, chosen),
        Refusal=Refusal,
        MoveKind=MoveKind,
        STAGE_LABELS=STAGE_LABELS,
    )
    return page, status


def _can_override(application: Application, chosen: Chosen) -> bool:
    """Whether the person may go on without what is missing; their own scorecard is never left out."""
    missing = [one for option in chosen for one in option.unmet]
    if any(one.owner is Owner.YOU or one.requirement in NEVER_OVERRIDDEN for one in missing):
        return False
    return can(current_actor(), Permission.REQUIREMENT_OVERRIDE, Subject(job_id=application.job_id))


def _rejection(application: Application, chosen: Chosen) -> Mail | None:
    """What the candidate would be written, where the move is a rejection that the person may make."""
    if not chosen or chosen[0].edge.kind is not MoveKind.REJECT or not chosen[0].is_allowed:
        return None
    return rejection_of(db_session(), application, sender(), called=whose(application))


def _jobs(application: Application) -> list[tuple[int, str]]:
    rows = visible.jobs(current_actor()).with_only_columns(Job.id, Job.title)
    rows = rows.where(Job.status == JobStatus.OPEN, Job.id != application.job_id).order_by(Job.title, Job.id)
    return [(number, title) for number, title in db_session().execute(rows.limit(200))]


def tell_of_move(move: Move, name: str, back: str) -> None:
    """Say on the page that comes next what was done to whom, with the undo, which leads `back`."""
    if move.kind in (MoveKind.ADVANCE, MoveKind.RETURN):
        said = f"Moved {name} to {STAGE_LABELS[move.to_stage]}."
    elif move.kind is MoveKind.UNDO:
        said = f"Undone: {name} is in {STAGE_LABELS[move.to_stage]} again."
    else:
        said = f"{PAST_LABELS[move.kind]}: {name}."
    if move.kind not in UNDOABLE:
        flash(said, "success")
        return
    values = {
        "move": MoveKind.UNDO.value,
        "from": move.to_stage.value,
        "version": move.version,
        "key": secrets.token_urlsafe(12),
        "back": back,
    }
    target = href("moves.make", application_id=move.application_id)
    # The toast of an undo carries a form; the layout reads it by its category.
    flash({"text": said, "href": target, "values": values}, "undo")  # type: ignore[arg-type]


def _back(application_id: int, job_id: int, back: str) -> str:
    if back == "board":
        return href("jobs.show", job_id=job_id)
    if back == "screen":
        return href("screening_queues.show", job_id=job_id, application_id=application_id)
    return href("applications.show", application_id=application_id)
