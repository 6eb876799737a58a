"""Many rows at once: statements built once and sent with the rows' ids, and rows that are quick to read.

Building a statement takes longer than sending it, and asking a row of a result for a value by name takes ten
times as long as asking a named tuple.
"""

from collections import namedtuple
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Executable, Result, bindparam
from sqlalchemy.orm import Session

IDS: BindParameter[int] = bindparam("ids", expanding=True)
"""Stands for the ids; given at each execution as `{"ids": [...]}`."""


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
