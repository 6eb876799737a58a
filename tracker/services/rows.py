"""Rows written at once, past all that a session does for objects: for the few that every move writes."""

from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.orm import Session, make_transient_to_detached

from tracker.models.base import Base


def table_of(model: type[Base]) -> Table:
    """The table that a class is mapped to."""
    return cast(Table, model.__table__)


def write_row(session: Session, model: type[Base], values: dict[str, Any]) -> None:
    """Write one row, after all that was written before. Raises IntegrityError if refused."""
    session.flush()
    session.connection().execute(_insertion(model), values)


def write_object(session: Session, row: Base, values: dict[str, Any]) -> None:
    """Write one row of these values and let the session know its object, as if it had been loaded."""
    write_row(session, type(row), values)
    make_transient_to_detached(row)
    session.add(row)


@cache
def _insertion(model: type[Base]) -> Insert:
    return insert(table_of(model))
