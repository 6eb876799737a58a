"""Time to decision: from received to the hire or the closing that stands, those still open censored."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.dispositions import FILLED_REASON
from tracker.domain.reports import Check, Row
from tracker.domain.stages import Outcome
from tracker.late import Late
from tracker.models.base import UtcDateTime
from tracker.models.moves import Move
from tracker.queries.reports.days import DAY
from tracker.queries.reports.lengths import coded_lengths, lengths
from tracker.queries.reports.lives import applicants, in_window, received
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

if TYPE_CHECKING:
    from tracker.domain.metrics import survival
else:
    survival = Late("tracker.domain.metrics.survival")


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The one row of the report with the longest time seen, in days, and whether nobody is missing."""
    life = applicants(scope)
    decided_at = _decided_at(life)
    end = func.coalesce(decided_at, literal(scope.filters.as_of, UtcDateTime()))
    is_open = case((decided_at.is_(None), 1), else_=0).label("is_open")
    if scope.calendar is None:
        each: Any = _cohort(select().select_from(life), scope, life)
        coded = coded_lengths(session, each, life.c.counts_as, is_open, life.c.received_at, end)
        found = survival.medians_of(coded, DAY)
        told = found.get(0, survival.told_of({}, {}))
    else:
        each = _cohort(select(is_open).select_from(life), scope, life)
        lasted: tuple[Counter[float], Counter[float]] = (Counter(), Counter())
        for going_on, days, number in lengths(session, scope, each, life.c.received_at, end):
            lasted[going_on][max(0.0, days)] += number
        told = survival.told_of(*lasted)
    row: Row = {
        "started": told.over + told.going_on,
        "decided": told.over,
        "open": told.going_on,
        "km_median_days": told.time.median,
        "naive_median_days": told.time.naive,
        "longest_days": told.time.longest,
    }
    return [row], () if scope.filters.leaves_out_filled else (_nobody_is_missing(session, scope, row),)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The applications received, or those decided or open of them, each with its days; by application."""
    life = applicants(scope)
    decided_at, is_hired = _decided_at(life), life.c.hired_at.is_not(None)
    move = case((is_hired, life.c.hired_move), else_=life.c.closed_move)
    shown = func.coalesce(life.c.hired_id, life.c.last_id)
    closing = Move.__table__.alias("closing")
    query = with_people(
        shown,
        case((is_hired, Outcome.HIRED.value), else_=closing.c.to_outcome).label("decision"),
        life.c.received_at,
        decided_at.label("decided_at"),
        move.label("move"),
    ).outerjoin(
        closing,
        and_(closing.c.application_id == life.c.last_id, closing.c.version == life.c.closed_move),
    )
    query = _cohort(query, scope, life)
    if figure.column in ("decided", "open"):
        is_decided = decided_at.is_not(None)
        query = query.where(is_decided if figure.column == "decided" else ~is_decided)
    for row in opened(session, query, figure, part, func.coalesce(move, 0)):
        end = row["decided_at"] or scope.filters.as_of
        yield {**row, "days": scope.days_between(row["received_at"], end)}


def _decided_at(life: Any) -> ColumnElement[Any]:
    return func.coalesce(life.c.hired_at, life.c.closed_at)


def _cohort(query: Select[Any], scope: Scope, life: Any) -> Select[Any]:
    query = in_window(query, scope, life.c.received_at)
    if not scope.filters.leaves_out_filled:
        return query
    filled = Move.__table__.alias("filled")
    was_filled = (
        select(filled.c.version)
        .where(
            filled.c.application_id == life.c.last_id,
            filled.c.version == life.c.closed_move,
            filled.c.reason == FILLED_REASON,
        )
        .exists()
    )
    return query.where(or_(life.c.hired_at.is_not(None), life.c.closed_at.is_(None), ~was_filled))


def _nobody_is_missing(session: Session, scope: Scope, row: Row) -> Check:
    return Check(
        "nobody_is_missing",
        "Decided and open together are as many as the first moves say were received.",
        row["started"] == received(session, scope),
    )
