"""Writing history: one row per move with its hash and its text, under the locks of job and application."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest
from tracker.domain.dispositions import TRANSFER_REASON
from tracker.domain.history import FIRST, MoveRow, commit_to_text, move_hash
from tracker.domain.moves import Edge, MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Outcome
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move, MoveNote
from tracker.queries.objects import fetch_locked
from tracker.queries.prepared import prepared
from tracker.services.rows import write_object, write_row

# What the database sets with a move.
_MOVED = ("stage", "outcome", "disposition_reason", "version", "stage_entered_at")


@prepared
def _job_to_lock() -> Select[int]:
    return (
        select(Job.id)
        .join(Application, Application.job_id == Job.id)
        .where(Application.id == bindparam("id"))
        .with_for_update(of=Job)
    )


@prepared
def _hash_of() -> Select[str]:
    return select(Move.hash).where(
        Move.application_id == bindparam("application"), Move.version == bindparam("version")
    )


def lock_application(session: Session, application_id: int) -> Application | None:
    """The application, locked after its job, as the last move left it."""
    # On SQLite whoever may write holds the whole database from the first statement on.
    if session.get_bind().dialect.name != "sqlite":
        _job_to_lock.scalar(session, id=application_id)
    return fetch_locked(session, Application, application_id)


def write_move(
    session: Session,
    application: Application,
    edge: Edge,
    request: MoveRequest,
    *,
    actor: Actor,
    at: datetime,
    overridden: tuple[Requirement, ...] = (),
) -> Move:
    """Write one row of history with its hash and text; the database moves the application with it."""
    previous_hash = None
    if application.version:
        previous_hash = _hash_of.scalar(session, application=application.id, version=application.version)
    salt = secrets.token_hex(16)
    reason = _reason(session, application, edge, request)
    row = MoveRow(
        application_id=application.id,
        version=application.version + 1,
        kind=edge.kind,
        from_stage=edge.from_stage,
        to_stage=edge.to_stage,
        from_outcome=edge.from_outcome,
        to_outcome=edge.to_outcome,
        reason=reason,
        actor=actor.key,
        at=at,
        recorded_at=clock.now(),
        imported=edge.kind is MoveKind.IMPORT,
        overridden=tuple(sorted(overridden)),
        text_commitment=commit_to_text(salt, request.text, request.note, request.override_reason),
        previous_hash=previous_hash or FIRST,
    )
    row = replace(row, hash=move_hash(row))
    values = move_values(row)
    # After all that was written before: the database checks it against what stands there.
    move = write_object(session, Move, values)
    if row.text_commitment:
        note = {
            "application_id": row.application_id,
            "version": row.version,
            "salt": salt,
            "reason": request.text,
            "note": request.note,
            "override_reason": request.override_reason,
        }
        write_row(session, MoveNote, note)
    session.expire(application, _MOVED)
    return move


def move_values(row: MoveRow) -> dict[str, Any]:
    """A move as the columns of its table."""
    values = {name: getattr(row, name) for name in MoveRow.__slots__}
    return {**values, "overridden": ",".join(row.overridden)}


def _reason(session: Session, application: Application, edge: Edge, request: MoveRequest) -> str | None:
    if edge.to_outcome not in (Outcome.REJECTED, Outcome.WITHDRAWN):
        return None
    if edge.kind is MoveKind.UNDO:
        undone = session.get_one(Move, (application.id, application.version - 1))
        return undone.reason
    return TRANSFER_REASON if edge.kind is MoveKind.TRANSFER else request.disposition
