"""The history that an actor may see, as a stream: every move as it is kept, or cases for other systems."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.event_logs import Case, LoggedEvent, Place
from tracker.domain.logged_moves import activities_of
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible

BATCH = 2_000
_IMPORTED = "imported:"


def exported_moves(session: Session, actor: Actor, job_id: int | None = None) -> Iterator[dict[str, Any]]:
    """Every move, undone ones and undos too, by application and version, with what its hash covers."""
    columns = (getattr(Move, name) for name in Move.__table__.columns.keys())  # noqa: SIM118
    query = _moves(actor, job_id).add_columns(*columns)
    result = session.execute(query.execution_options(yield_per=BATCH))
    names = tuple(result.keys())
    for row in result:
        yield dict(zip(names, row, strict=True))


def exported_cases(session: Session, actor: Actor, job_id: int | None = None) -> Iterator[Case]:
    """The applications with their events, without undone moves and undos, in order of application.

    Read by our own import they become the same history, marked imported.
    """
    undo = aliased(Move)
    undone = select(undo.application_id, undo.version - 1).where(undo.kind == MoveKind.UNDO)
    query = (
        _moves(actor, job_id)
        .add_columns(
            Candidate.email,
            Move.application_id,
            Move.version,
            Move.from_stage,
            Move.to_stage,
            Move.from_outcome,
            Move.to_outcome,
            Move.reason,
            Move.actor,
            Move.at,
        )
        .where(
            Move.kind != MoveKind.UNDO,
            tuple_(Move.application_id, Move.version).not_in(undone),
        )
    )
    rows = session.execute(query.execution_options(yield_per=BATCH))
    for application_id, moves in groupby(rows, key=lambda row: row.application_id):
        yield _case(application_id, list(moves))


def _moves(actor: Actor, job_id: int | None) -> Select[*tuple[Any, ...]]:
    seen = visible.applications(actor, Permission.HISTORY_READ).with_only_columns(Application.id)
    query: Select[*tuple[Any, ...]] = (
        select(Job.title.label("job"), Candidate.name.label("candidate"))
        .select_from(Move)
        .join(Application, Application.id == Move.application_id)
        .join(Job, Job.id == Application.job_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.id.in_(seen))
        .order_by(Move.application_id, Move.version)
    )
    return query if job_id is None else query.where(Application.job_id == job_id)


def _case(application_id: int, moves: list[Any]) -> Case:
    first = moves[0]
    case = Case(str(application_id), candidate=first.candidate, email=first.email, job=first.job)
    for move in moves:
        before = Place(move.from_stage, move.from_outcome) if move.from_stage else None
        activities = activities_of(before, Place(move.to_stage, move.to_outcome))
        for activity in activities:
            reason = move.reason if activity == activities[-1] else None
            actor = move.actor.removeprefix(_IMPORTED) or None
            case.events.append(LoggedEvent(len(case.events), move.at, activity, actor, reason))
    return case
