"""Everything that is kept of a candidate which they may take away, as plain values; and staying in touch.

What others concluded about them (ratings, recommendations, notes, what referees said) is not among it: they
ask HR for that, who weighs whose confidence it would break.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.candidate_view import STANDING_LABELS
from tracker.domain.notices import NoticeKind
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.models.notices import Consent
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.outbox import OutboxMessage
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.applications import questions_with_answers
from tracker.queries.buddies import buddy_of
from tracker.queries.candidate_access import own_applications
from tracker.queries.incoming_mails import mails_received
from tracker.queries.merges import members_of
from tracker.queries.offers import missed_acceptances
from tracker.queries.own_page import own_offer, own_standing
from tracker.queries.references import references_of
from tracker.services.audit import record
from tracker.services.notices import keep_consent
from tracker.services.onboarding import OUTCOMES
from tracker.services.own_records import own_calls, own_check, own_interviews, own_signature

POOL_LASTS = timedelta(days=365)
_PERSON = ("name", "email", "phone", "location", "profile", "created_at")
_OWN_KINDS = (FileKind.OTHER, FileKind.ONBOARDING)


def note_data_taken(session: Session, candidate: Candidate, *, actor: Actor) -> None:
    """Put on record that a candidate takes their data away: kept before the first byte of it is read."""
    record(session, "candidate:take_data", candidate, actor=actor)


def gather_own_data(session: Session, candidate: Candidate) -> dict[str, Any]:
    """What is kept of a candidate as JSON values: dates in ISO 8601, money in cents."""
    return {
        "as_of": clock.now().isoformat(),
        "person": {name: _plain(getattr(candidate, name)) for name in _PERSON},
        "applications": [_application(session, one) for one in own_applications(session, candidate.id)],
        "consents": [
            _row(one, ("kind", "version", "is_given", "typed_name", "address", "at", "expires_on"))
            for one in session.scalars(
                select(Consent)
                .where(Consent.candidate_id.in_(members_of(session, candidate.id)))
                .order_by(Consent.id)
            )
        ],
        "files": [
            _row(one, ("name", "media_type", "size", "sha256", "created_at"))
            for one in own_files(session, candidate)
        ],
    }


def files_with(session: Session, application: Application) -> Sequence[StoredFile]:
    """The candidate's files on one application, with those that went along to it from another job."""
    return session.scalars(
        select(StoredFile)
        .where(StoredFile.application_id == application.id, _is_own_file())
        .order_by(StoredFile.id)
    ).all()


def own_files(session: Session, candidate: Candidate) -> Sequence[StoredFile]:
    """A candidate's résumés and what they handed in; what others filed about them is not among it.

    What went along to another job is among it once.
    """
    return session.scalars(
        select(StoredFile)
        .where(
            StoredFile.candidate_id.in_(members_of(session, candidate.id)),
            StoredFile.content_key.is_(None),
            _is_own_file(),
        )
        .order_by(StoredFile.id)
    ).all()


def _is_own_file() -> ColumnElement[bool]:
    handed_in = and_(StoredFile.kind.in_(_OWN_KINDS), StoredFile.uploaded_by == ActorKind.CANDIDATE.value)
    return or_(StoredFile.kind == FileKind.RESUME, handed_in)


def join_pool(session: Session, candidate: Candidate, *, seen_version: str, actor: Actor) -> Consent:
    """Let the organisation keep somebody's data for other jobs, for a year. Raises RuleBroken at `notice`."""
    return keep_consent(
        session,
        NoticeKind.TALENT_POOL,
        candidate_id=candidate.id,
        application_id=None,
        seen_version=seen_version,
        is_given=True,
        expires_on=clock.today() + POOL_LASTS,
        actor=actor,
    )


def leave_pool(session: Session, candidate: Candidate, *, seen_version: str, actor: Actor) -> Consent:
    """Take that consent back. Raises RuleBroken at `notice`."""
    return keep_consent(
        session,
        NoticeKind.TALENT_POOL,
        candidate_id=candidate.id,
        application_id=None,
        seen_version=seen_version,
        is_given=False,
        actor=actor,
    )


