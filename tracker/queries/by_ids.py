"""Many rows at once: statements built once and sent with the rows' ids, and rows that are quick to read.

Building a statement takes longer than sending it, and asking a row of a result for a value by name takes ten
times as long as asking a named tuple.
"""

from collections import namedtuple
from functools import cache
from json import dumps
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    ColumnElement,
    Dialect,
    Executable,
    Integer,
    Result,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _IdList(TypeDecorator[Any]):
    """A list of ids as one value, so that a statement's text is the same for any number of them."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """A list of its own on PostgreSQL, JSON text on SQLite."""
        own = ARRAY(Integer()) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(own)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The ids as the database takes them."""
        return list(value) if dialect.name == "postgresql" else dumps(list(value))


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True
    name = "among"


@compiles(_Among)
def _in_json(element: _Among, compiler: SQLCompiler, **words: Any) -> str:
    column, ids = (compiler.process(clause, **words) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - columns and marks of ours


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **words: Any) -> str:
    column, ids = (compiler.process(clause, **words) for clause in element.clauses)
    return f"{column} = ANY({ids})"


def among(column: Any) -> ColumnElement[bool]:
    """Whether a column is one of the ids, given at each execution as `{"ids": [...]}`."""
    return _Among(column, bindparam("ids", type_=_IdList()))


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
