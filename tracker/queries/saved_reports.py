"""Reads about saved reports: a person's own, and those that others share with who may read such a report."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import can_for_some_job
from tracker.domain.report_outlines import OUTLINES
from tracker.models.saved_reports import SavedReport
from tracker.models.users import User


def own_reports(actor: Actor) -> Select[SavedReport]:
    """The reports that this person keeps, by name."""
    own = select(SavedReport).where(SavedReport.user_id == (actor.id or 0))
    return own.order_by(SavedReport.name, SavedReport.id)


def known_reports(actor: Actor) -> Select[SavedReport]:
    """The reports that this person may open: their own, and shared ones of a kind that they may read.

    Nobody could take back what a disabled person shares: it is not shown until they are back.
    """
    kinds = [name.value for name, one in OUTLINES.items() if can_for_some_job(actor, one.permission)]
    is_own = SavedReport.user_id == (actor.id or 0)
    is_shared = SavedReport.is_shared & SavedReport.user_id.in_(select(User.id).where(User.is_active))
    return select(SavedReport).where(SavedReport.report.in_(kinds), or_(is_own, is_shared))


def shared_by_others(session: Session, actor: Actor) -> Sequence[SavedReport]:
    """The reports that others share with this person, by name."""
    query = known_reports(actor).where(SavedReport.user_id != (actor.id or 0))
    return session.scalars(query.order_by(SavedReport.name, SavedReport.id).limit(MOST_SHARED)).all()


MOST_SHARED = 200
"""How many shared reports are listed."""