def _application(session: Session, application: Application) -> dict[str, Any]:
    now = clock.now()
    offer = own_offer(session, application, now)
    return {
        "job": application.job.title,
        "applied_at": _plain(application.applied_at),
        "source": application.source,
        "standing": STANDING_LABELS[own_standing(session, application, now)],
        "privacy_notice": application.consent_notice,
        "typed": _typed(session, application),
        "links": _links(session, application),
        "answers": [
            {"question": question.text, "answer": answer}
            for question, answer in questions_with_answers(session, application)
            if answer
        ],
        "screening_calls": _plain(own_calls(session, application)),
        "interviews": _plain(own_interviews(session, application)),
        "referees": [
            _row(one, ("referee_name", "relationship", "email", "phone", "consented_at", "taken_back_at"))
            for one in references_of(session, application.id)
        ],
        "background_check": _plain(own_check(session, application)),
        "offer": _offer(session, offer) if offer else None,
        "onboarding_tasks": [
            _row(one, ("title", "due_on", "done_at")) for one in own_tasks(session, application)
        ],
        "buddy": own_buddy(session, application),
        "mail": [_row(one, ("subject", "text", "sent_at")) for one in _mail(session, application)],
        "mail_received": [
            _row(one, ("from_name", "from_email", "subject", "text", "left_out", "received_at"))
            for one in mails_received(session, application.id)
        ],
        "self_identification": _self_identification(session, application),
    }


def _offer(session: Session, offer: Offer) -> dict[str, Any]:
    terms = ("salary_cents", "currency", "period", "starts_on", "expires_at", "benefits", "conditions")
    answered = ("sent_at", "accepted_at", "declined_at", "decline_reason")
    return _row(offer, (*terms, *answered)) | {
        "signature": _plain(own_signature(session, offer)),
        "wished_to_accept_at": _plain(missed_acceptances(session, [offer.id]).get(offer.id)),
    }


def own_tasks(session: Session, application: Application) -> Sequence[OnboardingTask]:
    """The onboarding tasks that are the new hire's own, earliest due first."""
    return session.scalars(
        select(OnboardingTask)
        .where(OnboardingTask.application_id == application.id, OnboardingTask.owner == TaskOwner.CANDIDATE)
        .order_by(OnboardingTask.due_on, OnboardingTask.position, OnboardingTask.id)
    ).all()


def _typed(session: Session, application: Application) -> dict[str, Any]:
    """What they typed into the form where it differs from what was known of them before."""
    arrival = session.get(Arrival, application.id)
    typed = _row(arrival, ("typed_name", "typed_phone", "typed_location")) if arrival else {}
    return {name.removeprefix("typed_"): value for name, value in typed.items() if value is not None}


def _links(session: Session, application: Application) -> list[str]:
    arrival = session.get(Arrival, application.id)
    return arrival.links.split("\n") if arrival and arrival.links else []


def own_buddy(session: Session, application: Application) -> str | None:
    """The name of the colleague who looks after a new hire, if one is named."""
    has_started = application.stage is Stage.ONBOARDING and application.outcome in OUTCOMES
    buddy = buddy_of(session, application.id) if has_started else None
    return buddy.name if buddy else None


def _mail(session: Session, application: Application) -> Sequence[OutboxMessage]:
    candidate = session.get_one(Candidate, application.candidate_id)
    return session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.application_id == application.id,
            OutboxMessage.sent_at.is_not(None),
            OutboxMessage.user_id.is_(None),
            OutboxMessage.to_email == candidate.email,
        )
        .order_by(OutboxMessage.id)
    ).all()


def _self_identification(session: Session, application: Application) -> list[dict[str, Any]]:
    rows = session.execute(
        select(SelfIdentificationField.label, SelfIdentificationAnswer.value, SelfIdentificationAnswer.codes)
        .join(SelfIdentificationField, SelfIdentificationField.id == SelfIdentificationAnswer.field_id)
        .where(SelfIdentificationAnswer.application_id == application.id)
        .order_by(SelfIdentificationField.id)
    )
    return [{"question": label, "answer": value, "codes": codes} for label, value, codes in rows]


def _row(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
