"""What waits of offers, one select a kind: only the latest offer of an application counts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from tracker.domain.actors import Role
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.offer_approvals import OfferApprovalStep
from tracker.models.offers import Offer
from tracker.models.signatures import MissedAcceptance
from tracker.models.users import User
from tracker.queries.work_lists import Whose, of_applications

EXPIRY_DAYS = 3
"""How many days before its end an open offer is worth a call."""
NEWS_DAYS = 3
"""For how many days an accepted offer is news."""

_UNANSWERED = and_(
    Offer.accepted_at.is_(None),
    Offer.declined_at.is_(None),
    Offer.withdrawn_at.is_(None),
    Offer.voided_at.is_(None),
)


def offers_to_approve(user_id: int, *, is_hr: bool, manages: Whose) -> Select[Any]:
    """Offers that wait for an approval this person may give: drafted by others, no step taken by them."""
    step = OfferApprovalStep
    of_offer = select(step.role).where(step.offer_id == Offer.id).correlate(Offer)
    open_steps = of_offer.where(step.approved_at.is_(None)).order_by(step.position)
    asks = open_steps.limit(1).scalar_subquery()
    anybody = true() if is_hr else manages
    by_hr = asks == Role.HR if is_hr else false()
    rows = _offers(Offer.created_at, User.name.label("detail"))
    return (
        rows.outerjoin(User, User.id == Offer.drafted_by_id)
        .where(
            or_(and_(asks.is_(None), anybody), by_hr, and_(asks == Role.HIRING_MANAGER, manages)),
            ~of_offer.where(step.approved_by_id == user_id).exists(),
            _UNANSWERED,
            Offer.approved_at.is_(None),
            or_(Offer.drafted_by_id.is_(None), Offer.drafted_by_id != user_id),
        )
        .order_by(Offer.created_at, Offer.id)
    )


def offers_to_send(whose: Whose) -> Select[Any]:
    """Approved offers that have not gone out."""
    waits = and_(_UNANSWERED, Offer.approved_at.is_not(None), Offer.sent_at.is_(None))
    return _offers(Offer.approved_at).where(whose, waits).order_by(Offer.approved_at, Offer.id)


def offers_ending(whose: Whose, now: datetime) -> Select[Any]:
    """Offers that candidates have not answered and that end within three days, or ended unanswered."""
    return (
        _offers(Offer.expires_at)
        .where(
            whose,
            _UNANSWERED,
            Application.stage == Stage.OFFER,
            Offer.sent_at.is_not(None),
            Offer.expires_at <= now + timedelta(days=EXPIRY_DAYS),
        )
        .order_by(Offer.expires_at, Offer.id)
    )


def offers_declined(whose: Whose) -> Select[Any]:
    """Offers that candidates declined, of applications that nobody took further or closed since."""
    return (
        _offers(Offer.declined_at, Offer.decline_reason.label("detail"))
        .where(whose, Application.stage == Stage.OFFER, Offer.declined_at.is_not(None))
        .order_by(Offer.declined_at, Offer.id)
    )


def offers_accepted_too_late(whose: Whose) -> Select[Any]:
    """Offers that candidates wished to accept when no opening was left, until they are answered or end."""
    return (
        _offers(MissedAcceptance.at)
        .join(MissedAcceptance, MissedAcceptance.offer_id == Offer.id)
        .where(whose, _UNANSWERED, Application.stage == Stage.OFFER, Application.outcome == Outcome.ACTIVE)
        .order_by(MissedAcceptance.at, Offer.id)
    )


def offers_accepted(whose: Whose, now: datetime) -> Select[Any]:
    """Offers that were accepted in the last three days, of people who are now in onboarding."""
    return (
        _offers(Offer.accepted_at)
        .where(
            whose,
            Application.stage == Stage.ONBOARDING,
            Offer.accepted_at >= now - timedelta(days=NEWS_DAYS),
        )
        .order_by(Offer.accepted_at, Offer.id)
    )


def _offers(at: Any, *more: Any) -> Select[Any]:
    later = aliased(Offer)
    is_superseded = exists().where(later.application_id == Offer.application_id, later.number > Offer.number)
    rows = of_applications(Offer.id, at, *more).join(Offer, Offer.application_id == Application.id)
    return rows.where(~is_superseded)
