"""What a candidate takes away of the records about them: answers that were noted, signed offers, the check.

What people concluded from it (ratings, recommendations, debriefs, what referees said) is not among it: they
ask HR for that, who weighs whose confidence it would break. Design: trust, the row of the GDPR.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.adverse_notices import PreAdverseNotice
from tracker.models.applications import Application
from tracker.models.files import StoredFile
from tracker.models.interviews import Interview
from tracker.models.offers import Offer
from tracker.models.references import BackgroundCheck
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.screenings import ScreeningCall
from tracker.models.signatures import OfferSignature
from tracker.queries.adverse_notices import reports_of
from tracker.queries.merges import members_of
from tracker.queries.own_page import replies_of

_CHECK = (
    *("disclosed_at", "has_consent", "consent_at", "ordered_at", "result", "result_at"),
    *("pre_adverse_sent_at", "wait_until", "adverse_sent_at"),
)
_SIGNED = (
    "typed_name",
    "document_sha256",
    "consent_version",
    "consent_text",
    "address",
    "agent",
    "signed_at",
)


def own_interviews(session: Session, application: Application) -> list[dict[str, Any]]:
    """The sessions of an application, those called off too: when and where, what the candidate said to the
    time, and what was noted of their answers on cards that were handed in, by competency.
    """
    rows = session.scalars(
        select(Interview)
        .where(Interview.application_id == application.id)
        .order_by(Interview.starts_at, Interview.id)
    ).all()
    replies = replies_of(session, [row.id for row in rows])
    noted = _noted(session, [row.id for row in rows])
    return [
        {name: getattr(row, name) for name in ("title", "starts_at", "ends_at", "minutes", "place", "status")}
        | {"reply": _said(replies.get(row.id)), "answers_noted": noted.get(row.id, [])}
        for row in rows
    ]


def own_calls(session: Session, application: Application) -> list[dict[str, Any]]:
    """The screening calls with what was noted of the candidate's answers."""
    rows = session.scalars(
        select(ScreeningCall).where(ScreeningCall.application_id == application.id).order_by(ScreeningCall.id)
    )
    return [
        {
            "at": row.at,
            "notes": row.notes,
            "answers_noted": [
                {"question": point["point"], "noted": point.get("evidence")}
                for point in row.points or ()
                if point.get("evidence")
            ],
        }
        for row in rows
    ]


def own_signature(session: Session, offer: Offer) -> dict[str, Any] | None:
    """How the candidate signed an offer; the letter itself lies beside the data."""
    signature = session.get(OfferSignature, offer.id)
    return {name: getattr(signature, name) for name in _SIGNED} if signature else None


def own_check(session: Session, application: Application) -> dict[str, Any] | None:
    """The background check step by step, with the notice that went out about it."""
    check = session.get(BackgroundCheck, application.id)
    if check is None:
        return None
    notice = session.get(PreAdverseNotice, application.id)
    return {name: getattr(check, name) for name in _CHECK} | {"notice": notice.text if notice else None}


def signed_letters(session: Session, candidate_id: int) -> Sequence[OfferSignature]:
    """The offers that a person signed, of all records that were made one, earliest first."""
    return session.scalars(
        select(OfferSignature)
        .join(Offer, Offer.id == OfferSignature.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Application.candidate_id.in_(members_of(session, candidate_id)))
        .order_by(OfferSignature.offer_id)
    ).all()


def own_reports(session: Session, candidate_id: int) -> list[StoredFile]:
    """The copies of background reports that went to the person with a notice."""
    numbers = session.scalars(
        select(PreAdverseNotice.application_id)
        .join(Application, Application.id == PreAdverseNotice.application_id)
        .where(Application.candidate_id.in_(members_of(session, candidate_id)))
        .order_by(PreAdverseNotice.application_id)
    ).all()
    return [file for number in numbers for file in reports_of(session, number)]


def _said(reply: Any) -> dict[str, Any] | None:
    return {"answer": reply.answer.value, "wish": reply.wish, "at": reply.answered_at} if reply else None


def _noted(session: Session, interview_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    rows = session.execute(
        select(Scorecard.interview_id, Interview.rubric_id, Rating.competency, Rating.evidence)
        .join(Scorecard, Scorecard.id == Rating.scorecard_id)
        .join(Interview, Interview.id == Scorecard.interview_id)
        .where(
            Scorecard.interview_id.in_(interview_ids),
            Scorecard.submitted_at.is_not(None),
            Rating.evidence.is_not(None),
        )
        .order_by(Scorecard.interview_id, Rating.competency, Scorecard.id)
    ).all()
    names = _competency_names(session, {row.rubric_id for row in rows})
    noted: dict[int, list[dict[str, Any]]] = {}
    for interview_id, rubric_id, competency, evidence in rows:
        about = names.get((rubric_id, competency), competency)
        noted.setdefault(interview_id, []).append({"about": about, "noted": evidence})
    return noted


def _competency_names(session: Session, rubric_ids: Collection[int]) -> dict[tuple[int, str], str]:
    rubrics = session.scalars(select(Rubric).where(Rubric.id.in_(rubric_ids)))
    return {
        (rubric.id, row.key): row.name
        for rubric in rubrics
        for row in rubric_from_document(rubric.content).competencies
    }
