"""The outbox as HR reads it, and an application's mail as its timeline shows it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.mails import MAIL_EVENT_LABELS, TO_REFEREES, MailEvent, MailState
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.queries.applications import Event
from tracker.queries.interviews import owed_by

PAGE = 50
MOST_EVENTS = 100


def state_column(now: datetime) -> ColumnElement[str]:
    """Where each message stands now, as a MailState."""
    return case(
        (OutboxMessage.sent_at.is_not(None), MailState.SENT.value),
        (OutboxMessage.cancelled_at.is_not(None), MailState.DROPPED.value),
        (OutboxMessage.failed_at.is_not(None), MailState.FAILED.value),
        (OutboxMessage.lease_ends_at > now, MailState.SENDING.value),
        (OutboxMessage.handed_over_at.is_not(None), MailState.UNCERTAIN.value),
        (OutboxMessage.not_before > now, MailState.WAITING.value),
        else_=MailState.DUE.value,
    )


def known_messages(actor: Actor) -> ColumnElement[bool]:
    """Which messages the actor may know of while they owe a card on an application.

    No reminders of others: who was reminded, and who was not, tells whose card is in. No mention at all, not
    even their own: it tells that something was written. And no digest of others, which counts their cards.
    """
    kind, owed = OutboxMessage.kind, owed_by(actor.id or 0)
    own = OutboxMessage.user_id == actor.id
    told = OutboxMessage.application_id.not_in(owed)
    return and_(
        kind.in_(list(MailEvent)),
        or_(kind != MailEvent.SCORECARD_DUE, own, told),
        or_(kind != MailEvent.MENTIONED, told),
        or_(kind != MailEvent.DIGEST, own, ~owed.exists()),
    )


def count_states(session: Session, actor: Actor, now: datetime) -> dict[MailState, int]:
    """How many messages stand where, of those that the actor may know of."""
    state = state_column(now).label("state")
    rows = session.execute(select(state, func.count()).where(known_messages(actor)).group_by(state))
    return {MailState(name): number for name, number in rows}


def list_messages(
    session: Session, actor: Actor, now: datetime, *, state: MailState | None, before: int | None
) -> Sequence[Row[OutboxMessage, str, str | None]]:
    """Messages with their state and the recipient's name, latest first, at most one page and one more.

    `before` is the id of the last one seen.
    """
    name = func.coalesce(OutboxMessage.to_name, User.name, Candidate.name).label("name")
    query: Select[OutboxMessage, str, str | None] = (
        select(OutboxMessage, state_column(now).label("state"), name)
        .outerjoin(User, User.id == OutboxMessage.user_id)
        .outerjoin(Application, Application.id == OutboxMessage.application_id)
        .outerjoin(Candidate, Candidate.id == Application.candidate_id)
        .where(known_messages(actor))
        .order_by(OutboxMessage.id.desc())
        .limit(PAGE + 1)
    )
    if state is not None:
        query = query.where(state_column(now) == state.value)
    if before is not None:
        query = query.where(OutboxMessage.id < before)
    return session.execute(query).all()


def mail_events(
    session: Session, application: Application, actor: Actor, now: datetime, *, shows_words: bool = False
) -> list[Event]:
    """An application's mail as its timeline tells of it: what, to whom and when; words only of hand-written
    ones, as they were written and where they are shown.

    Reminders of scorecards are left out: they tell whose card is missing; so is who was mentioned in notes.
    """
    hidden = [MailEvent.SCORECARD_DUE, MailEvent.MENTIONED]
    if not can(actor, Permission.OFFER_READ, Subject(job_id=application.job_id)):
        hidden += [MailEvent.OFFER_SENT, MailEvent.OFFER_WITHDRAWN]
    if not can(actor, Permission.BACKGROUND_RECORD, Subject(job_id=application.job_id)):
        hidden += [MailEvent.DISCLOSURE_DUE, MailEvent.PRE_ADVERSE]
    rows = session.execute(
        select(OutboxMessage, state_column(now).label("state"), User.name)
        .outerjoin(User, User.id == OutboxMessage.user_id)
        .where(
            OutboxMessage.application_id == application.id,
            OutboxMessage.kind.in_([event for event in MailEvent if event not in hidden]),
            OutboxMessage.cancelled_at.is_(None),
        )
        .order_by(OutboxMessage.id.desc())
        .limit(MOST_EVENTS)
    ).all()
    return [_event(message, MailState(state), name, shows_words) for message, state, name in rows]


_SAID = {
    MailState.SENT: "Mail sent",
    MailState.FAILED: "Mail given up",
    MailState.UNCERTAIN: "Mail perhaps sent",
}


def _event(message: OutboxMessage, state: MailState, user_name: str | None, shows_words: bool) -> Event:
    label = MAIL_EVENT_LABELS[MailEvent(message.kind)]
    is_to_referee = message.kind in TO_REFEREES
    to = user_name or message.to_name or ("the referee" if is_to_referee else "the candidate")
    return Event(
        f"{_SAID.get(state, 'Mail waits to be sent')}: {label}",
        message.sent_at or message.created_at,
        "",
        (f"To {to}", *(_words(message) if shows_words else ())),
        "bad" if state is MailState.FAILED else "plain",
    )


def _words(message: OutboxMessage) -> tuple[str, ...]:
    """Subject and paragraphs as somebody wrote them: a link stands there by its name, and opens nothing."""
    if message.kind != MailEvent.MESSAGE:
        return ()
    parts = (message.payload.get("subject", ""), *message.payload.get("text", "").split("\n\n"))
    return tuple(part for part in parts if part.strip())
