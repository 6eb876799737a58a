"""Objects of rows that a prepared statement has read: as a session gives them, in a part of its time."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, Table, bindparam, inspect, select
from sqlalchemy.orm import Mapper, Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, set_committed_value
from sqlalchemy.orm.util import identity_key

from tracker.models.base import Base
from tracker.queries.prepared import Prepared

Row = TypeVar("Row", bound=Base)


def table_of(model: type[Base]) -> Table:
    """The table that a class is mapped to."""
    return cast(Table, model.__table__)


def know(session: Session, model: type[Row], values: dict[str, Any]) -> Row:
    """The object of a row that was just read or written, and that the session does not know yet."""
    # As what is loaded is: a constructor would note every value as a change.
    row: Row = _mapper(model).class_manager.new_instance()
    instance_dict(row).update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def fetch(session: Session, model: type[Row], *key: Any) -> Row | None:
    """The row of this primary key, without asking where the session knows it; none if there is none."""
    known = session.identity_map.get(identity_key(model, key))
    if known is not None:
        return known
    found = objects_of(session, model, _by_key(model), **_named(key))
    return found[0] if found else None


def fetch_locked(session: Session, model: type[Row], *key: Any) -> Row | None:
    """The row of this primary key as it stands now, locked against other writers; none if there is none."""
    found = _by_key_locked(model).tuples(session, **_named(key))
    if not found:
        return None
    known = session.identity_map.get(identity_key(model, key))
    if known is None:
        return know(session, model, dict(zip(_attributes(model), found[0], strict=True)))
    take_in(known, found[0])
    return known


def refetch(session: Session, row: Base, *, locks: bool = False) -> None:
    """Read all columns of a known row anew, locked against other writers if asked for.

    Raises LookupError for one that is not there any more.
    """
    model, key = type(row), inspect(row).identity
    statement = _by_key_locked(model) if locks else _by_key(model)
    found = statement.tuples(session, **_named(key or ()))
    if not found:
        raise LookupError("the row is not there any more")
    take_in(row, found[0])


def take_in(row: Base, read: Sequence[Any]) -> None:
    """Let an object say what its row says: its columns in the order of the table."""
    for name, value in zip(_attributes(type(row)), read, strict=True):
        set_committed_value(row, name, value)


def objects_of(session: Session, model: type[Row], statement: Prepared, **values: Any) -> list[Row]:
    """The objects of a statement that asks for all columns of their table, in its order.

    What the session knows already stays as it knows it.
    """
    names, found = _attributes(model), []
    for read in statement.tuples(session, **values):
        key = tuple([read[place] for place in _key_places(model)])
        known = session.identity_map.get(identity_key(model, key))
        found.append(known or know(session, model, dict(zip(names, read, strict=True))))
    return found


@cache
def _mapper(model: type[Base]) -> Mapper[Any]:
    return inspect(model)


@cache
def _attributes(model: type[Base]) -> tuple[str, ...]:
    return tuple(_mapper(model).get_property_by_column(column).key for column in table_of(model).columns)


@cache
def _key_places(model: type[Base]) -> tuple[int, ...]:
    columns = list(table_of(model).columns)
    return tuple(columns.index(column) for column in table_of(model).primary_key.columns)


def _named(key: Sequence[Any]) -> dict[str, Any]:
    return {f"key_{place}": value for place, value in enumerate(key)}


@cache
def _by_key(model: type[Base]) -> Prepared:
    return Prepared(lambda: _of_key(model))


@cache
def _by_key_locked(model: type[Base]) -> Prepared:
    return Prepared(lambda: _of_key(model).with_for_update())


def _of_key(model: type[Base]) -> Select[*tuple[Any, ...]]:
    table = table_of(model)
    asked = [
        column == bindparam(f"key_{place}", type_=column.type)
        for place, column in enumerate(table.primary_key.columns)
    ]
    return select(*table.columns).where(*asked)
