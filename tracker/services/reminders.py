"""Reminding panels of scorecards, referees of what they were asked, new hires of their next steps."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from tracker import clock
from tracker.domain.mails import MailEvent
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.onboarding import OnboardingTask
from tracker.models.outbox import OutboxMessage
from tracker.models.references import Reference
from tracker.queries.interviews import owes_session_card
from tracker.services.outbox import queue_message

REMIND_AFTER = timedelta(hours=2)
"""How long after a session's end the first reminder comes."""
REMIND_EVERY = timedelta(days=1)
REMIND_FOR = timedelta(days=14)
"""How long after a session people are still reminded by mail; after that somebody has to talk to them."""
_LONGEST_SESSION = timedelta(hours=8)
REFEREES_AFTER = (timedelta(days=3), timedelta(days=7))
"""How long after they were asked referees are reminded, once each time; then somebody has to call them."""
HIRES_BEFORE, HIRES_EVERY = timedelta(days=2), timedelta(days=3)
"""How long before a step is due a new hire is reminded, and how long nobody is reminded again."""


def queue_reminders(session: Session) -> int:
    """Queue a mail to everyone whose scorecard is due since two hours, once a day at most; how many.

    Asks of each person their own card alone.
    """
    now, number = clock.now(), 0
    for interview, user_id in session.execute(_due(now)).all():
        if interview.ends_at + REMIND_AFTER > now or not owes_session_card(session, interview.id, user_id):
            continue
        number += _queue_once(
            session,
            MailEvent.SCORECARD_DUE,
            key=f"scorecard_due:{interview.id}:{user_id}:{now:%Y-%m-%d}",
            application_id=interview.application_id,
            interview_id=interview.id,
            user_id=user_id,
            not_before=now,
        )
    return number


def queue_referee_reminders(session: Session) -> int:
    """Queue a mail with a new link to every referee who was asked and has not answered; how many.

    After three days and after seven, while the application stands in References; a time that was missed is
    not made up for.
    """
    now, number = clock.now(), 0
    for reference in session.scalars(_unanswered(now)).all():
        asked = reference.requested_at or now
        passed = sum(asked + wait <= now for wait in REFEREES_AFTER)
        number += _queue_once(
            session,
            MailEvent.REFERENCE_REMINDER,
            key=f"reference_reminder:{reference.id}:{asked:%Y-%m-%dT%H:%M:%S}:{passed}",
            application_id=reference.application_id,
            not_before=now,
            reference_id=reference.id,
        )
    return number


def queue_task_reminders(session: Session, today: date) -> int:
    """Queue a mail to every new hire with a step of their own that is due in two days or late; how many.

    Every three days at most, and for two weeks: after that somebody has to talk to them.
    """
    number = 0
    for application_id in session.scalars(_with_tasks_due(today)).all():
        number += _queue_once(
            session,
            MailEvent.TASKS_DUE,
            key=f"tasks_due:{application_id}:{today.isoformat()}",
            application_id=application_id,
            not_before=clock.now(),
        )
    return number


def _queue_once(session: Session, event: MailEvent, *, key: str, **values: Any) -> bool:
    try:
        with session.begin_nested():
            return queue_message(session, event, key=key, **values)
    except IntegrityError:
        # Another worker queued it at the same moment.
        return False


def _with_tasks_due(today: date) -> Select[int]:
    task, earlier = OnboardingTask, aliased(OutboxMessage)
    reminded = exists().where(
        earlier.kind == MailEvent.TASKS_DUE,
        earlier.application_id == Application.id,
        earlier.created_at > clock.now() - HIRES_EVERY,
    )
    due = exists().where(
        task.application_id == Application.id,
        task.owner == TaskOwner.CANDIDATE,
        task.done_at.is_(None),
        task.due_on.between(today - REMIND_FOR, today + HIRES_BEFORE),
    )
    return (
        select(Application.id)
        .where(Application.stage == Stage.ONBOARDING, Application.outcome == Outcome.ACTIVE, due, ~reminded)
        .order_by(Application.id)
    )


def _unanswered(now: datetime) -> Select[Reference]:
    return (
        select(Reference)
        .join(Application, Application.id == Reference.application_id)
        .where(
            Application.stage == Stage.REFERENCES,
            Application.outcome == Outcome.ACTIVE,
            Reference.result.is_(None),
            Reference.taken_back_at.is_(None),
            Reference.consented_at.is_not(None),
            Reference.email.is_not(None),
            Reference.requested_at <= now - REFEREES_AFTER[0],
            Reference.requested_at > now - REMIND_FOR,
        )
        .order_by(Reference.id)
    )


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
