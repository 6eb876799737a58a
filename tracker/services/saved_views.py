"""Keeping the filters of a page under a name, and letting go of them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.saved_views import LONGEST_QUERY, MOST_VIEWS, view_name
from tracker.models.saved_views import SavedView
from tracker.queries.saved_views import views_of
from tracker.services.audit import record
from tracker.services.permits import require


def save_view(session: Session, *, page: str, name: str | None, query: str, actor: Actor) -> SavedView:
    """Keep the query of a page's address under a name. Raises RuleBroken at `name`."""
    require(actor, Permission.VIEW_SAVE)
    kept = view_name(name)
    present = views_of(session, page, actor)
    if len(present) >= MOST_VIEWS:
        raise RuleBroken(f"You keep {MOST_VIEWS} views here already: delete one first.", field="name")
    if len(query) > LONGEST_QUERY:
        raise RuleBroken("These filters are too long to be kept.", field="name")
    _check_free(present, kept)
    view = SavedView(user_id=_owner(actor), page=page, name=kept, query=query, created_at=clock.now())
    session.add(view)
    session.flush()
    record(session, "view:save", view, actor=actor)
    return view


def rename_view(session: Session, view: SavedView, name: str | None, *, actor: Actor) -> SavedView:
    """Give one's own view another name. Raises RuleBroken at `name`."""
    _require_own(view, actor)
    kept = view_name(name)
    _check_free([one for one in views_of(session, view.page, actor) if one is not view], kept)
    view.name = kept
    session.flush()
    record(session, "view:rename", view, actor=actor)
    return view


def delete_view(session: Session, view: SavedView, *, actor: Actor) -> None:
    """Let go of one's own view."""
    _require_own(view, actor)
    record(session, "view:delete", view, actor=actor)
    session.delete(view)
    session.flush()


def _owner(actor: Actor) -> int:
    if actor.id is None:
        raise NotPermitted("Views are kept by people.")
    return actor.id


def _require_own(view: SavedView, actor: Actor) -> None:
    require(actor, Permission.VIEW_SAVE)
    if view.user_id != _owner(actor):
        raise NotPermitted("This view is somebody else's.")


def _check_free(present: Iterable[SavedView], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in present):
        raise RuleBroken("You have a view of this name here.", field="name")
