"""Reads about offers: the versions of an application, and where each stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.offers import OfferDates, OfferStatus, offer_status
from tracker.models.offers import Offer


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
