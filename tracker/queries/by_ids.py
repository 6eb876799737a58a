"""Many rows at once, asked by their ids, and rows that are quick to read.

Asking a row of a result for a value by name takes ten times as long as asking a named tuple.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, Result, bindparam, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NULLTYPE, TypeEngine

from tracker.memory import MEMORIES

_MOST_KEPT = 8192


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
    return list(map(row_shape(tuple(result.keys())), result.all()))


def as_sent(columns: Iterable[Any]) -> tuple[Any, ...]:
    """Columns whose values come as the driver gives them, for `kept_rows` to read."""
    return tuple(type_coerce(column, NULLTYPE).label(column.key) for column in columns)


class KeptRows:
    """Rows of these columns as named tuples, each read once: most are as they were a moment ago.

    To be asked with rows of the same columns as the driver sends them.
    """

    def __init__(self, columns: Iterable[Any], dialect: Dialect) -> None:
        columns = tuple(columns)
        self._shape = row_shape(tuple(column.key for column in columns))
        self._reads = [
            (place, read)
            for place, column in enumerate(columns)
            if (read := reader_of(column.type, dialect)) is not None
        ]
        self._known: dict[Any, Any] = {}
        MEMORIES.keep(self._known.clear)

    def of(self, sent: Iterable[Any]) -> list[Any]:
        """These rows, read."""
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        known = self._known
        # Rows compare far slower than what they hold.
        return [known.get(row) or self._read(row) for row in map(tuple, sent)]

    def _read(self, sent: Any) -> Any:
        values = list(sent)
        for place, read in self._reads:
            values[place] = read(values[place])
        row = self._known[sent] = self._shape(values)
        return row


def reader_of(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of what the driver gives; none where that is the value."""
    return kind.dialect_impl(dialect).result_processor(dialect, None)


@cache
def row_shape(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """What makes a named tuple of a row with these columns; a name that stands there twice is none."""
    shape: Any = namedtuple("NamedRow", names, rename=True)  # type: ignore[misc]
    make: Callable[[Any], Any] = shape._make
    return make
