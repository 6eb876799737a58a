"""Conversion: of those that entered a stage, how many ever went further; and how the decided ones went."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.courses import furthest, was_in
from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.moves import CourseCount, Stay
from tracker.queries.reports import courses, pipeline
from tracker.queries.reports.kept import is_kept, kept_figures, stays_in_scope
from tracker.queries.reports.lives import hired_moves
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

_DECIDED = ("advanced", "rejected", "withdrawn")
_OF_PIPELINE = ("entered", *_DECIDED)
Followed = dict[Stage, list[int]]
"""How many entered a stage, how many of them ever went further, and how many stand there or before."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, and whether as many entered as the pipeline counts."""
    are_counted = courses.are_told(session, scope)
    numbers = _by_courses(session, scope) if are_counted else _by_stays(session, scope)
    by_pipeline, checks = _pipeline_of_all(session, scope) if are_counted else _pipeline(session, scope)
    rows: list[Row] = []
    for stage in STAGES:
        entered, went_on, is_open = numbers[stage]
        decided = {column: by_pipeline[stage.value, column] for column in _DECIDED}
        rows.append(
            {
                "stage": stage.value,
                "entered": entered,
                "reached_next": went_on,
                "open": is_open,
                "conversion": share(went_on, entered),
                **decided,
                "pass_through": share(decided["advanced"], sum(decided.values())),
            }
        )
    agrees = Check(
        "as_the_pipeline",
        "As many entered each stage as the pipeline counts.",
        all(row["entered"] == by_pipeline[str(row["stage"]), "entered"] for row in rows),
    )
    # Before an undo came the pipeline counts what it took away; here it never was.
    return rows, ((agrees, *checks) if is_kept(session, scope) else checks)


def _by_stays(session: Session, scope: Scope) -> Followed:
    each = _applications(scope)
    sums = [
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        for stage in STAGES
        for condition in (_entered(each, stage), _went_on(each, stage), _is_open(each, stage))
    ]
    numbers = [int(number) for number in session.execute(select(*sums)).one()]
    return {stage: numbers[3 * place : 3 * place + 3] for place, stage in enumerate(STAGES)}


def _by_courses(session: Session, scope: Scope) -> Followed:
    """The same of everything there is."""
    found: Followed = {stage: [0, 0, 0] for stage in STAGES}
    by = (CourseCount.stages, CourseCount.has_been_hired, CourseCount.outcome)
    for stages, has_been_hired, outcome, number in session.execute(courses.course_counts(scope, *by)):
        for stage in (one for one in STAGES if was_in(stages, one)):
            went_on = has_been_hired or furthest(stages).place > stage.place
            is_open = not went_on and outcome is Outcome.ACTIVE
            for place, counts in enumerate((True, went_on, is_open)):
                found[stage][place] += int(number) if counts else 0
    return found


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The applications behind a number, with their entry into the stage; by application and move."""
    if figure.column in ("entered", "reached_next", "open") and figure.stage is not None:
        yield from _followed(session, scope, figure, part, figure.stage)
        return
    column = figure.column if figure.column in _OF_PIPELINE else "entered"
    of_pipeline = Figure(figure.job_id, figure.stage, column)
    for row in pipeline.open_rows(session, scope, of_pipeline, part):
        yield {**row, "move": row["entered_move"]}


def _pipeline(session: Session, scope: Scope) -> tuple[Counter[tuple[str, str]], tuple[Check, ...]]:
    rows, checks = pipeline.count(session, scope)
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for column in _OF_PIPELINE:
            sums[str(row["stage"]), column] += int(str(row[column]))
    return sums, tuple(check for check in checks if check.key != "as_on_the_boards")


def _pipeline_of_all(session: Session, scope: Scope) -> tuple[Counter[tuple[str, str]], tuple[Check, ...]]:
    """The same of everything there is, without a look at each job."""
    figures = kept_figures(session, scope, is_by_job=False)
    sums: Counter[tuple[str, str]] = Counter()
    for (_, stage, column), number in figures.items():
        sums[stage, column] += number
    return sums, (pipeline.adds_up([pipeline.row_of(0, "", stage.value, figures) for stage in STAGES]),)


def _applications(scope: Scope) -> Subquery:
    """Each application: whether it entered a stage in the window, how far it came, whether it is open."""
    until, window = scope.as_of_only().filters.until, _in_window(scope)
    place = case({stage: stage.place for stage in STAGES}, value=Stay.stage)
    is_open = or_(Stay.ended_at.is_(None), Stay.ended_at >= until)
    each = (
        select(
            Stay.application_id,
            *(_first(stage, window, Stay.entered_version).label(stage.value) for stage in STAGES),
            func.max(place).label("furthest"),
            func.max(case((is_open, 1), else_=0)).label("is_open"),
        )
        .where(stays_in_scope(scope), Stay.entered_at < until)
        .group_by(Stay.application_id)
        .subquery("stages")
    )
    hires = hired_moves(until)
    return (
        select(*each.c, hires.c.version.label("hired_move"))
        .outerjoin(hires, hires.c.application_id == each.c.application_id)
        .subquery("each")
    )


def _in_window(scope: Scope) -> ColumnElement[bool]:
    window = Stay.entered_at < scope.filters.until
    begin = scope.filters.from_
    return window if begin is None else and_(window, Stay.entered_at >= begin)


def _first(stage: Stage, window: ColumnElement[bool], column: Any) -> ColumnElement[Any]:
    return func.min(case((and_(Stay.stage == stage, window), column)))


def _entered(each: Subquery, stage: Stage) -> ColumnElement[bool]:
    found: ColumnElement[bool] = each.c[stage.value].is_not(None)
    return found


def _went_on(each: Subquery, stage: Stage) -> ColumnElement[bool]:
    further = or_(each.c.furthest > stage.place, each.c.hired_move.is_not(None))
    return and_(_entered(each, stage), further)


def _is_open(each: Subquery, stage: Stage) -> ColumnElement[bool]:
    return and_(
        _entered(each, stage),
        each.c.furthest <= stage.place,
        each.c.hired_move.is_(None),
        each.c.is_open == 1,
    )


def _followed(session: Session, scope: Scope, figure: Figure, part: Part, stage: Stage) -> Iterator[Row]:
    each = _applications(scope)
    conditions = {"entered": _entered, "reached_next": _went_on, "open": _is_open}
    condition = conditions[str(figure.column)](each, stage)
    entered = and_(Stay.application_id == each.c.application_id, Stay.entered_version == each.c[stage.value])
    first = (
        select(Stay.application_id, Stay.stage, Stay.entered_at, Stay.entered_version.label("move"))
        .join(each, entered)
        .where(condition)
        .subquery("first")
    )
    query = with_people(first.c.application_id, first.c.stage, first.c.entered_at, first.c.move)
    yield from opened(session, query, figure, part, first.c.move)
