"""The outbox: queueing in the transaction of the deed that causes it, recalling, and sending each row once.

A row is claimed with a lease, handed over, and noted as sent, each in a transaction of the worker's. Whoever
loses the lease can no longer hand over. A row whose text began to go out and whose end nobody knows is left
to HR: sending it again by itself might double it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, or_, select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.mails import Mail, MailEvent
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile
from tracker.domain.texts import written
from tracker.models.outbox import OutboxMessage
from tracker.queries.prepared import prepared
from tracker.services.audit import record
from tracker.services.leases import in_hand, let_go, take_next
from tracker.services.permits import require
from tracker.services.rows import write_row

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 12
"""After how many tries a message is given up: about a day of them."""
LONGEST_WAIT = timedelta(hours=4)

Row = OutboxMessage
_UNSENT = and_(Row.sent_at.is_(None), Row.cancelled_at.is_(None), Row.handed_over_at.is_(None))


class NotToBeSent(Exception):
    """A queued mail that nobody should get any more, in one sentence."""


def queue_message(
    session: Session,
    event: MailEvent,
    *,
    key: str,
    application_id: int | None,
    not_before: datetime,
    version: int | None = None,
    interview_id: int | None = None,
    user_id: int | None = None,
    **payload: Any,
) -> bool:
    """Queue one mail unless one of this key was ever queued: a stage entered again repeats nothing.

    It goes to the user, where one is named, else to the candidate of the application. Whether it was queued.
    """
    if _of_key.scalar(session, key=key) is not None:
        return False
    message = {
        "key": key,
        "kind": event.value,
        "application_id": application_id,
        "version": version,
        "interview_id": interview_id,
        "user_id": user_id,
        "payload": payload,
        "created_at": clock.now(),
        "not_before": not_before,
        "attempts": 0,
    }
    write_row(session, Row, message)
    return True


@prepared
def _of_key() -> Select[int]:
    return select(Row.id).where(Row.key == bindparam("key"))


def recall_messages(session: Session, application_id: int, version: int) -> None:
    """Cancel what a move queued and was not sent yet, because the move was undone; frees its keys."""
    which = and_(Row.application_id == application_id, Row.version == version)
    cancel_unsent(session, which, "The move was undone")


def cancel_unsent(session: Session, which: ColumnElement[bool], reason: str) -> None:
    """Cancel those of these messages that have not begun to go out; frees their keys."""
    session.flush()
    session.execute(
        update(Row)
        .where(which, _UNSENT)
        .values(
            cancelled_at=clock.now(),
            drop_reason=reason,
            claim=None,
            lease_ends_at=None,
            key=Row.key + ":cancelled:" + cast(Row.id, String),
        )
        .execution_options(synchronize_session="fetch")
    )


def is_claimable(now: datetime) -> ColumnElement[bool]:
    """Whether a row may be taken by a worker now: due, not begun, and in nobody's hand."""
    return and_(
        _UNSENT,
        Row.failed_at.is_(None),
        Row.not_before <= now,
        or_(Row.lease_ends_at.is_(None), Row.lease_ends_at <= now),
    )


def claim_message(session: Session, worker: str) -> OutboxMessage | None:
    """Take the message that is due longest into this worker's hand for ten minutes; none if none is due.

    On PostgreSQL rows in other hands are passed over; on SQLite the session holds the only write lock.
    """
    waiting = select(Row).where(is_claimable(clock.now())).order_by(Row.not_before, Row.id)
    return take_next(session, waiting, worker, LEASE)


def hand_over(session: Session, message_id: int, worker: str, mail: Mail) -> None:
    """Note that the text of a claimed message begins to go out, and keep it as it goes.

    Raises ChangedMeanwhile where the worker lost its claim, or the message was recalled: then it must not go.
    """
    now = clock.now()
    began = session.execute(
        update(Row)
        .where(Row.id == message_id, Row.claim == worker, Row.lease_ends_at > now, _UNSENT)
        .values(
            handed_over_at=now,
            to_name=mail.to_name,
            to_email=mail.to_email,
            subject=mail.kept(mail.subject),
            text=mail.kept(mail.text),
        )
        .returning(Row.id)
    ).scalar()
    if began is None:
        raise ChangedMeanwhile("The message was recalled, or another worker has it.")


