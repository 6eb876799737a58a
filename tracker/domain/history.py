"""History that proves itself: what a move's hash covers, and how a chain is checked and replayed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = "0" * 64
"""What stands before the first move of every chain."""


def microseconds(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_from(number: int) -> datetime:
    """The instant in UTC of whole microseconds since 1970. Raises OverflowError for one beyond all years."""
    return _EPOCH + timedelta(microseconds=number)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One dated change of stage or outcome as history keeps it; instants are aware, texts stand elsewhere."""

    application_id: int
    version: int
    kind: MoveKind
    from_stage: Stage | None
    to_stage: Stage
    from_outcome: Outcome | None
    to_outcome: Outcome
    reason: str | None
    actor: str
    at: datetime
    recorded_at: datetime
    imported: bool
    overridden: tuple[str, ...]
    text_commitment: str | None
    previous_hash: str
    hash: str = ""


def canonical(row: MoveRow) -> bytes:
    """The bytes that a move's hash covers: sorted JSON, keys not labels, instants in UTC microseconds."""
    content = {
        "application": row.application_id,
        "version": row.version,
        "kind": row.kind,
        "from_stage": row.from_stage,
        "to_stage": row.to_stage,
        "from_outcome": row.from_outcome,
        "to_outcome": row.to_outcome,
        "reason": row.reason,
        "actor": row.actor,
        "at": microseconds(row.at),
        "recorded_at": microseconds(row.recorded_at),
        "imported": row.imported,
        "overridden": list(row.overridden),
        "text": row.text_commitment,
        "previous": row.previous_hash,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def move_hash(row: MoveRow) -> str:
    """SHA-256 over a move's content and the hash of the move before it, as 64 hex digits."""
    return hashlib.sha256(canonical(row)).hexdigest()


def commit_to_text(salt: str, reason: str | None, note: str | None, override: str | None) -> str | None:
    """A salted commitment to a move's free text: it proves the text while kept and reveals nothing once
    erased.
    """
    if not (reason or note or override):
        return None
    content = json.dumps([salt, reason or "", note or "", override or ""], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class State:
    """Where an application stands after some of its moves."""

    version: int = 0
    stage: Stage | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    stage_entered_at: datetime | None = None


def replay(rows: Iterable[MoveRow]) -> State:
    """The state that a chain of moves in order of version leads to."""
    state = State()
    for row in rows:
        is_same_stage = row.to_stage is state.stage
        closed = row.to_outcome in (Outcome.REJECTED, Outcome.WITHDRAWN)
        state = State(
            version=row.version,
            stage=row.to_stage,
            outcome=row.to_outcome,
            reason=row.reason if closed else None,
            stage_entered_at=state.stage_entered_at if is_same_stage else row.at,
        )
    return state


def first_fault(rows: Iterable[MoveRow]) -> tuple[int, str] | None:
    """The first move of a chain that does not hold: its version and why; none if the chain is sound."""
    previous, stage, outcome = FIRST, None, None
    for version, row in enumerate(rows, start=1):
        if row.version != version:
            return version, "a move is missing"
        if row.previous_hash != previous:
            return version, "does not follow the move before it"
        if row.hash != move_hash(row):
            return version, "content and hash differ"
        if (row.from_stage, row.from_outcome) != (stage, outcome):
            return version, "does not start where the move before it ended"
        previous, stage, outcome = row.hash, row.to_stage, row.to_outcome
    return None


def root_hash(tips: Iterable[tuple[int, int, str]]) -> str:
    """One hash over the latest move of every application: (application id, version, hash), in order of id."""
    digest = hashlib.sha256()
    for application_id, version, tip in tips:
        digest.update(f"{application_id}:{version}:{tip}\n".encode())
    return digest.hexdigest()
