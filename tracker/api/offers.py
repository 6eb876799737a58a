"""Offers by API: the terms, approval by another person, sending, and the answer."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from sqlalchemy import select

from tracker import clock
from tracker.api.application_shapes import application_shape
from tracker.api.contracts import answers, body_of, body_or_none
from tracker.api.loading import load_application, renamed
from tracker.api.problems import answer_problem, problem
from tracker.api.shapes.offers import (
    AcceptanceBody,
    ApprovalStep,
    NewOffer,
    NoBody,
    OfferShape,
    ReasonBody,
    Salary,
)
from tracker.domain.offers import parse_salary
from tracker.domain.permissions import Permission, Subject
from tracker.models.applications import Application
from tracker.models.offers import Offer
from tracker.queries import visible
from tracker.queries.offers import approval_subject, status_of, steps_of
from tracker.services import offers
from tracker.services.moves import StaleVersion
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.offer_letters import letter_outside, letter_to_send
from tracker.web.records import load_application as load_readable
from tracker.web.transaction import db_session

bp = Blueprint("api_offers", __name__, url_prefix="/api/v1")


@bp.post("/applications/<int:application_id>/offers")
@requires(Permission.OFFER_DRAFT, writes=True)
@answers(OfferShape, "Draft an offer; somebody else approves it.", status=201, body=NewOffer)
def draft(application_id: int) -> OfferShape:
    application = load_readable(application_id, Permission.OFFER_READ, Permission.OFFER_DRAFT)
    given = body_of(NewOffer)
    terms = given.model_dump(exclude={"salary"})
    with renamed({"salary": "salary.amount", "currency": "salary.currency"}):
        offer = offers.draft_offer(
            db_session(),
            application,
            salary_cents=parse_salary(f"{given.salary.amount:.2f}"),
            currency=given.salary.currency,
            period=given.salary.period,
            **terms,
            actor=current_actor(),
        )
    return _offer(offer)


@bp.post("/offers/<int:offer_id>/approve")
@requires(Permission.OFFER_APPROVE, writes=True)
@answers(
    OfferShape,
    "Approve an offer that somebody else drafted, or take the next step of it.",
    body=NoBody,
    is_body_needed=False,
)
def approve(offer_id: int) -> OfferShape:
    offer = _load(offer_id)
    allow(Permission.OFFER_APPROVE, approval_subject(db_session(), offer))
    body_or_none(NoBody)
    return _offer(offers.approve_offer(db_session(), offer, actor=current_actor()))


@bp.post("/offers/<int:offer_id>/send")
@requires(Permission.OFFER_RECORD, writes=True)
@answers(OfferShape, "Note that the offer went to the candidate.", body=NoBody, is_body_needed=False)
def send(offer_id: int) -> OfferShape:
    offer = _load_to_record(offer_id)
    body_or_none(NoBody)
    letter = letter_outside(offer.id)
    content = letter_to_send(offer, letter)
    return _offer(offers.send_offer(db_session(), offer, letter=content, actor=current_actor()))


@bp.post("/offers/<int:offer_id>/accept")
@requires(Permission.OFFER_RECORD, writes=True)
@answers(
    OfferShape,
    "Record the candidate's acceptance, which is the move into onboarding.",
    body=AcceptanceBody,
    is_body_needed=False,
)
def accept(offer_id: int) -> Any:
    offer = _load_to_record(offer_id)
    given = body_or_none(AcceptanceBody)
    seen = offer.application.version if given.version is None else given.version
    try:
        offers.accept_offer(db_session(), offer, actor=current_actor(), seen_version=seen)
    except StaleVersion as stale:
        db_session().rollback()
        application = load_application(_load(offer_id).application_id)
        current = application_shape(application).model_dump(mode="json")
        return answer_problem(problem(409, stale.message, current=current))
    return _offer(offer)


@bp.post("/offers/<int:offer_id>/decline")
@requires(Permission.OFFER_RECORD, writes=True)
@answers(OfferShape, "Record that the candidate declined, and why.", body=ReasonBody)
def decline(offer_id: int) -> OfferShape:
    return _end(offer_id, offers.decline_offer)


@bp.post("/offers/<int:offer_id>/withdraw")
@requires(Permission.OFFER_RECORD, writes=True)
@answers(OfferShape, "Take an offer back before it is answered.", body=ReasonBody)
def withdraw(offer_id: int) -> OfferShape:
    return _end(offer_id, offers.withdraw_offer)


def _end(offer_id: int, deed: Callable[..., Offer]) -> OfferShape:
    offer = _load_to_record(offer_id)
    given = body_of(ReasonBody)
    return _offer(deed(db_session(), offer, reason=given.reason, actor=current_actor()))


def _load(offer_id: int) -> Offer:
    """The offer, if the person may read offers of its application."""
    readable = visible.applications(current_actor(), Permission.OFFER_READ).with_only_columns(Application.id)
    return load_or_404(
        db_session(), select(Offer).where(Offer.id == offer_id, Offer.application_id.in_(readable))
    )


def _load_to_record(offer_id: int) -> Offer:
    offer = _load(offer_id)
    allow(Permission.OFFER_RECORD, Subject(job_id=offer.application.job_id))
    return offer


def _offer(offer: Offer) -> OfferShape:
    salary = Salary(amount=offer.salary_cents / 100, currency=offer.currency, period=offer.period)
    copied = {
        name: getattr(offer, name)
        for name in OfferShape.model_fields
        if name not in ("status", "salary", "approval_steps")
    }
    steps = [
        ApprovalStep(role=step.role, approved_by_id=step.approved_by_id, approved_at=step.approved_at)
        for step in steps_of(db_session(), offer)
    ]
    return OfferShape(**copied, status=status_of(offer, clock.now()), salary=salary, approval_steps=steps)
