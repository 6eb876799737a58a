"""Reads about offers: the versions of an application, and where each stands."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Role, TeamRole
from tracker.domain.offer_approvals import ApprovalRule
from tracker.domain.offers import OfferDates, OfferStatus, offer_status
from tracker.domain.permissions import Subject
from tracker.models.jobs import TeamMember
from tracker.models.offer_approvals import OfferApprovalRule, OfferApprovalStep
from tracker.models.offers import Offer
from tracker.models.signatures import MissedAcceptance
from tracker.models.users import User, UserRole


def offers_of(session: Session, application_id: int) -> Sequence[Offer]:
    """The offers of an application, first drafted first."""
    return session.scalars(
        select(Offer).where(Offer.application_id == application_id).order_by(Offer.number)
    ).all()


def status_of(offer: Offer, now: datetime) -> OfferStatus:
    """Where a kept offer stands at an instant."""
    dates = OfferDates(
        approved_at=offer.approved_at,
        sent_at=offer.sent_at,
        accepted_at=offer.accepted_at,
        declined_at=offer.declined_at,
        withdrawn_at=offer.withdrawn_at,
        voided_at=offer.voided_at,
        expires_at=offer.expires_at,
    )
    return offer_status(dates, now)


def missed_acceptances(session: Session, offer_ids: Collection[int]) -> dict[int, datetime]:
    """When candidates last wished to accept these offers and no opening was left, by offer."""
    rows = session.scalars(select(MissedAcceptance).where(MissedAcceptance.offer_id.in_(offer_ids)))
    return {row.offer_id: row.at for row in rows}


def approval_rules(session: Session) -> Sequence[OfferApprovalRule]:
    """The rules of the organisation by currency, the smallest amount first."""
    order = (OfferApprovalRule.currency, OfferApprovalRule.from_cents, OfferApprovalRule.id)
    return session.scalars(select(OfferApprovalRule).order_by(*order)).all()


def rules_in_use(session: Session) -> list[ApprovalRule]:
    """The rules as the domain reads them."""
    return [ApprovalRule(rule.currency, rule.from_cents, rule.role) for rule in approval_rules(session)]


def steps_of(session: Session, offer: Offer) -> Sequence[OfferApprovalStep]:
    """The steps of an offer's approval in order; none where one approval does."""
    return session.scalars(
        select(OfferApprovalStep)
        .where(OfferApprovalStep.offer_id == offer.id)
        .order_by(OfferApprovalStep.position)
        # As they stand now: the page that asked may have read them before it waited for its lock.
        .execution_options(populate_existing=True)
    ).all()


def approvers_but(session: Session, user_id: int | None, *, job_id: int) -> dict[Role, set[int]]:
    """The users by the role in which they may approve an offer on this job, but for one of them."""
    managers = select(User.id).join(TeamMember, TeamMember.user_id == User.id)
    managers = managers.join(UserRole).where(UserRole.role == Role.HIRING_MANAGER)
    managers = managers.where(TeamMember.job_id == job_id, TeamMember.role == TeamRole.HIRING_MANAGER)
    of_hr = select(User.id).join(UserRole).where(UserRole.role == Role.HR)
    return {
        role: set(session.scalars(who.where(User.is_active, User.id != (user_id or 0))))
        for role, who in ((Role.HIRING_MANAGER, managers), (Role.HR, of_hr))
    }


def approval_subject(session: Session, offer: Offer) -> Subject:
    """What permissions ask about approving an offer now: its drafter, its next step, who took the others."""
    steps = steps_of(session, offer)
    return Subject(
        job_id=offer.application.job_id,
        drafted_by=offer.drafted_by_id,
        approved_by=frozenset(s.approved_by_id for s in steps if s.approved_by_id is not None),
        step=next((step.role for step in steps if step.approved_at is None), None),
    )
