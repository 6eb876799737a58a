"""Reads about templates of messages: all of them, and those that a move suggests."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.mails import MailEvent
from tracker.domain.message_templates import MessageWords, Moment, moment_of
from tracker.models.applications import Application
from tracker.models.message_templates import MessageTemplate
from tracker.models.moves import Move
from tracker.models.outbox import OutboxMessage

SUGGESTED_FOR = timedelta(days=14)
"""How long after its move a template is suggested."""


def message_templates(session: Session) -> Sequence[MessageTemplate]:
    """All templates, by name."""
    return session.scalars(select(MessageTemplate).order_by(MessageTemplate.name, MessageTemplate.id)).all()


def words_of(row: MessageTemplate) -> MessageWords:
    """A template as the domain reads it."""
    return MessageWords(row.name, row.subject, row.text, row.moment)


def templates_at(session: Session, moment: Moment | None) -> Sequence[MessageTemplate]:
    """The templates that are suggested at a moment, by name."""
    if moment is None:
        return ()
    rows = select(MessageTemplate).where(MessageTemplate.moment == moment)
    return session.scalars(rows.order_by(MessageTemplate.name, MessageTemplate.id)).all()


def suggested_templates(
    session: Session, application: Application, now: datetime
) -> Sequence[MessageTemplate]:
    """What the last move of an application suggests to write, unless it was written since or is long past."""
    move = session.scalar(
        select(Move).where(Move.application_id == application.id, Move.version == application.version)
    )
    if move is None or move.recorded_at < now - SUGGESTED_FOR:
        return ()
    rows = templates_at(session, moment_of(move.kind, move.to_stage))
    written = _written_since(session, application.id, move.recorded_at) if rows else frozenset()
    return [row for row in rows if row.id not in written]


def _written_since(session: Session, application_id: int, since: datetime) -> frozenset[int]:
    payloads = session.scalars(
        select(OutboxMessage.payload).where(
            OutboxMessage.application_id == application_id,
            OutboxMessage.kind == MailEvent.MESSAGE,
            OutboxMessage.created_at >= since,
        )
    )
    return frozenset(payload.get("template_id", 0) for payload in payloads)
