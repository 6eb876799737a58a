"""The moves that one person made on a job at a time, for taking them back together."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.moves import UNDOABLE
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.queries import visible


def moves_made(
    session: Session, job_id: int, *, actor: Actor, since: datetime, until: datetime, most: int
) -> list[tuple[Application, Stage, int]]:
    """The actor's moves of this span that can be undone: each application, the stage and version it came to.

    Both ends belong to the span; at most so many, of applications that the actor may still see.
    """
    known = visible.applications(actor).where(Application.job_id == job_id).subquery()
    rows = session.execute(
        select(Application, Move.to_stage, Move.version)
        .join(Move, Move.application_id == Application.id)
        .where(
            Application.id.in_(select(known.c.id)),
            Move.actor == actor.key,
            Move.kind.in_(UNDOABLE),
            Move.recorded_at.between(since, until),
        )
        .order_by(Application.id)
        .limit(most)
    )
    return [(application, stage, version) for application, stage, version in rows]
