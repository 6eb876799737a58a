"""Many rows at once: statements built once and sent with the rows' ids, and rows that are quick to read.

Building a statement takes longer than sending it, and asking a row of a result for a value by name takes ten
times as long as asking a named tuple.
"""

from collections import namedtuple
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Result, bindparam
from sqlalchemy.orm import Session


def among(column: Any) -> ColumnElement[bool]:
    """Whether a column is one of the ids, given at each execution as `{"ids": [...]}`."""
    # One value that holds them all would keep the statement the same, but SQLite then reads whole tables.
    found: ColumnElement[bool] = column.in_(bindparam("ids", expanding=True))
    return found


def plain_rows(session: Session, statement: Executable, values: dict[str, Any]) -> Result[*tuple[Any, ...]]:
    """The rows of a statement that asks for columns, past what the session does for whole objects."""
    session.flush()
    return session.connection().execute(statement, values)


def named_rows(session: Session, statement: Executable, values: dict[str, Any]) -> list[Any]:
    """All rows of a statement as named tuples."""
    result = plain_rows(session, statement, values)
    return list(map(_shape(tuple(result.keys())), result.all()))


@cache
def _shape(names: tuple[str, ...]) -> Any:
    shape: Any = namedtuple("NamedRow", names)  # type: ignore[misc]
    return shape._make
