"""Rows written at once, past all that a session does for objects: for those that much of the work writes."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert
from sqlalchemy.orm import Session

from tracker.models.base import Base
from tracker.queries.objects import know, table_of
from tracker.queries.prepared import Prepared

Row = TypeVar("Row", bound=Base)


def write_row(session: Session, model: type[Base], values: dict[str, Any]) -> None:
    """Write one row, after all that was written before; what is not given is nothing.

    Raises IntegrityError if refused.
    """
    _insertion(model, tuple(values)).run(session, **values)


def write_object(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    """Write one row of these values; gives its object as if it had been loaded."""
    write_row(session, model, values)
    return know(session, model, values)


def write_new(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    """Write one row that gets its number from the database, and gives its object, as `write_object` does."""
    number = _numbered(model, tuple(values)).scalar(session, **values)
    nothing = dict.fromkeys(table_of(model).columns.keys())
    return know(session, model, nothing | values | {"id": number})


@cache
def _insertion(model: type[Base], names: tuple[str, ...]) -> Prepared:
    return Prepared(lambda: insert(table_of(model)).values(_bound(model, names)))


@cache
def _numbered(model: type[Base], names: tuple[str, ...]) -> Prepared:
    number = table_of(model).columns["id"]
    return Prepared(lambda: insert(table_of(model)).values(_bound(model, names)).returning(number))


def _bound(model: type[Base], names: tuple[str, ...]) -> dict[str, Any]:
    columns = table_of(model).columns
    return {name: bindparam(name, type_=columns[name].type) for name in names}
