"""Queueing what leaves the house, in the transaction of the deed that causes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.models.outbox import OutboxMessage


def queue_message(
    session: Session,
    kind: str,
    *,
    key: str,
    application_id: int,
    version: int,
    not_before: datetime,
    **payload: Any,
) -> None:
    """Queue one message unless one of this key was ever queued: a stage entered again repeats nothing."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)) is not None:
        return
    session.add(
        OutboxMessage(
            key=key,
            kind=kind,
            application_id=application_id,
            version=version,
            payload=payload,
            created_at=clock.now(),
            not_before=not_before,
        )
    )


def recall_messages(session: Session, application_id: int, version: int) -> None:
    """Cancel what a move queued and was not sent yet, because the move was undone; frees its keys."""
    now = clock.now()
    rows = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.application_id == application_id,
            OutboxMessage.version == version,
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.cancelled_at.is_(None),
        )
    )
    for row in rows:
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == row.id)
            .values(cancelled_at=now, key=f"{row.key}:cancelled:{row.id}")
        )
