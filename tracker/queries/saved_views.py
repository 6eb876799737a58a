"""Reads about saved views: a person's own, and nobody else's."""

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.models.saved_views import SavedView
from tracker.queries.prepared import prepared


def own_views(actor: Actor) -> Select[SavedView]:
    """The views that this person keeps."""
    return select(SavedView).where(SavedView.user_id == (actor.id or 0))


def views_of(session: Session, page: str, actor: Actor) -> Sequence[SavedView]:
    """The person's own views of a page, by name."""
    of_page = own_views(actor).where(SavedView.page == page)
    return session.scalars(of_page.order_by(SavedView.name, SavedView.id)).all()


def view_queries(session: Session, page: str, actor: Actor) -> Sequence[tuple[str, str]]:
    """The names of the person's own views of a page and what each asks for, by name."""
    return [(name, query) for name, query in _of_page.tuples(session, user=actor.id or 0, page=page)]


@prepared
def _of_page() -> Select[str, str]:
    own = SavedView.user_id == bindparam("user"), SavedView.page == bindparam("page")
    return select(SavedView.name, SavedView.query).where(*own).order_by(SavedView.name, SavedView.id)
