"""Histories written move by move, at the instants a test asks for."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.factories import make_candidate
from tracker.domain.history import FIRST, MoveRow, move_hash
from tracker.domain.metrics.spells import Step
from tracker.domain.moves import UNDOABLE, MoveKind, moves_from
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.services.move_rows import move_values

START = datetime(2026, 3, 1, tzinfo=UTC)
CLOSED = (Outcome.REJECTED, Outcome.WITHDRAWN)


@dataclass(frozen=True)
class Written:
    """An application and its moves as the domain's functions read them."""

    application: Application
    steps: tuple[Step, ...]


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def write_history(
    session: Session,
    job: Job,
    *places: tuple[float, Stage, Outcome] | tuple[float, Stage, Outcome, MoveKind],
    transferred_from: Application | None = None,
    name: str = "Amina Yusuf",
    reason: str = "not_recorded",
    source: str = "unknown",
) -> Written:
    """An application that was moved as told: (day, stage, outcome, kind); imported where no kind is given."""
    application = Application(
        job_id=job.id,
        candidate_id=make_candidate(session, name).id,
        applied_at=day(places[0][0]),
        source=source,
        version=0,
        transferred_from_id=transferred_from.id if transferred_from else None,
    )
    session.add(application)
    session.flush()
    steps: list[Step] = []
    tip = FIRST
    for version, (number, stage, outcome, *kind) in enumerate(places, start=1):
        before = steps[-1] if steps else None
        step = Step(
            version,
            kind[0] if kind else MoveKind.IMPORT,
            before.to_stage if before else None,
            stage,
            before.to_outcome if before else None,
            outcome,
            day(number),
        )
        tip = _insert(session, application.id, step, tip, reason)
        steps.append(step)
    session.refresh(application)
    return Written(application, tuple(steps))


def _insert(session: Session, application_id: int, step: Step, tip: str, reason: str) -> str:
    row = MoveRow(
        application_id=application_id,
        reason=reason if step.to_outcome in CLOSED else None,
        actor="user:1",
        recorded_at=step.at,
        imported=step.kind is MoveKind.IMPORT,
        overridden=(),
        text_commitment=None,
        previous_hash=tip,
        **{name: getattr(step, name) for name in Step.__slots__},
    )
    row = replace(row, hash=move_hash(row))
    session.execute(insert(Move), [move_values(row)])
    return row.hash


def random_places(chance: random.Random) -> Sequence[tuple[float, Stage, Outcome, MoveKind]]:
    """A legal walk through the stages with undos and imported leaps, often two moves at one instant."""
    places: list[tuple[float, Stage, Outcome, MoveKind]] = [
        (chance.randrange(8), Stage.APPLICATION, Outcome.ACTIVE, MoveKind.APPLY)
    ]
    for _ in range(chance.randrange(9)):
        at = places[-1][0] + chance.choice([0, 0.5, 1, 3])
        places.append((at, *_next(places, chance)))
    return places


def _next(
    places: Sequence[tuple[float, Stage, Outcome, MoveKind]], chance: random.Random
) -> tuple[Stage, Outcome, MoveKind]:
    _, stage, outcome, kind = places[-1]
    if kind in UNDOABLE and chance.random() < 0.3:
        return places[-2][1], places[-2][2], MoveKind.UNDO
    edges = [edge for edge in moves_from(stage, outcome) if edge.kind in UNDOABLE]
    if edges and chance.random() < 0.8:
        edge = chance.choice(edges)
        return edge.to_stage, edge.to_outcome, edge.kind
    leaps = [(s, o) for s in STAGES for o in Outcome if (s, o) != (stage, outcome)]
    return *chance.choice(leaps), MoveKind.IMPORT
