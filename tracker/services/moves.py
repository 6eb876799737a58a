"""Making a move: the one service for every caller, and the writing of its row of history."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import IllegalMove, MoveRequest, decide
from tracker.domain.moves import Edge, MoveKind
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.submissions import Submission
from tracker.queries.applications import moves_since
from tracker.queries.facts import gather_facts
from tracker.services.audit import record
from tracker.services.entries import open_application
from tracker.services.mails import queue_news, queue_transferred
from tracker.services.move_effects import follow_move
from tracker.services.move_rows import lock_application, write_move
from tracker.services.people import lock_standing
from tracker.services.transfers import take_along


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


def _body_hash(
    application_id: int, request: MoveRequest, to_job_id: int | None, seen: tuple[Stage, int]
) -> str:
    body = [application_id, request.kind, request.to, request.disposition, request.text, request.note]
    more = [sorted(request.override), request.override_reason, to_job_id, *seen]
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
    application_id: int,
    request: MoveRequest,
    *,
    actor: Actor,
    seen_stage: Stage,
    seen_version: int,
    to_job_id: int | None = None,
    idempotency_key: str | None = None,
    mails: bool = True,
) -> Move:
    """Move an application as the actor asks, from the stage and version that the actor saw.

    Without `mails` the candidate is not written to about it.

    Raises NotPermitted, KeyReused, StaleVersion, IllegalMove, RuleBroken at a field, RequirementsUnmet.
    The same idempotency key answers with the same move again.
    """
    body_hash = _body_hash(application_id, request, to_job_id, (seen_stage, seen_version))
    if request.kind is MoveKind.TRANSFER:
        _lock_both_jobs(session, application_id, to_job_id)
    locked = lock_application(session, application_id)
    if locked is None or locked.stage is None:
        raise IllegalMove("There is no such application.")
    if request.kind is MoveKind.REOPEN:
        lock_standing(session, locked.candidate_id)
    if idempotency_key and (earlier := _replayed(session, actor, idempotency_key, body_hash)):
        return earlier
    if (locked.version, locked.stage) != (seen_version, seen_stage):
        raise StaleVersion(moves_since(session, locked.id, seen_version))
    now = clock.now()
    facts = gather_facts(session, [locked.id], now=now)[locked.id]
    edge, overridden = decide(facts, request, actor=actor, now=clock.here())
    target = _target_job(session, locked, edge, to_job_id)
    move = write_move(session, locked, edge, request, actor=actor, at=now, overridden=overridden)
    follow_move(session, locked, move)
    if target is not None:
        _open_linked(session, locked, target, actor=actor, mails=mails)
    if overridden:
        record(
            session,
            "requirement:override",
            locked,
            actor=actor,
            application_id=locked.id,
            names=move.overridden,
        )
    if mails:
        queue_news(session, locked, move, actor=actor)
    if idempotency_key:
        result = {"application_id": move.application_id, "version": move.version}
        session.add(
            Submission(actor=actor.key, key=idempotency_key, body_hash=body_hash, result=result, at=now)
        )
    session.flush()
    return move


def _lock_both_jobs(session: Session, application_id: int, to_job_id: int | None) -> None:
    """Lock the job that a transfer leaves and its target, lower id first: of two that cross, one waits."""
    left = select(Application.job_id).where(Application.id == application_id).scalar_subquery()
    both = or_(Job.id == left, Job.id == to_job_id)
    session.execute(select(Job.id).where(both).order_by(Job.id).with_for_update()).all()


def _target_job(session: Session, application: Application, edge: Edge, to_job_id: int | None) -> Job | None:
    if edge.kind is not MoveKind.TRANSFER:
        return None
    target = session.get(Job, to_job_id) if to_job_id is not None else None
    if target is None or target.id == application.job_id:
        raise RuleBroken("Choose another job to transfer to.", field="to_job")
    # Locked before; somebody may have closed it until then.
    session.refresh(target, ["status"])
    if target.status is not JobStatus.OPEN:
        raise RuleBroken("The other job is not open.", field="to_job")
    return target


def _open_linked(
    session: Session, application: Application, job: Job, *, actor: Actor, mails: bool
) -> Application:
    opened = open_application(
        session,
        job,
        application.candidate_id,
        actor=actor,
        source=application.source,
        consent_notice=application.consent_notice,
        transferred_from_id=application.id,
    )
    take_along(session, application, opened)
    if mails:
        queue_transferred(session, opened)
    return opened


def _claim_key(session: Session, actor: Actor, key: str, body_hash: str) -> None:
    """Let a key stand for a set of moves from now on; which of them were made, their own keys say."""
    earlier = session.get(Submission, (actor.key, key))
    if earlier is None:
        kept = {"actor": actor.key, "key": key, "body_hash": body_hash, "result": {}, "at": clock.now()}
        session.add(Submission(**kept))
        session.flush()
    elif earlier.body_hash != body_hash:
        raise KeyReused("This key was used for another request.")


def _key_of_one(key: str, application_id: int) -> str:
    return hashlib.sha256(f"{key}/{application_id}".encode()).hexdigest()


def move_many(
    session: Session,
    seen: Sequence[tuple[Application, Stage, int]],
    request: MoveRequest,
    *,
    actor: Actor,
    idempotency_key: str | None = None,
) -> list[BulkResult]:
    """Move several applications, each for itself: (application, stage seen, version seen); one no stops no
    other.

    The same idempotency key moves none a second time. Raises KeyReused where it stood for another request.
    """
    if idempotency_key:
        bodies = sorted(_body_hash(a.id, request, None, (stage, version)) for a, stage, version in seen)
        _claim_key(session, actor, idempotency_key, hashlib.sha256("".join(bodies).encode()).hexdigest())
    results = []
    for application, stage, version in sorted(seen, key=lambda s: (s[0].job_id, s[0].id)):
        try:
            with session.begin_nested():
                move = make_move(
                    session,
                    application.id,
                    request,
                    actor=actor,
                    seen_stage=stage,
                    seen_version=version,
                    idempotency_key=_key_of_one(idempotency_key, application.id) if idempotency_key else None,
                )
            results.append(BulkResult(application.id, move, None))
        except RuleBroken as error:
            session.expire(application)
            results.append(BulkResult(application.id, None, error))
        except IntegrityError:
            # What only the database refused is no reason to undo the moves of the others.
            session.expire(application)
            changed = ChangedMeanwhile("It changed while you were at it and was not moved; look again.")
            results.append(BulkResult(application.id, None, changed))
    return results
