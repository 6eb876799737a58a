"""Sources: applications, interviews and hires by where applicants first came from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.metrics.proportions import wilson
from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.sources import UNKNOWN
from tracker.domain.spending import Amounts, in_words, per_hire, spent_between
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.moves import CourseCount
from tracker.queries.reports import courses
from tracker.queries.reports.days import days_between
from tracker.queries.reports.first_touch import source_of
from tracker.queries.reports.lives import applicants, in_window, received
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope
from tracker.queries.spending import spends_by_source

Numbers = dict[str, tuple[int, int, int]]
"""How many applied, were interviewed and were hired, by source."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row a source, the most applications first and unknown last, and whether nobody is missing."""
    are_counted = courses.are_told(session, scope)
    numbers = _by_courses(session, scope) if are_counted else _by_lives(session, scope)
    spent = _spent(session, scope)
    ordered = sorted(numbers, key=lambda source: (source == UNKNOWN, -numbers[source][0], source))
    rows = [_row(source, *numbers[source], spent) for source in ordered]
    rows += [_row(source, 0, 0, 0, spent) for source in sorted(set(spent) - set(numbers))]
    whole = sum(applied for applied, _, _ in numbers.values())
    return rows, (_nobody_is_missing(session, scope, whole, are_counted=are_counted),)


def _by_lives(session: Session, scope: Scope) -> Numbers:
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
    return {source: (whole, int(met), hired) for source, whole, met, hired in session.execute(query)}


def _by_courses(session: Session, scope: Scope) -> Numbers:
    """The same of everything there is: applications by themselves, those of transfers set right."""
    met, hired = courses.was_in(Stage.INTERVIEW), courses.is_hired()
    by, found = ("applications", "interviewed", "hired"), Counter[tuple[str, str]]()
    query = courses.course_counts(scope, source_of(CourseCount)).add_columns(
        courses.number_where(met), courses.number_where(hired)
    )
    for source, *numbers in session.execute(query):
        for name, number in zip(by, numbers, strict=True):
            found[source, name] += int(number)
    for which, sign in zip(courses.linked_twice(scope), (-1, 1), strict=True):
        origin = aliased(Application)
        query = select(source_of(origin), which.c.is_interviewed, which.c.hired_at).join(
            origin, origin.id == which.c.counts_as
        )
        for source, is_met, hired_at in session.execute(query):
            _add(found, source, is_met, hired_at is not None, sign)
    return {
        source: (found[source, by[0]], found[source, by[1]], found[source, by[2]])
        for source, name in found
        if name == by[0] and found[source, name]
    }


def _add(found: Counter[tuple[str, str]], source: str, is_met: Any, is_hired: Any, number: int) -> None:
    found[source, "applications"] += number
    found[source, "interviewed"] += number if is_met else 0
    found[source, "hired"] += number if is_hired else 0


def _nobody_is_missing(session: Session, scope: Scope, whole: int, *, are_counted: bool) -> Check:
    if are_counted:
        said, others = "the boards count applicants", courses.number_of_applicants(session, scope)
    else:
        said, others = "the first moves say were received", received(session, scope)
    return Check(
        "nobody_is_missing", f"The sources together have as many applications as {said}.", whole == others
    )


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
