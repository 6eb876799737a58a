"""Reads about screening: the reviews and calls of an application."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.screenings import ResumeReview, ScreeningCall


def reviews_of(session: Session, application_id: int) -> Sequence[ResumeReview]:
    """The résumé reviews of an application, latest first: the one that counts."""
    return session.scalars(
        select(ResumeReview)
        .where(ResumeReview.application_id == application_id)
        .order_by(ResumeReview.id.desc())
    ).all()


def calls_of(session: Session, application_id: int) -> Sequence[ScreeningCall]:
    """The screening calls and waivers of an application, latest first."""
    return session.scalars(
        select(ScreeningCall)
        .where(ScreeningCall.application_id == application_id)
        .order_by(ScreeningCall.id.desc())
    ).all()
