"""Templates of offers: all of them, and those that fit a job."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.offer_templates import OfferTerms
from tracker.models.jobs import Job
from tracker.models.offer_templates import OfferTemplate


def offer_templates(session: Session) -> Sequence[OfferTemplate]:
    """All templates by name."""
    return session.scalars(select(OfferTemplate).order_by(OfferTemplate.name, OfferTemplate.id)).all()


def terms_of(template: OfferTemplate) -> OfferTerms:
    """What a template says, as the domain reads it."""
    return OfferTerms(
        name=template.name,
        currency=template.currency,
        period=template.period,
        days_to_answer=template.days_to_answer,
        department=template.department,
        benefits=template.benefits,
        conditions=template.conditions,
    )


def templates_for(session: Session, job: Job) -> list[OfferTemplate]:
    """The templates for jobs of its department, and those for all, by name."""
    return [one for one in offer_templates(session) if terms_of(one).fits(job.department)]
