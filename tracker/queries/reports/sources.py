"""Sources: applications, interviews and hires by where applicants first came from."""

from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.metrics.proportions import wilson
from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.sources import UNKNOWN
from tracker.domain.spending import Amounts, in_words, per_hire, spent_between
from tracker.models.applications import Application
from tracker.queries.reports.days import days_between
from tracker.queries.reports.first_touch import source_of
from tracker.queries.reports.lives import applicants, in_window, received
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope
from tracker.queries.spending import spends_by_source


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row a source, the most applications first and unknown last, and whether nobody is missing."""
    life, origin = applicants(scope), aliased(Application)
    each = in_window(
        select(source_of(origin).label("source"), life.c.is_interviewed, life.c.hired_at).join(
            origin, origin.id == life.c.counts_as
        ),
        scope,
        life.c.received_at,
    ).subquery("each")
    query = select(
        each.c.source, func.count(), func.sum(each.c.is_interviewed), func.count(each.c.hired_at)
    ).group_by(each.c.source)
    found = sorted(session.execute(query).all(), key=lambda one: (one[0] == UNKNOWN, -one[1], one[0]))
    spent = _spent(session, scope)
    rows = [_row(source, whole, int(met), hired, spent) for source, whole, met, hired in found]
    rows += [_row(source, 0, 0, 0, spent) for source in sorted(set(spent) - {row[0] for row in found})]
    agrees = Check(
        "nobody_is_missing",
        "The sources together have as many applications as the first moves say were received.",
        sum(int(str(row["applications"])) for row in rows) == received(session, scope),
    )
    return rows, (agrees,)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The applications of a source or of all, or those interviewed or hired of them; by application."""
    life, origin = applicants(scope), aliased(Application)
    shown = func.coalesce(life.c.hired_id, life.c.last_id)
    move = func.coalesce(life.c.hired_move, 1)
    source = source_of(origin)
    query = with_people(
        shown, source.label("source"), life.c.received_at, life.c.hired_at, move.label("move")
    ).join(origin, origin.id == life.c.counts_as)
    query = in_window(query, scope, life.c.received_at)
    if "source" in figure.named:
        query = query.where(source == figure.named["source"])
    if figure.column == "interviewed":
        query = query.where(life.c.is_interviewed == 1)
    if figure.column == "hired":
        query = query.where(life.c.hired_at.is_not(None))
    for row in opened(session, query, figure, part, move):
        yield {**row, "days": days_between(row["received_at"], row["hired_at"])}


def _spent(session: Session, scope: Scope) -> dict[str, Amounts]:
    """What was spent on each source in the window; nothing of it is of some jobs only."""
    if scope.job_ids is not None:
        return {}
    asked = scope.filters
    found = {
        source: spent_between(spends, asked.from_, asked.until, asked.zone)
        for source, spends in spends_by_source(session, asked.source).items()
    }
    return {source: amounts for source, amounts in found.items() if amounts}


def _row(source: str, whole: int, interviewed: int, hired: int, spent: Mapping[str, Amounts]) -> Row:
    low, high = wilson(hired, whole)
    return {
        "source": source,
        "applications": whole,
        "interviewed": interviewed,
        "hired": hired,
        "hire_rate": share(hired, whole),
        "wilson_low": low,
        "wilson_high": high,
        "spend": in_words(spent.get(source)),
        "cost_per_hire": in_words(per_hire(spent.get(source, {}), hired)),
    }
