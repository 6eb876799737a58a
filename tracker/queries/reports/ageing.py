"""Ageing: how long open applications have stood in their present stage, against its target days."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.metrics.times import decoded, times_of
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES, TARGET_DAYS, Stage
from tracker.models.base import UtcDateTime
from tracker.models.jobs import StageTarget
from tracker.models.moves import Stay
from tracker.queries.reports import courses
from tracker.queries.reports.days import DAY
from tracker.queries.reports.kept import as_on_the_boards, is_kept, open_numbers, stays_in_scope
from tracker.queries.reports.lengths import coded_lengths, lengths
from tracker.queries.reports.lives import in_window, seconds_between
from tracker.queries.reports.open_stays import number_open, open_stays, since, told_at_once
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, and whether as many are open as the boards count."""
    is_of_all = scope.calendar is None and scope.job_ids is None and courses.are_told(session, scope)
    rows = _in_order(session, scope) if is_of_all else _by_length(session, scope)
    if scope.filters.from_ is not None or not is_kept(session, scope):
        return rows, ()
    active = Counter({(0, str(row["stage"]), SpellEnd.ACTIVE.value): int(str(row["open"])) for row in rows})
    return rows, (as_on_the_boards(session, scope, active),)


def _in_order(session: Session, scope: Scope) -> list[Row]:
    """The rows of all jobs as they stand, by the order in which stays began."""
    as_of, numbers = scope.filters.as_of, open_numbers(session, scope)
    there = open_stays(session, {stage: numbers.get(stage.value, 0) for stage in STAGES})
    has_own = set(session.scalars(select(StageTarget.stage).distinct()))
    is_over = _is_over_target(session, literal(as_of, UtcDateTime()))
    late = {stage: as_of - timedelta(days=TARGET_DAYS[stage] + 1) for stage in STAGES}
    asked = (
        number_open(stage, is_over) if stage in has_own else since(stage, one, late[stage])
        for stage, one in there.items()
    )
    over_target = dict(zip(there, told_at_once(session, asked), strict=True))
    rows: list[Row] = []
    for stage in STAGES:
        one = there.get(stage)
        rows.append(
            {
                "stage": stage.value,
                "open": one.number if one else 0,
                "over_target": over_target.get(stage, 0),
                "median_days": sum(_age(at, as_of) for at in one.middle) / 2 if one else None,
                "oldest_days": _age(one.oldest, as_of) if one else None,
            }
        )
    return rows


def _age(began: datetime, as_of: datetime) -> float:
    """Days of begun seconds, as all lengths are told."""
    return max(0, (as_of - began) // timedelta(seconds=1)) / DAY


def _by_length(session: Session, scope: Scope) -> list[Row]:
    as_of = literal(scope.filters.as_of, UtcDateTime())
    is_over = case((_is_over_target(session, as_of), 1), else_=0)
    ages: dict[str, Counter[float]] = {stage.value: Counter() for stage in STAGES}
    over_target: Counter[str] = Counter()
    for stage, late, days, number in _ages(session, scope, is_over, as_of):
        ages[stage.value][days] += number
        over_target[stage.value] += number * late
    return [_row(stage.value, ages[stage.value], over_target[stage.value]) for stage in STAGES]


def _ages(
    session: Session, scope: Scope, is_over: Any, as_of: Any
) -> Iterator[tuple[Stage, int, float, int]]:
    """The stages of open applications, whether over target, the days there, and how many stand so."""
    if scope.calendar is None:
        kind = case({stage: 2 * stage.place for stage in STAGES}, value=Stay.stage) + is_over
        each: Any = _open(select(), scope)
        coded = coded_lengths(session, each, Stay.application_id, kind, Stay.entered_at, as_of)
        for code, days, number in decoded(coded, DAY):
            yield STAGES[code // 2], code % 2, days, number
        return
    standing: Any = select(Stay.stage, is_over.label("is_over"))
    for stage, late, days, number in lengths(session, scope, _open(standing, scope), Stay.entered_at, as_of):
        yield stage, late, max(0.0, days), number


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The open applications of a stage or of all, or those over their target days; by application."""
    as_of = literal(scope.filters.as_of, UtcDateTime())
    target = _target()
    query = with_people(
        Stay.application_id,
        Stay.stage,
        Stay.entered_at,
        Stay.entered_version.label("move"),
        target.label("target_days"),
    )
    query = _open(query, scope)
    if figure.stage is not None:
        query = query.where(Stay.stage == figure.stage)
    if figure.column == "over_target":
        query = query.where(_is_over_target(session, as_of))
    for row in opened(session, query, figure, part, Stay.entered_version):
        yield {**row, "days": scope.days_between(row["entered_at"], scope.filters.as_of)}


def _row(stage: str, ages: Counter[float], over_target: int) -> Row:
    times = times_of(ages)
    return {
        "stage": stage,
        "open": times.number,
        "over_target": over_target,
        "median_days": times.median,
        "oldest_days": times.longest,
    }


def _is_over_target(session: Session, as_of: Any) -> ColumnElement[bool]:
    """Whether a stay is longer than its target, in calendar days as on the boards."""
    return seconds_between(session, Stay.entered_at, as_of) >= (_target() + 1) * DAY


def _target() -> ColumnElement[int]:
    """The target days of a stay's stage: those of its job, or else the usual ones."""
    own = (
        select(StageTarget.days)
        .where(StageTarget.job_id == Stay.job_id, StageTarget.stage == Stay.stage)
        .correlate(Stay)
        .scalar_subquery()
    )
    return func.coalesce(own, case({stage: TARGET_DAYS[stage] for stage in STAGES}, value=Stay.stage))


def _open(query: Select[Any], scope: Scope) -> Select[Any]:
    until = scope.as_of_only().filters.until
    is_open = and_(Stay.entered_at < until, or_(Stay.ended_at.is_(None), Stay.ended_at >= until))
    return in_window(query.where(stays_in_scope(scope), is_open), scope, Stay.entered_at)
