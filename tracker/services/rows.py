"""Rows written at once, past all that a session does for objects: for the few that every move writes."""

from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, insert, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict

from tracker.models.base import Base
from tracker.queries.prepared import Prepared

Row = TypeVar("Row", bound=Base)


def table_of(model: type[Base]) -> Table:
    """The table that a class is mapped to."""
    return cast(Table, model.__table__)


def write_row(session: Session, model: type[Base], values: dict[str, Any]) -> None:
    """Write one row, after all that was written before; what is not given is nothing.

    Raises IntegrityError if refused.
    """
    _insertion(model, tuple(values)).run(session, **values)


def write_object(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    """Write one row of these values; gives its object as if it had been loaded."""
    write_row(session, model, values)
    return know(session, model, values)


def know(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    """The object of a row that was just read or written, and that the session does not know yet."""
    # As what is loaded is: a constructor would note every value as a change.
    row = cast(Row, inspect(model).class_manager.new_instance())
    instance_dict(row).update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


@cache
def _insertion(model: type[Base], names: tuple[str, ...]) -> Prepared:
    columns = table_of(model).columns
    values = {name: bindparam(name, type_=columns[name].type) for name in names}
    return Prepared(lambda: insert(table_of(model)).values(values))
