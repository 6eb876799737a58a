"""Checkpoints of the history: what to keep elsewhere, so that moves cut off at its end show."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, text, true
from sqlalchemy.orm import Session

from tracker.domain.history import root_hash
from tracker.models.moves import Move


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The history up to an instant: when its last move was recorded (none where there is none), how many
    moves there are, and one hash over the last of each application.
    """

    through: datetime | None
    moves: int
    root: str


def hold_writers_out(session: Session) -> None:
    """Wait for those who move applications, and keep others waiting until the transaction ends.

    On SQLite a session that may write does so by itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        # A mover locks the job before it looks at the clock: none recorded earlier comes in later.
        session.execute(text("LOCK TABLE jobs, moves IN EXCLUSIVE MODE"))


def checkpoint(session: Session) -> Checkpoint:
    """What to keep elsewhere so that a cut tail shows; with writers held out."""
    through = session.scalar(select(func.max(Move.recorded_at)))
    return _up_to(session, true(), through)


def check_against(session: Session, kept: Checkpoint) -> str | None:
    """How the history up to a checkpoint differs from what it saw; none if it does not."""
    if kept.through is None:
        is_empty = (kept.moves, kept.root) == (0, root_hash([]))
        return None if is_empty else "the checkpoint itself was changed"
    found = _up_to(session, Move.recorded_at <= kept.through, kept.through)
    if found.moves != kept.moves:
        return (
            f"the checkpoint saw {kept.moves:,} moves up to {kept.through.isoformat()}, there are"
            f" {found.moves:,} now"
        )
    last = session.scalar(select(func.max(Move.recorded_at)).where(Move.recorded_at <= kept.through))
    if last != kept.through or found.root != kept.root:
        return f"the moves up to {kept.through.isoformat()} are not those that the checkpoint saw"
    return None


def _up_to(session: Session, when: ColumnElement[bool], through: datetime | None) -> Checkpoint:
    counted = (
        select(Move.application_id, func.max(Move.version).label("version"), func.count().label("moves"))
        .where(when)
        .group_by(Move.application_id)
        .subquery()
    )
    is_tip = and_(Move.application_id == counted.c.application_id, Move.version == counted.c.version)
    tips = session.execute(
        select(Move.application_id, Move.version, Move.hash, counted.c.moves)
        .join(counted, is_tip)
        .order_by(Move.application_id)
    ).all()
    root = root_hash((tip.application_id, tip.version, tip.hash) for tip in tips)
    return Checkpoint(through, sum(tip.moves for tip in tips), root)
