"""Reminding panel members of scorecards that are due."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from tracker import clock
from tracker.domain.mails import MailEvent
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.outbox import OutboxMessage
from tracker.queries.interviews import owes_session_card
from tracker.services.outbox import queue_message

REMIND_AFTER = timedelta(hours=2)
"""How long after a session's end the first reminder comes."""
REMIND_EVERY = timedelta(days=1)
REMIND_FOR = timedelta(days=14)
"""How long after a session people are still reminded by mail; after that somebody has to talk to them."""
_LONGEST_SESSION = timedelta(hours=8)


def queue_reminders(session: Session) -> int:
    """Queue a mail to everyone whose scorecard is due since two hours, once a day at most; how many.

    Asks of each person their own card alone.
    """
    now, number = clock.now(), 0
    for interview, user_id in session.execute(_due(now)).all():
        if interview.ends_at + REMIND_AFTER > now or not owes_session_card(session, interview.id, user_id):
            continue
        try:
            with session.begin_nested():
                queue_message(
                    session,
                    MailEvent.SCORECARD_DUE,
                    key=f"scorecard_due:{interview.id}:{user_id}:{now:%Y-%m-%d}",
                    application_id=interview.application_id,
                    interview_id=interview.id,
                    user_id=user_id,
                    not_before=now,
                )
        except IntegrityError:
            # Another worker queued it at the same moment.
            continue
        number += 1
    return number


def _due(now: datetime) -> Select[Interview, int]:
    earlier = aliased(OutboxMessage)
    reminded = exists().where(
        earlier.kind == MailEvent.SCORECARD_DUE,
        earlier.interview_id == Interview.id,
        earlier.user_id == PanelMember.user_id,
        earlier.created_at > now - REMIND_EVERY,
    )
    return (
        select(Interview, PanelMember.user_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Interview.status != InterviewStatus.CANCELLED,
            Interview.starts_at > now - REMIND_FOR - _LONGEST_SESSION,
            Interview.starts_at < now - REMIND_AFTER,
            Application.stage == Stage.INTERVIEW,
            Application.outcome == Outcome.ACTIVE,
            ~reminded,
        )
        .order_by(Interview.id, PanelMember.user_id)
    )
