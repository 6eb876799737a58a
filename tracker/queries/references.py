"""Reads about references: the referees of an application."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.references import Reference


def references_of(session: Session, application_id: int) -> Sequence[Reference]:
    """The referees of an application with what they said, first named first."""
    return session.scalars(
        select(Reference).where(Reference.application_id == application_id).order_by(Reference.id)
    ).all()
