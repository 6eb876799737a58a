"""Making a move: the one service for every caller, and the writing of its row of history."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import IllegalMove, MoveRequest, decide
from tracker.domain.dispositions import TRANSFER_REASON
from tracker.domain.history import FIRST, MoveRow, commit_to_text, move_hash
from tracker.domain.moves import UNDO_WINDOW, Edge, MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move, MoveNote
from tracker.models.submissions import Submission
from tracker.queries.facts import gather_facts
from tracker.services.audit import record
from tracker.services.move_effects import follow_move
from tracker.services.outbox import queue_message


class StaleVersion(RuleBroken):
    """Somebody else moved the application first; `moves` holds what happened since."""

    def __init__(self, moves: Sequence[Move]) -> None:
        super().__init__("The application has moved since you opened it.")
        self.moves = moves


class KeyReused(RuleBroken):
    """An idempotency key came back with another body."""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one application of a bulk move: its move, or why not."""

    application_id: int
    move: Move | None
    error: RuleBroken | None


def lock_application(session: Session, application_id: int) -> Application | None:
    """The application, locked after its job, with all that others wrote before."""
    job_id = session.scalar(select(Application.job_id).where(Application.id == application_id))
    if job_id is None:
        return None
    session.execute(select(Job.id).where(Job.id == job_id).with_for_update())
    return session.scalar(
        select(Application)
        .where(Application.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


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
    previous = session.get(Move, (application.id, application.version)) if application.version else None
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
        previous_hash=previous.hash if previous else FIRST,
    )
    row = replace(row, hash=move_hash(row))
    session.flush()
    session.execute(insert(Move), [move_values(row)])
    if row.text_commitment:
        session.add(
            MoveNote(
                application_id=row.application_id,
                version=row.version,
                salt=salt,
                reason=request.text,
                note=request.note,
                override_reason=request.override_reason,
            )
        )
    session.refresh(application)
    return session.get_one(Move, (row.application_id, row.version))


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


def _body_hash(application_id: int, request: MoveRequest, to_job_id: int | None) -> str:
    body = [application_id, request.kind, request.to, request.disposition, request.text, request.note]
    more = [sorted(request.override), request.override_reason, to_job_id]
    return hashlib.sha256(json.dumps(body + more).encode()).hexdigest()


def _replayed(session: Session, actor: Actor, key: str, body_hash: str) -> Move | None:
    earlier = session.get(Submission, (actor.key, key))
    if earlier is None:
        return None
    if earlier.body_hash != body_hash:
        raise KeyReused("This key was used for another request.")
    return session.get_one(Move, (earlier.result["application_id"], earlier.result["version"]))


def make_move(
    session: Session,
    application: Application,
    request: MoveRequest,
    *,
    actor: Actor,
    seen_stage: Stage,
    seen_version: int,
    to_job_id: int | None = None,
    idempotency_key: str | None = None,
) -> Move:
    """Move an application as the actor asks, from the stage and version that the actor saw.

    Raises NotPermitted, KeyReused, StaleVersion, IllegalMove, RuleBroken at a field, RequirementsUnmet.
    The same idempotency key answers with the same move again.
    """
    body_hash = _body_hash(application.id, request, to_job_id)
    locked = lock_application(session, application.id)
    if locked is None or locked.stage is None:
        raise IllegalMove("There is no such application.")
    if idempotency_key and (earlier := _replayed(session, actor, idempotency_key, body_hash)):
        return earlier
    if (locked.version, locked.stage) != (seen_version, seen_stage):
        raise StaleVersion(_moves_since(session, locked, seen_version))
    now = clock.now()
    facts = gather_facts(session, [locked.id], now=now)[locked.id]
    edge, overridden = decide(facts, request, actor=actor, now=now)
    target = _target_job(session, locked, edge, to_job_id)
    move = write_move(session, locked, edge, request, actor=actor, at=now, overridden=overridden)
    follow_move(session, locked, move)
    if target is not None:
        transfer_to(session, locked, target, actor=actor)
    if overridden:
        record(
            session,
            "requirement:override",
            locked,
            actor=actor,
            application_id=locked.id,
            names=move.overridden,
        )
    _queue(session, locked, move, now)
    if idempotency_key:
        result = {"application_id": move.application_id, "version": move.version}
        session.add(
            Submission(actor=actor.key, key=idempotency_key, body_hash=body_hash, result=result, at=now)
        )
    session.flush()
    return move


def _moves_since(session: Session, application: Application, version: int) -> Sequence[Move]:
    return session.scalars(
        select(Move)
        .where(Move.application_id == application.id, Move.version > version)
        .order_by(Move.version)
    ).all()


def _queue(session: Session, application: Application, move: Move, now: datetime) -> None:
    """What the candidate hears of a move waits until it can no longer be undone."""
    if move.kind in (MoveKind.UNDO, MoveKind.IMPORT, MoveKind.TRANSFER):
        return
    key = f"move:{application.id}:{move.kind}:{move.to_stage}:{move.to_outcome}"
    queue_message(
        session,
        "application_moved",
        key=key,
        application_id=application.id,
        version=move.version,
        not_before=now + UNDO_WINDOW,
        kind_of_move=move.kind,
        stage=move.to_stage,
        outcome=move.to_outcome,
    )


def _target_job(session: Session, application: Application, edge: Edge, to_job_id: int | None) -> Job | None:
    if edge.kind is not MoveKind.TRANSFER:
        return None
    target = session.get(Job, to_job_id) if to_job_id is not None else None
    if target is None or target.id == application.job_id:
        raise RuleBroken("Choose another job to transfer to.", field="to_job")
    session.execute(select(Job.id).where(Job.id == target.id).with_for_update())
    if target.status is not JobStatus.OPEN:
        raise RuleBroken("The other job is not open.", field="to_job")
    return target


def transfer_to(session: Session, application: Application, job: Job, *, actor: Actor) -> Application:
    """Open the linked application on the other job. Raises RuleBroken if the candidate is active there."""
    return open_application(
        session,
        job,
        application.candidate_id,
        actor=actor,
        source=application.source,
        consent_notice=application.consent_notice,
        transferred_from_id=application.id,
    )


def open_application(
    session: Session,
    job: Job,
    candidate_id: int,
    *,
    actor: Actor,
    source: str,
    consent_notice: str | None = None,
    transferred_from_id: int | None = None,
    at: datetime | None = None,
) -> Application:
    """Begin an application and make its first move.

    Raises RuleBroken if the candidate is active on the job.
    """
    session.execute(select(Job.id).where(Job.id == job.id).with_for_update())
    session.refresh(job)
    if job.status is not JobStatus.OPEN:
        raise RuleBroken("This job takes no applications: it is not open.", field="job")
    is_active = session.scalar(
        select(Application.id).where(
            Application.candidate_id == candidate_id,
            Application.job_id == job.id,
            Application.outcome == Outcome.ACTIVE,
        )
    )
    if is_active is not None:
        raise RuleBroken("This candidate already has an active application on this job.", field="email")
    now = clock.now()
    application = Application(
        job_id=job.id,
        candidate_id=candidate_id,
        source=source,
        consent_notice=consent_notice,
        applied_at=at or now,
        version=0,
        transferred_from_id=transferred_from_id,
    )
    session.add(application)
    session.flush()
    edge = Edge(MoveKind.APPLY, None, Stage.APPLICATION, None, Outcome.ACTIVE)
    move = write_move(session, application, edge, MoveRequest(MoveKind.APPLY), actor=actor, at=at or now)
    if transferred_from_id is None:
        _queue(session, application, move, now)
    return application


def move_many(
    session: Session,
    seen: Sequence[tuple[Application, Stage, int]],
    request: MoveRequest,
    *,
    actor: Actor,
) -> list[BulkResult]:
    """Move several applications, each for itself: (application, stage seen, version seen); one no stops no
    other.
    """
    results = []
    for application, stage, version in sorted(seen, key=lambda s: (s[0].job_id, s[0].id)):
        try:
            with session.begin_nested():
                move = make_move(
                    session, application, request, actor=actor, seen_stage=stage, seen_version=version
                )
            results.append(BulkResult(application.id, move, None))
        except RuleBroken as error:
            session.expire(application)
            results.append(BulkResult(application.id, None, error))
    return results
