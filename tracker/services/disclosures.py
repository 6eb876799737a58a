"""Asking a candidate by mail to read and answer the disclosure of a background check, once."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.mails import MailEvent
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.references import BackgroundCheck
from tracker.services.outbox import NotToBeSent, queue_message

_STAGES = (Stage.REFERENCES, Stage.OFFER, Stage.ONBOARDING)


def ask_for_disclosure(
    session: Session, application: Application, move: Move, *, not_before: datetime
) -> None:
    """Queue the mail once the stage is reached where the job needs the check; a second time says nothing."""
    if not session.get_one(Job, application.job_id).needs_background_check or _is_answered(
        session, application
    ):
        return
    queue_message(
        session,
        MailEvent.DISCLOSURE_DUE,
        key=f"disclosure_due:{application.id}",
        application_id=application.id,
        version=move.version,
        not_before=not_before,
    )


def check_disclosure_due(session: Session, application: Application) -> None:
    """Raises NotToBeSent where they have answered, or nobody asks for the check any more."""
    if _is_answered(session, application):
        raise NotToBeSent("The candidate has answered already")
    is_here = application.outcome is Outcome.ACTIVE and application.stage in _STAGES
    if not is_here or not session.get_one(Job, application.job_id).needs_background_check:
        raise NotToBeSent("The background check is not asked for any more")


def _is_answered(session: Session, application: Application) -> bool:
    check = session.get(BackgroundCheck, application.id)
    return check is not None and check.has_consent is not None
