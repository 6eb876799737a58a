"""Transfers: the applications that follow one another, which are one applicant and not several."""

from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, select, union
from sqlalchemy.orm import aliased

from tracker.models.applications import Application


def is_linked(application_id: Any = Application.id) -> ColumnElement[bool]:
    """Whether an application was transferred, or came by a transfer."""
    link = aliased(Application)
    came = select(link.id).where(link.transferred_from_id.is_not(None))
    left = select(link.transferred_from_id).where(link.transferred_from_id.is_not(None))
    found: ColumnElement[bool] = application_id.in_(union(came, left))
    return found


@cache
def roots() -> CTE:
    """Transferred applications, each with the one that its transfers began from; one and the same each time,
    so that a query may ask for it twice.
    """
    earlier = aliased(Application)
    links = (
        select(Application.id, Application.transferred_from_id.label("root"))
        .where(Application.transferred_from_id.is_not(None))
        .cte("links", recursive=True)
    )
    links = links.union_all(
        select(links.c.id, earlier.transferred_from_id)
        .join(earlier, earlier.id == links.c.root)
        .where(earlier.transferred_from_id.is_not(None))
    )
    # Each link goes to an older application, so the lowest id of a chain is where it began.
    return select(links.c.id, func.min(links.c.root).label("root")).group_by(links.c.id).cte("roots")
