"""Reads about saved views: a person's own, and nobody else's."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models.saved_views import SavedView


def own_views(actor: Actor) -> Select[SavedView]:
    """The views that this person keeps."""
    return select(SavedView).where(SavedView.user_id == (actor.id or 0))


def views_of(session: Session, page: str, actor: Actor) -> Sequence[SavedView]:
    """The person's own views of a page, by name."""
    return session.scalars(_of_page(), {"user": actor.id or 0, "page": page}).all()


@cache
def _of_page() -> Select[SavedView]:
    own = SavedView.user_id == bindparam("user"), SavedView.page == bindparam("page")
    return select(SavedView).where(*own).order_by(SavedView.name, SavedView.id)