def note_sent(session: Session, message_id: int, worker: str) -> None:
    """Note that the mail server took a message."""
    values = {"sent_at": clock.now(), "claim": None, "lease_ends_at": None, "last_error": None}
    session.execute(update(Row).where(Row.id == message_id, Row.claim == worker).values(**values))


def note_failed(
    session: Session,
    message_id: int,
    worker: str,
    sentence: str,
    *,
    is_final: bool = False,
    is_uncertain: bool = False,
) -> None:
    """Note why a message did not go out: it is tried again, or given up; left to HR if uncertain."""
    row = in_hand(session, Row, message_id, worker)
    if row is None:
        return
    now = clock.now()
    row.last_error = sentence
    let_go(row)
    if not is_uncertain:
        row.handed_over_at = None
        row.not_before = max(row.not_before, now + retry_after(row.attempts))
        row.failed_at = now if is_final or row.attempts >= MOST_ATTEMPTS else None
    session.flush()


def drop_claimed(session: Session, message_id: int, worker: str, reason: str) -> None:
    """Drop a claimed message that no longer has to be sent."""
    session.execute(
        update(Row)
        .where(Row.id == message_id, Row.claim == worker, _UNSENT)
        .values(cancelled_at=clock.now(), drop_reason=reason, claim=None, lease_ends_at=None)
    )


def retry_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: one minute, then twice as long each time, four hours at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def retry_message(session: Session, message: OutboxMessage, *, actor: Actor) -> None:
    """Send a message that was given up, waits for its next try or perhaps went out, as soon as possible.

    Raises ChangedMeanwhile if it was sent or dropped, or is being sent. Mail of a move still waits for the
    end of its undo.
    """
    require(actor, Permission.OUTBOX_SEND)
    row = _lock_resting(session, message)
    if row.attempts:
        row.not_before = clock.now()
    row.attempts, row.failed_at, row.handed_over_at = 0, None, None
    session.flush()
    record(session, "outbox:retry", row, actor=actor)


def drop_message(session: Session, message: OutboxMessage, *, reason: str, actor: Actor) -> None:
    """Never send a message that was not sent. Raises RuleBroken at `reason`; ChangedMeanwhile if too late."""
    require(actor, Permission.OUTBOX_SEND)
    reason = written(reason, "Say why it is not sent.", longest=500)
    row = _lock_resting(session, message)
    row.cancelled_at, row.drop_reason, row.claim, row.lease_ends_at = clock.now(), reason, None, None
    session.flush()
    record(session, "outbox:drop", row, actor=actor)


def note_arrived(session: Session, message: OutboxMessage, *, actor: Actor) -> None:
    """Settle a message that perhaps went out: it did. Raises ChangedMeanwhile where that is no question."""
    require(actor, Permission.OUTBOX_SEND)
    row = _lock_resting(session, message)
    if row.handed_over_at is None:
        raise ChangedMeanwhile("This message has not gone out.")
    row.sent_at = row.handed_over_at
    session.flush()
    record(session, "outbox:note_arrived", row, actor=actor)


def _lock_resting(session: Session, message: OutboxMessage) -> OutboxMessage:
    session.execute(select(Row.id).where(Row.id == message.id).with_for_update())
    session.refresh(message)
    if message.sent_at is not None:
        raise ChangedMeanwhile("This message was sent.")
    if message.cancelled_at is not None:
        raise ChangedMeanwhile("This message was dropped.")
    if message.lease_ends_at is not None and message.lease_ends_at > clock.now():
        raise ChangedMeanwhile("This message is being sent right now. Look again in a moment.")
    return message
