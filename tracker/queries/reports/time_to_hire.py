"""Time to hire: from received to the accepted offer, of the offers accepted in the window."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.times import times_of
from tracker.domain.reports import Check, Row
from tracker.domain.stages import Outcome, Stage
from tracker.queries.reports.kept import is_kept, number_standing
from tracker.queries.reports.lengths import lengths
from tracker.queries.reports.lives import applicants, in_window
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The one row of the report, and whether no opening is taken by somebody whom it does not count."""
    life = applicants(scope, hired_only=True)
    each: Any = select().select_from(life)
    seen: Counter[float] = Counter()
    for days, number in lengths(
        session, scope, _hired(each, scope, life), life.c.received_at, life.c.hired_at
    ):
        seen[max(0.0, days)] += number
    times = times_of(seen)
    row: Row = {
        "hires": times.number,
        "median_days": times.median,
        "mean_days": times.mean,
        "min_days": times.shortest,
        "max_days": times.longest,
    }
    checks: tuple[Check, ...] = ()
    if scope.filters.from_ is None and is_kept(session, scope):
        checks = (
            Check(
                "openings_are_hires",
                "At least as many were hired as take an opening now.",
                times.number >= _openings_taken(session, scope),
            ),
        )
    return [row], checks


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The hires, each with its days, by application."""
    life = applicants(scope, hired_only=True)
    columns = (life.c.received_at, life.c.hired_at, life.c.hired_move.label("move"))
    query = _hired(with_people(life.c.hired_id, *columns), scope, life)
    for row in opened(session, query, figure, part, life.c.hired_move):
        yield {**row, "days": scope.days_between(row["received_at"], row["hired_at"])}


def _hired(query: Select[Any], scope: Scope, life: Any) -> Select[Any]:
    return in_window(query.where(life.c.hired_at.is_not(None)), scope, life.c.hired_at)


def _openings_taken(session: Session, scope: Scope) -> int:
    return number_standing(
        session,
        scope,
        lambda there: (
            ((there.stage == Stage.ONBOARDING) & (there.outcome == Outcome.ACTIVE))
            | (there.outcome == Outcome.HIRED)
        ),
    )
