"""Offers: drafting, approval by another person, sending, and the answer; accepting is the move."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.amounts import MOST_CENTS, check_minor_unit
from tracker.domain.days import check_day
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.offer_approvals import approval_steps, check_takers, is_of_other_currency
from tracker.domain.offers import (
    OFFER_STATUS_LABELS,
    OPEN_STATUSES,
    OfferStatus,
    SalaryPeriod,
    check_terms,
)
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.texts import written, written_or_none
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.models.offer_approvals import OfferApprovalStep
from tracker.models.offer_letters import OfferLetter
from tracker.models.offers import Offer
from tracker.queries.offers import (
    approval_subject,
    approvers_but,
    offers_of,
    rules_in_use,
    status_of,
    steps_of,
)
from tracker.services.audit import record
from tracker.services.moves import make_move
from tracker.services.onboarding import lay_out_checklist
from tracker.services.outbox import queue_message
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage

STAGES = (Stage.OFFER,)


def draft_offer(
    session: Session,
    application: Application,
    *,
    salary_cents: int,
    currency: str,
    period: SalaryPeriod,
    starts_on: date,
    expires_at: datetime,
    benefits: str | None = None,
    conditions: str | None = None,
    actor: Actor,
) -> Offer:
    """Write the terms of a new offer, salary in cents per period; it waits for approval by another person.

    Raises RuleBroken while another offer is open, at the field of a term that makes no sense, or where
    there are too few people to approve it.
    """
    require(actor, Permission.OFFER_DRAFT, Subject(job_id=application.job_id))
    locked = lock_in_stage(session, application.id, STAGES, "An offer")
    now = clock.now()
    earlier = offers_of(session, locked.id)
    if any(status_of(offer, now) in OPEN_STATUSES for offer in earlier):
        raise RuleBroken("An offer is open already; withdraw it before drafting another.")
    if not 0 < salary_cents <= MOST_CENTS:
        raise RuleBroken("The salary must be above zero.", field="salary")
    check_day(starts_on, field="starts_on")
    check_day(expires_at, field="expires_at")
    check_minor_unit(salary_cents, currency, field="salary")
    check_terms(currency=currency, starts_on=starts_on, expires_at=expires_at, now=clock.here())
    rules = rules_in_use(session)
    asked = approval_steps(rules, cents=salary_cents, currency=currency, period=period)
    check_takers(asked, approvers_but(session, actor.id, job_id=locked.job_id))
    offer = Offer(
        application_id=locked.id,
        number=len(earlier) + 1,
        salary_cents=salary_cents,
        currency=currency,
        period=period,
        starts_on=starts_on,
        expires_at=expires_at,
        benefits=written_or_none(benefits, field="benefits"),
        conditions=written_or_none(conditions, field="conditions"),
        drafted_by_id=actor.id,
        created_at=now,
    )
    session.add(offer)
    session.flush()
    is_borrowed = is_of_other_currency(rules, currency)
    session.add_all(
        OfferApprovalStep(offer_id=offer.id, position=position, role=role, is_of_other_currency=is_borrowed)
        for position, role in enumerate(asked, start=1)
    )
    return _keep(session, offer, "offer:draft", actor)


def approve_offer(session: Session, offer: Offer, *, actor: Actor) -> Offer:
    """Approve an offer that somebody else drafted, or take the next step of its approval.

    With the last step its terms are fixed. Raises NotPermitted for its drafter, for who took an earlier step
    and for who is not asked.
    """
    _lock(session, offer)
    if actor.id is not None and actor.id == offer.drafted_by_id:
        raise NotPermitted("Somebody other than its drafter approves an offer.")
    subject = approval_subject(session, offer)
    if actor.id in subject.approved_by:
        raise NotPermitted("You approved an earlier step of this offer: somebody else takes this one.")
    require(actor, Permission.OFFER_APPROVE, subject)
    _refuse_unless(offer, {OfferStatus.DRAFT}, "approved")
    now = clock.now()
    waiting = [step for step in steps_of(session, offer) if step.approved_at is None]
    if waiting:
        waiting[0].approved_at, waiting[0].approved_by_id = now, actor.id
        session.flush()
        record(
            session, "offer:approve_step", offer, actor=actor, number=offer.number, step=waiting[0].position
        )
    if len(waiting) > 1:
        return offer
    offer.approved_at, offer.approved_by_id = now, actor.id
    return _keep(session, offer, "offer:approve", actor)


def send_offer(session: Session, offer: Offer, *, letter: bytes, actor: Actor) -> Offer:
    """Send the approved offer to the candidate, who is written to; `letter`, a PDF, is kept as it goes out.

    Raises RuleBroken before approval.
    """
    application = _lock(session, offer)
    require(actor, Permission.OFFER_RECORD, Subject(job_id=application.job_id))
    _refuse_unless(offer, {OfferStatus.APPROVED}, "sent")
    offer.sent_at = clock.now()
    session.add(
        OfferLetter(
            offer_id=offer.id,
            document=letter,
            document_sha256=hashlib.sha256(letter).hexdigest(),
            kept_at=offer.sent_at,
        )
    )
    queue_message(
        session,
        MailEvent.OFFER_SENT,
        key=f"offer:{offer.id}:sent",
        application_id=application.id,
        not_before=offer.sent_at,
        offer_id=offer.id,
    )
    return _keep(session, offer, "offer:send", actor)


def accept_offer(session: Session, offer: Offer, *, actor: Actor, seen_version: int) -> Move:
    """Record the candidate's acceptance, which is the move into onboarding, and lay out the checklist.

    `seen_version` is the version of the application that the actor saw. Raises RuleBroken for an offer that
    was not sent or has expired, and all that making a move raises, an opening taken meanwhile included.
    """
    application = _lock(session, offer)
    _require_answer(actor, application)
    _refuse_unless(offer, {OfferStatus.SENT}, "accepted")
    with session.begin_nested():
        offer.accepted_at, offer.accepted_version = clock.now(), application.version + 1
        session.flush()
        move = make_move(
            session,
            application.id,
            MoveRequest(MoveKind.ADVANCE, to=Stage.ONBOARDING),
            actor=actor,
            seen_stage=Stage.OFFER,
            seen_version=seen_version,
        )
        lay_out_checklist(session, application, offer.starts_on, actor=actor)
        _keep(session, offer, "offer:accept", actor)
    return move


def decline_offer(session: Session, offer: Offer, *, reason: str, actor: Actor) -> Offer:
    """Record that the candidate declined, and why. Raises RuleBroken unless it was sent, or at `reason`."""
    application = _lock(session, offer)
    _require_answer(actor, application)
    _refuse_unless(offer, {OfferStatus.SENT}, "declined")
    offer.decline_reason = written(reason, "Give the candidate's reason for declining.")
    offer.declined_at = clock.now()
    return _keep(session, offer, "offer:decline", actor)


def withdraw_offer(session: Session, offer: Offer, *, reason: str, actor: Actor) -> Offer:
    """Take back an offer before it is answered. Raises RuleBroken when it is not open, or at `reason`."""
    application = _lock(session, offer)
    require(actor, Permission.OFFER_RECORD, Subject(job_id=application.job_id))
    _refuse_unless(offer, OPEN_STATUSES, "withdrawn")
    offer.withdrawn_reason = written(reason, "Give the reason for withdrawing the offer.")
    offer.withdrawn_at = clock.now()
    if offer.sent_at is not None:
        queue_message(
            session,
            MailEvent.OFFER_WITHDRAWN,
            key=f"offer_withdrawn:{offer.id}",
            application_id=offer.application_id,
            not_before=clock.now(),
        )
    return _keep(session, offer, "offer:withdraw", actor)


def _lock(session: Session, offer: Offer) -> Application:
    application = lock_in_stage(session, offer.application_id, STAGES, "An offer")
    session.refresh(offer)
    return application


def _require_answer(actor: Actor, application: Application) -> None:
    """The candidate answers for themselves; others record the answer they were given."""
    if actor.kind is ActorKind.CANDIDATE and actor.application_id == application.id:
        return
    require(actor, Permission.OFFER_RECORD, Subject(job_id=application.job_id))


def _refuse_unless(offer: Offer, statuses: Collection[OfferStatus], deed: str) -> None:
    status = status_of(offer, clock.now())
    if status not in statuses:
        stands = OFFER_STATUS_LABELS[status].lower()
        raise RuleBroken(f"This offer cannot be {deed}: it is {stands}.")


def _keep(session: Session, offer: Offer, action: str, actor: Actor) -> Offer:
    session.flush()
    record(session, action, offer, actor=actor, number=offer.number)
    return offer
