"""Reads about debriefs: the decisions on an application."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.debriefs import Debrief


def debriefs_of(session: Session, application_id: int) -> Sequence[Debrief]:
    """The decisions after the interviews of an application, latest first: the one that counts."""
    return session.scalars(
        select(Debrief).where(Debrief.application_id == application_id).order_by(Debrief.id.desc())
    ).all()
