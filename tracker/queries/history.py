"""Reading the history: chains of moves as the domain checks them, in order of application and version."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.history import MoveRow, first_fault, replay, root_hash
from tracker.domain.metrics.spells import Spell, Step, spells_of
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.moves import Move, StageCount, Stay, StayCount

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
    # A fault ends the reading early; the cursor on the server must not stay open then.
    with session.execute(query) as result:
        for row in result:
            yield _row(row)


def stages_at(session: Session, versions: Mapping[int, int]) -> dict[int, Stage]:
    """The stages in which applications stood at these versions, by id; those without it are left out."""
    seen = tuple_(Move.application_id, Move.version).in_(list(versions.items()))
    rows = session.execute(select(Move.application_id, Move.to_stage).where(seen))
    return {row.application_id: row.to_stage for row in rows}


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
    """Recompute every chain, replay every application and make its stays anew: (applications, moves, first
    fault or none).
    """
    applications = moves = 0
    ever: Counter[tuple[int, str, str]] = Counter()
    for application_id, group in groupby(move_rows(session), key=lambda row: row.application_id):
        rows = list(group)
        applications, moves = applications + 1, moves + len(rows)
        row = session.get(Application, application_id)
        fault = _fault(row, rows)
        if fault is None and row is not None:
            fault = _wrong_stay(session, row, rows, ever)
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
    return applications, moves, _wrong_count(session) or _wrong_stay_count(session, ever)


def _wrong_stay(
    session: Session, row: Application, moves: list[MoveRow], ever: Counter[tuple[int, str, str]]
) -> str | None:
    """How the kept stays of an application differ from its moves; adds its last stays to `ever`."""
    spells = spells_of([_step(move) for move in moves])
    for last in {spell.stage: spell for spell in spells}.values():
        ever[row.job_id, last.stage.value, last.end.value] += 1
    kept = session.scalars(
        select(Stay).where(Stay.application_id == row.id).order_by(Stay.entered_version)
    ).all()
    if [_spell(stay) for stay in kept] != spells or any(stay.job_id != row.job_id for stay in kept):
        return f"application {row.id}: the stays kept for reports differ from its history"
    return None


def _step(move: MoveRow) -> Step:
    return Step(**{name: getattr(move, name) for name in Step.__slots__})


def _spell(stay: Stay) -> Spell:
    begun = (stay.stage, stay.entered_at, stay.entered_version)
    return Spell(*begun, stay.became, stay.ended_at, stay.ended_version)


def _wrong_stay_count(session: Session, ever: Counter[tuple[int, str, str]]) -> str | None:
    kept = {
        (c.job_id, c.stage.value, c.became.value): c.count
        for c in session.scalars(select(StayCount).where(StayCount.count != 0))
    }
    wrong = sorted(k for k in ever.keys() | kept.keys() if ever[k] != kept.get(k, 0))
    return (
        f"job {wrong[0][0]}: the count for reports at {wrong[0][1]}, {wrong[0][2]} is wrong"
        if wrong
        else None
    )


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
