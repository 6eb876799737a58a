"""How long things took, and how often each length was seen: in calendar days or in business days."""

from array import array
from collections import Counter
from collections.abc import Iterator
from math import ceil
from typing import Any

from sqlalchemy import Integer, Select, String, cast, func, literal_column, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.times import KINDS
from tracker.queries.reports.days import DAY
from tracker.queries.reports.lives import seconds_between
from tracker.queries.reports.scope import Scope

_BATCH = 2_000
_HOUR = 3600
_SMALL = 1e-9
_TOGETHER = 50_000
"""Of how many applications the lengths come in one row."""


def lengths(
    session: Session, scope: Scope, query: Select[Any], begin: Any, end: Any, *, by_the_hour: bool = False
) -> Iterator[tuple[Any, ...]]:
    """What is told apart by the columns of the query, then the days from begin to end, and how many.

    Calendar days are counted in the database by whole seconds: as many lines as there are different lengths.
    Business days are counted here, instant by instant. By the hour, begun ones count whole.
    """
    if scope.calendar is None:
        yield from _calendar_days(session, query, seconds_between(session, begin, end), by_the_hour)
        return
    seen: Counter[tuple[Any, ...]] = Counter()
    whole = query.add_columns(begin.label("began"), end.label("ended"))
    with session.execute(whole.execution_options(yield_per=_BATCH)) as result:
        for *keys, began, ended in result:
            days = scope.days_between(began, ended) or 0.0
            seen[(*keys, ceil(days * 24 - _SMALL) / 24 if by_the_hour else days)] += 1
    for line, number in seen.items():
        yield (*line, number)


def coded_lengths(
    session: Session,
    query: Select[Any],
    of: Any,
    kind: Any,
    begin: Any,
    end: Any,
    *,
    by_the_hour: bool = False,
) -> "array[int]":
    """Every length by itself, coded with what tells it apart, a whole number below KINDS.

    In whole seconds; by the hour, begun ones count whole. `of` is the number of what lasted. Hardly two of a
    million lengths are equal: it takes longer to sort them, to say how often each was seen, than to give them
    away. They come as text, many to a row.
    """
    took = seconds_between(session, begin, end)
    if by_the_hour:
        took = (took + _HOUR - 1) // _HOUR
    code = cast(took * KINDS + kind, String)
    # Of whole numbers, so that what is divided stays whole on every database.
    together = of // literal_column(str(_TOGETHER), Integer)
    many = query.add_columns(func.aggregate_strings(code, ",")).group_by(together)
    told: array[int] = array("q")
    for text in session.connection().execute(many).scalars():
        told.extend(map(int, text.split(",")))
    return told


def _calendar_days(
    session: Session, query: Select[Any], seconds: Any, by_the_hour: bool
) -> Iterator[tuple[Any, ...]]:
    unit = _HOUR if by_the_hour else 1
    took = (seconds + _HOUR - 1) // _HOUR if by_the_hour else seconds
    each = query.add_columns(took.label("took")).subquery("each")
    for *keys, lasted, number in session.execute(select(*each.c, func.count()).group_by(*each.c)):
        yield (*keys, lasted * unit / DAY, number)
