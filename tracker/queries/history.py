"""Reading the history: chains of moves as the domain checks them, in order of application and version."""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tracker.domain.history import MoveRow, first_fault, replay, root_hash
from tracker.models.applications import Application
from tracker.models.moves import Move, StageCount

_BATCH = 2_000


_COLUMNS = tuple(getattr(Move, name) for name in MoveRow.__slots__)


def _row(row: Row[Any]) -> MoveRow:
    values = row._asdict()
    values["overridden"] = tuple(row.overridden.split(",")) if row.overridden else ()
    return MoveRow(**values)


def move_rows(session: Session, ids: Collection[int] | None = None) -> Iterator[MoveRow]:
    """Moves of these applications, or of all, streamed in order of application and version."""
    query = select(*_COLUMNS).order_by(Move.application_id, Move.version).execution_options(yield_per=_BATCH)
    if ids is not None:
        query = query.where(Move.application_id.in_(ids))
    for row in session.execute(query):
        yield _row(row)


def _fault(row: Application | None, moves: list[MoveRow]) -> str | None:
    application_id = moves[0].application_id
    fault = first_fault(moves)
    if fault is not None:
        return f"application {application_id}, move {fault[0]}: {fault[1]}"
    if row is None:
        return f"application {application_id}: its row is missing"
    state = replay(moves)
    kept = (row.version, row.stage, row.outcome, row.disposition_reason, row.stage_entered_at)
    if kept != (state.version, state.stage, state.outcome, state.reason, state.stage_entered_at):
        return f"application {application_id}: the row differs from its history"
    return None


def verify_history(session: Session) -> tuple[int, int, str | None]:
    """Recompute every chain and replay every application: (applications, moves, first fault or none)."""
    applications = moves = 0
    for application_id, group in groupby(move_rows(session), key=lambda row: row.application_id):
        rows = list(group)
        applications, moves = applications + 1, moves + len(rows)
        fault = _fault(session.get(Application, application_id), rows)
        if fault is not None:
            return applications, moves, fault
        session.expunge_all()
    bare = session.scalar(
        select(Application.id).where(
            ~select(Move.version).where(Move.application_id == Application.id).exists()
        )
    )
    if bare is not None:
        return applications, moves, f"application {bare}: it has no history"
    return applications, moves, _wrong_count(session)


def _wrong_count(session: Session) -> str | None:
    counted: dict[tuple[int, str, str], int] = {}
    rows = session.execute(select(Application.job_id, Application.stage, Application.outcome))
    for job_id, stage, outcome in rows:
        key = (job_id, str(stage), str(outcome))
        counted[key] = counted.get(key, 0) + 1
    kept = {
        (c.job_id, str(c.stage), str(c.outcome)): c.count
        for c in session.scalars(select(StageCount).where(StageCount.count != 0))
    }
    wrong = sorted(k for k in counted.keys() | kept.keys() if counted.get(k, 0) != kept.get(k, 0))
    return f"job {wrong[0][0]}: the count at {wrong[0][1]}, {wrong[0][2]} is wrong" if wrong else None


def checkpoint(session: Session) -> dict[str, object]:
    """What to keep elsewhere so that a cut tail shows: `{through, moves, root}`; hold writers out around
    it.
    """
    tips = session.execute(
        select(Move.application_id, Move.version, Move.hash)
        .join(Application, Application.id == Move.application_id)
        .where(Move.version == Application.version)
        .order_by(Move.application_id)
    ).all()
    through = session.scalar(select(Move.recorded_at).order_by(Move.recorded_at.desc()).limit(1))
    return {
        "through": through.isoformat() if through else None,
        "moves": sum(version for _, version, _ in tips),
        "root": root_hash((a, v, h) for a, v, h in tips),
        "tips": {str(a): [v, h] for a, v, h in tips},
    }


def check_against(session: Session, kept: dict[str, object]) -> str | None:
    """The first application whose history no longer holds what a checkpoint saw; none if all do."""
    tips = kept.get("tips")
    if not isinstance(tips, dict):
        return "this is no checkpoint: it names no applications"
    for application_id, (version, tip) in sorted(tips.items(), key=lambda item: int(item[0])):
        move = session.get(Move, (int(application_id), version))
        if move is None:
            return f"application {application_id}: move {version} is gone since the checkpoint"
        if move.hash != tip:
            return f"application {application_id}: move {version} differs from the checkpoint"
    return None
