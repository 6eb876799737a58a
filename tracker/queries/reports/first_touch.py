"""First touch: the source of an application, or of the one that its transfers began from."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.sources import SOURCES, UNKNOWN
from tracker.models.applications import Application
from tracker.queries.reports.transfers import is_linked, roots


def source_of(origin: Any) -> ColumnElement[str]:
    """The source of where an applicant came in; unknown where nobody recorded one."""
    found: ColumnElement[str] = func.coalesce(func.nullif(func.trim(origin.source), ""), UNKNOWN)
    return found


def is_of_source(source: str, application_id: Any) -> ColumnElement[bool]:
    """Whether an application first came from a source."""
    alone, linked, origin = aliased(Application), aliased(Application), aliased(Application)
    root = roots()
    own = select(alone.id).where(source_of(alone) == source, ~is_linked(alone.id))
    chained = (
        select(linked.id)
        .outerjoin(root, root.c.id == linked.id)
        .join(origin, origin.id == func.coalesce(root.c.root, linked.id))
        .where(is_linked(linked.id), source_of(origin) == source)
    )
    found: ColumnElement[bool] = application_id.in_(own.union_all(chained))
    return found


def is_known(session: Session, source: str, applications: Any) -> bool:
    """Whether a source is one of the channels, or one that some of these applications came from."""
    if source in SOURCES:
        return True
    query = applications.with_only_columns(Application.id).where(source_of(Application) == source).limit(1)
    return session.scalar(query) is not None
