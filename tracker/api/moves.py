"""Moves by API: one with its checks in their order, or several, each with its own result."""

from typing import Any

from flask import Blueprint, abort, request

from tracker.api.application_shapes import application_at, application_shape, application_shapes, move_shapes
from tracker.api.contracts import answers, body_of
from tracker.api.loading import load_application, rename, renamed
from tracker.api.problems import answer_problem, problem, problem_of_rule
from tracker.api.shapes.applications import BulkBody, BulkMade, BulkResultShape, MoveBody, MoveMade
from tracker.api.shapes.problems import FieldError, Problem
from tracker.domain.deciding import REFUSAL_LABELS, MoveRequest, NotPermitted, Refusal, parties_of
from tracker.domain.facts import Facts
from tracker.domain.moves import EDGES, FORWARD_EDGES, NEEDS_DISPOSITION, MoveKind, Party
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.history import stages_at
from tracker.services.moves import BulkResult, StaleVersion, make_move, move_many
from tracker.web.access import allow, current_actor, requires
from tracker.web.transaction import db_session

bp = Blueprint("api_moves", __name__, url_prefix="/api/v1/applications")

LONGEST_KEY = 100
KEY_HEADER = "Idempotency-Key"
_HEADERS: dict[str, dict[str, Any]] = {
    KEY_HEADER: {
        "description": "The same key and body again give the same answer, and one move.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    }
}
_FIELDS = {"disposition": "reason", "text": "reason", "override_reason": "override.reason"}


@bp.post("/<int:application_id>/moves")
@requires(Permission.APPLICATION_READ, writes=True)
@answers(
    MoveMade,
    "Make a move. Checked in this order: known (404), permitted (403), the key's replay, the version seen"
    " (409), the order of stages (422 illegal-move), what is missing (422 unmet-requirements).",
    status=201,
    body=MoveBody,
    headers=_HEADERS,
)
def make(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_MOVE)
    asked = body_of(MoveBody)
    key = _key()
    _require_party(application, asked.move, asked.seen, asked.to)
    if asked.override:
        allow(Permission.REQUIREMENT_OVERRIDE, Subject(job_id=application.job_id))
    try:
        with renamed(_FIELDS):
            move = make_move(
                db_session(),
                application.id,
                _request(asked),
                actor=current_actor(),
                seen_stage=asked.seen,
                seen_version=asked.version,
                to_job_id=_known_job(asked.to_job),
                idempotency_key=key,
            )
    except StaleVersion as stale:
        db_session().rollback()
        current = application_shape(load_application(application_id)).model_dump(mode="json", by_alias=True)
        return answer_problem(problem(409, stale.message, current=current))
    # Who made a move may read what they wrote on it.
    [shape] = move_shapes([move], shows_texts=True)
    return MoveMade(application=application_at(application, move.version), move=shape)


@bp.post("/bulk-moves")
@requires(Permission.APPLICATION_MOVE, writes=True)
@answers(
    BulkMade,
    "Move several applications, each for itself, from the version that was seen of it; one no stops no other."
    " The same key and body again move none twice.",
    body=BulkBody,
    headers=_HEADERS,
)
def make_many() -> BulkMade:
    asked = body_of(BulkBody)
    key = _key()
    ids = list(dict.fromkeys(asked.ids))
    if key is not None and asked.versions is None:
        # As they stand now is another thing at the second time.
        raise RuleBroken("With a key, name the version seen of each.", field="versions")
    if asked.versions is not None and len(asked.versions) != len(asked.ids):
        raise RuleBroken("Name one version for each of the ids.", field="versions")
    if asked.move is MoveKind.TRANSFER:
        raise RuleBroken("A transfer is made one by one.", field="move")
    rows = visible.applications(current_actor()).where(
        Application.id.in_(ids), Application.stage.is_not(None)
    )
    found = {application.id: application for application in db_session().scalars(rows)}
    if asked.versions is None:
        versions = {one: application.version for one, application in found.items()}
    else:
        versions = dict(zip(asked.ids, asked.versions, strict=True))
    results = {one: _result(one, problem(404)) for one in ids}
    seen = []
    places = stages_at(db_session(), versions)
    for application in found.values():
        # No such version yet: it is stale whatever the stage.
        stage = asked.seen or places.get(application.id, Stage.APPLICATION)
        try:
            _require_party(application, asked.move, stage, asked.to)
            seen.append((application, stage, versions[application.id]))
        except NotPermitted as broken:
            results[application.id] = _result(application.id, problem_of_rule(broken))
    made = move_many(db_session(), seen, _request(asked), actor=current_actor(), idempotency_key=key)
    results |= _made(made, found)
    return BulkMade(items=[results[one] for one in ids])


def _request(asked: MoveBody | BulkBody) -> MoveRequest:
    closes = asked.move in NEEDS_DISPOSITION
    override = asked.override if isinstance(asked, MoveBody) else None
    reason, note = (asked.reason or "").strip() or None, (asked.note or "").strip() or None
    return MoveRequest(
        kind=asked.move,
        to=asked.to,
        disposition=reason if closes else None,
        text=None if closes else reason,
        note=note,
        override=frozenset(override.requirements) if override else frozenset(),
        override_reason=override.reason.strip() if override else None,
    )


def _require_party(application: Application, kind: MoveKind, seen: Stage, to: Stage | None) -> None:
    """Refuse a move that this person may not make from the stage they saw, wherever it stands by now."""
    place = Facts(application.id, application.job_id, seen, Outcome.ACTIVE, application.version)
    # Whether an undo is the maker's own is asked of the last move, under the lock.
    own = parties_of(current_actor(), place) | {Party.MAKER}
    from_here = [e for e in FORWARD_EDGES if (e.kind, e.from_stage) == (kind, seen)]
    fitting = [e for e in from_here if to in (None, e.to_stage)] or [e for e in EDGES if e.kind is kind]
    if not any(edge.who & own for edge in fitting):
        raise NotPermitted(REFUSAL_LABELS[Refusal.PERMISSION])


def _key() -> str | None:
    key = request.headers.get(KEY_HEADER)
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        sentence = f"A key has 1 to {LONGEST_KEY} printable characters."
        errors = [FieldError(field=KEY_HEADER, message=sentence)]
        abort(answer_problem(problem(422, sentence, errors=errors)))
    return key


def _known_job(job_id: int | None) -> int | None:
    """The target of a transfer, if the person may know of that job."""
    if job_id is None:
        return None
    rows = visible.jobs(current_actor()).with_only_columns(Job.id).where(Job.id == job_id)
    return db_session().scalar(rows)


def _made(made: list[BulkResult], found: dict[int, Application]) -> dict[int, BulkResultShape]:
    stale = [r.application_id for r in made if isinstance(r.error, StaleVersion)]
    current = application_shapes([found[one] for one in stale]) if stale else {}
    return {r.application_id: _bulk_result(r, current.get(r.application_id)) for r in made}


def _bulk_result(result: BulkResult, current: Any) -> BulkResultShape:
    if result.move is not None:
        [shape] = move_shapes([result.move], shows_texts=True)
        return BulkResultShape(id=result.application_id, status=201, move=shape, problem=None)
    found = problem_of_rule(rename(result.error or RuleBroken("It was not moved."), _FIELDS))
    if current is not None:
        found = found.model_copy(update={"current": current.model_dump(mode="json", by_alias=True)})
    return _result(result.application_id, found)


def _result(application_id: int, found: Problem) -> BulkResultShape:
    return BulkResultShape(id=application_id, status=found.status, move=None, problem=found)
