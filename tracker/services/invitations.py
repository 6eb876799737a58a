"""Inviting to sessions: panel and candidate hear of a session, of its changes, and that it is called off."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.mails import MailEvent
from tracker.models.candidate_replies import CandidateReply
from tracker.models.interviews import Interview, InterviewStatus, PanelReply
from tracker.models.moves import Move
from tracker.models.outbox import OutboxMessage
from tracker.services.outbox import cancel_unsent, queue_message

_TO_PANEL = (MailEvent.PANEL_INVITED, MailEvent.PANEL_TIME_CHANGED, MailEvent.PANEL_SESSION_CANCELLED)
_TO_CANDIDATE = (
    MailEvent.CANDIDATE_INVITED,
    MailEvent.CANDIDATE_TIME_CHANGED,
    MailEvent.CANDIDATE_SESSION_CANCELLED,
)


def invite_all(session: Session, interview: Interview) -> None:
    """Queue the invitations to a session that was just set up; none to one that is over."""
    if not _is_over(interview):
        _tell(session, interview, [None, *_panel(interview)])


def tell_change(session: Session, interview: Interview) -> None:
    """Queue what panel and candidate hear of a new time or place; what was answered counts no more."""
    session.execute(delete(PanelReply).where(PanelReply.interview_id == interview.id))
    session.execute(delete(CandidateReply).where(CandidateReply.interview_id == interview.id))
    interview.sequence += 1
    session.flush()
    if not _is_over(interview):
        _tell(session, interview, [None, *_panel(interview)])


def tell_panel(session: Session, interview: Interview, before: Iterable[int]) -> None:
    """Queue invitations to people new on a panel, and tell those who were on it `before` and are not now."""
    now, gone = set(_panel(interview)), set(before)
    left, joined = sorted(gone - now), sorted(now - gone)
    replies = delete(PanelReply).where(PanelReply.interview_id == interview.id)
    session.execute(replies.where(PanelReply.user_id.in_(left)))
    interview.sequence += 1
    session.flush()
    if not _is_over(interview):
        _tell(session, interview, left, is_off=True)
        _tell(session, interview, joined)


def call_off(
    session: Session, interview: Interview, *, version: int | None = None, not_before: datetime | None = None
) -> None:
    """Queue what panel and candidate hear of a cancelled session; whoever never heard of it does not.

    With the version of the move that cancelled it, what waits is recalled when that move is undone.
    """
    interview.sequence += 1
    session.flush()
    if not _is_over(interview):
        people = [None, *_panel(interview)]
        _tell(session, interview, people, is_off=True, version=version, not_before=not_before)


def call_off_with(session: Session, move: Move, not_before: datetime) -> None:
    """Call off the sessions to come of an application that this move closed."""
    to_come = select(Interview).where(
        Interview.application_id == move.application_id,
        Interview.status == InterviewStatus.SCHEDULED,
        Interview.starts_at > clock.now(),
    )
    for interview in session.scalars(to_come.order_by(Interview.id)):
        interview.status, interview.cancelled_version = InterviewStatus.CANCELLED, move.version
        interview.cancelled_reason = "The application was closed."
        call_off(session, interview, version=move.version, not_before=not_before)


def give_back_sessions(session: Session, application_id: int, undone_version: int) -> None:
    """Schedule again what the undone move called off, and invite anew whoever has heard of that."""
    called_off = select(Interview).where(
        Interview.application_id == application_id, Interview.cancelled_version == undone_version
    )
    for interview in session.scalars(called_off.order_by(Interview.id)):
        interview.status = InterviewStatus.SCHEDULED
        interview.cancelled_reason = interview.cancelled_version = None
        interview.sequence += 1
        session.flush()
        if not _is_over(interview):
            _tell(session, interview, [None, *_panel(interview)], is_known_again=True)


def _is_over(interview: Interview) -> bool:
    return interview.ends_at <= clock.now()


def _panel(interview: Interview) -> list[int]:
    return sorted(member.user_id for member in interview.panel)


def _tell(
    session: Session,
    interview: Interview,
    people: Iterable[int | None],
    *,
    is_off: bool = False,
    is_known_again: bool = False,
    version: int | None = None,
    not_before: datetime | None = None,
) -> None:
    """Queue one mail to each: user ids, and none for the candidate. What waits unsent is replaced by it.

    `is_known_again`: who still knows of it as it stands hears nothing.
    """
    for user_id in people:
        invited, changed, cancelled = _TO_CANDIDATE if user_id is None else _TO_PANEL
        theirs = _to(interview, user_id, (invited, changed, cancelled))
        cancel_unsent(session, and_(theirs, ~_in_hand()), "A later mail about the session replaces it")
        last = session.scalar(
            select(OutboxMessage.kind)
            .where(theirs, OutboxMessage.cancelled_at.is_(None))
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        )
        knows = last is not None and last != cancelled
        if (is_off and not knows) or (is_known_again and knows):
            continue
        event = cancelled if is_off else changed if knows else invited
        queue_message(
            session,
            event,
            key=f"session:{interview.id}:{user_id or 'candidate'}:{interview.sequence}:{event}",
            application_id=interview.application_id,
            interview_id=interview.id,
            user_id=user_id,
            version=version,
            not_before=not_before or clock.now(),
        )
    session.flush()


def _to(
    interview: Interview, user_id: int | None, events: tuple[MailEvent, MailEvent, MailEvent]
) -> ColumnElement[bool]:
    whose = OutboxMessage.user_id.is_(None) if user_id is None else OutboxMessage.user_id == user_id
    return and_(OutboxMessage.interview_id == interview.id, whose, OutboxMessage.kind.in_(events))


def _in_hand() -> ColumnElement[bool]:
    """Whether a worker has a message in its hand: it may be on its way."""
    return and_(OutboxMessage.claim.is_not(None), OutboxMessage.lease_ends_at > clock.now())
