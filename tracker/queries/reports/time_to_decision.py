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
from tracker.queries.reports.lengths import lengths
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
    is_decided = case((decided_at.is_not(None), 1), else_=0).label("is_decided")
    each = _cohort(select(is_decided).select_from(life), scope, life)
    lasted: tuple[Counter[float], Counter[float]] = (Counter(), Counter())
    for decided, days, number in lengths(session, scope, each, life.c.received_at, end):
        lasted[decided][max(0.0, days)] += number
    still, done = lasted
    time = survival.median_time(done, still)
    row: Row = {
        "started": sum(done.values()) + sum(still.values()),
        "decided": sum(done.values()),
        "open": sum(still.values()),
        "km_median_days": time.median,
        "naive_median_days": time.naive,
        "longest_days": time.longest,
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
