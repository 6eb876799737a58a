"""Many rows at once: statements built once and sent with the rows' ids, and rows that are quick to read.

Building a statement takes longer than sending it, and asking a row of a result for a value by name takes ten
times as long as asking a named tuple.
"""

from collections import namedtuple
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Result, bindparam

IDS: BindParameter[int] = bindparam("ids", expanding=True)
"""Stands for the ids; given at each execution as `{"ids": [...]}`."""


def named_rows(result: Result[*tuple[Any, ...]]) -> list[Any]:
    """All rows of a result as named tuples."""
    make = _shape(tuple(result.keys()))
    return [make(row) for row in result]


@cache
def _shape(names: tuple[str, ...]) -> Any:
    shape: Any = namedtuple("NamedRow", names)  # type: ignore[misc]
    return shape._make
