"""Whether a mail that was queued should still go out: what it says may have been overtaken."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.mails import MailEvent
from tracker.domain.offers import OfferStatus
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.offers import Offer
from tracker.models.outbox import OutboxMessage
from tracker.queries.interviews import owes_session_card
from tracker.queries.offers import status_of
from tracker.services.disclosures import check_disclosure_due
from tracker.services.outbox import NotToBeSent

NEWS_STAGES = {
    Stage.SCREENING: MailEvent.MOVED_ON,
    Stage.INTERVIEW: MailEvent.MOVED_ON,
    Stage.REFERENCES: MailEvent.MOVED_ON,
    Stage.ONBOARDING: MailEvent.ONBOARDING_STARTED,
}
CANCELS = frozenset({MailEvent.CANDIDATE_SESSION_CANCELLED, MailEvent.PANEL_SESSION_CANCELLED})
CARRIES_ENTRY = CANCELS | {
    MailEvent.CANDIDATE_INVITED,
    MailEvent.CANDIDATE_TIME_CHANGED,
    MailEvent.PANEL_INVITED,
    MailEvent.PANEL_TIME_CHANGED,
}


def check_news_stand(
    session: Session, event: MailEvent, application: Application, message: OutboxMessage
) -> None:
    """That a mail about a move still says what is so: others may have overtaken it while it waited."""
    is_starting = (application.stage, application.outcome) == (Stage.ONBOARDING, Outcome.ACTIVE)
    if event is MailEvent.TASKS_DUE and not is_starting:
        raise NotToBeSent("They are not in onboarding any more")
    if event is MailEvent.DISCLOSURE_DUE:
        check_disclosure_due(session, application)
    if event is MailEvent.TRANSFERRED and application.outcome is not Outcome.ACTIVE:
        raise NotToBeSent("The application for the other job is closed")
    if message.version is None:
        return
    if event is MailEvent.REJECTED and application.outcome is not Outcome.REJECTED:
        raise NotToBeSent("The application is not rejected any more")
    if event in NEWS_STAGES.values():
        place = (application.stage, application.outcome)
        if place != (Stage(message.payload["stage"]), Outcome.ACTIVE):
            raise NotToBeSent("The application has moved on or closed since")


def check_offer_waits(session: Session, offer_id: int) -> None:
    """Raises NotToBeSent unless this offer waits for its answer."""
    if status_of(session.get_one(Offer, offer_id), clock.now()) is not OfferStatus.SENT:
        raise NotToBeSent("The offer does not wait for an answer any more")


def check_still_due(session: Session, event: MailEvent, interview: Interview, user_id: int | None) -> None:
    """That a session is still on, and a card is still due from this user. Raises NotToBeSent."""
    is_cancelled = interview.status is InterviewStatus.CANCELLED
    if is_cancelled and event not in CANCELS:
        raise NotToBeSent("The session was cancelled")
    if event in CARRIES_ENTRY and interview.ends_at <= clock.now():
        raise NotToBeSent("The session is over")
    if event is MailEvent.SCORECARD_DUE and not owes_session_card(session, interview.id, user_id or 0):
        raise NotToBeSent("No scorecard is due any more")
