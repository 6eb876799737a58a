"""What moves keep as they are made, read in place of the moves: stays, and how many ended how.

They tell how things stand after the last move, so they answer for an instant that no move came after.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.reports import Check
from tracker.domain.stages import STAGES, Outcome
from tracker.models.applications import Application
from tracker.models.moves import Move, StageCount, Stay, StayCount
from tracker.queries.reports.first_touch import is_of_source
from tracker.queries.reports.scope import Scope

Figures = Counter[tuple[int, str, str]]
"""Numbers by job, stage and column."""


def is_kept(session: Session, scope: Scope) -> bool:
    """Whether the report counts every move there is, so that what moves keep tells its numbers."""
    return not session.scalar(select(exists().where(Move.at >= scope.filters.until)))


def in_jobs(scope: Scope, job_id: Any) -> ColumnElement[bool]:
    """Whether a row is of a job that the report counts."""
    whole: ColumnElement[bool] = literal(True)
    return whole if scope.job_ids is None else job_id.in_(scope.job_ids)


def in_scope(scope: Scope, job_id: Any, application_id: Any) -> ColumnElement[bool]:
    """Whether a row is of a job, and of an application of the source, that the report counts."""
    whole, source = in_jobs(scope, job_id), scope.filters.source
    return whole if source is None else and_(whole, is_of_source(source, application_id))


def stays_in_scope(scope: Scope) -> ColumnElement[bool]:
    """Whether a stay is of what the report counts."""
    return in_scope(scope, Stay.job_id, Stay.application_id)


def standing(scope: Scope) -> Any:
    """How many applications stand where, as `job_id`, `stage`, `outcome` and `count`: as the boards count, or
    of one source as the applications themselves say.
    """
    if scope.filters.source is None:
        return select(
            StageCount.job_id,
            _word(StageCount.stage).label("stage"),
            _word(StageCount.outcome).label("outcome"),
            StageCount.count,
        ).where(in_jobs(scope, StageCount.job_id), StageCount.count != 0)
    by = (Application.job_id, _word(Application.stage), _word(Application.outcome))
    names = ("job_id", "stage", "outcome")
    return (
        select(*(one.label(name) for one, name in zip(by, names, strict=True)), func.count().label("count"))
        .where(in_scope(scope, Application.job_id, Application.id), Application.stage.is_not(None))
        .group_by(*by)
    )


def number_standing(session: Session, scope: Scope, where: Callable[[Any], ColumnElement[bool]]) -> int:
    """How many applications stand so, where the condition is one of the columns of `standing`."""
    there = standing(scope).subquery("standing")
    query = select(func.coalesce(func.sum(there.c.count), 0)).where(where(there.c))
    return int(session.scalar(query) or 0)


def kept_figures(session: Session, scope: Scope, *, is_by_job: bool = True) -> Figures:
    """The figures of all time, as entered and by what became of them: of each job, or of all as job 0."""
    if scope.filters.source is not None:
        return _figures_of_stays(session, scope, is_by_job=is_by_job)
    figures: Figures = Counter()
    by = (_word(StayCount.stage), _word(StayCount.became))
    # There is one count of each job, stage and end: nothing is to be summed.
    query: Any = (
        select(StayCount.job_id, *by, StayCount.count)
        if is_by_job
        else select(literal(0), *by, func.sum(StayCount.count)).group_by(*by)
    )
    query = query.where(in_jobs(scope, StayCount.job_id), StayCount.count != 0)
    for job_id, stage, became, number in session.execute(query):
        figures[job_id, stage, "entered"] += int(number)
        figures[job_id, stage, became] = int(number)
    return figures


def _figures_of_stays(session: Session, scope: Scope, *, is_by_job: bool) -> Figures:
    """The same of one source, which no count is kept of."""
    last = last_stays(scope)
    by = (last.c.job_id, _word(last.c.stage), _word(last.c.became))
    figures: Figures = Counter()
    for job_id, stage, became, number in session.execute(select(*by, func.count()).group_by(*by)):
        for column in ("entered", became):
            figures[job_id if is_by_job else 0, stage, column] += number
    return figures


def _word(column: Any) -> ColumnElement[str]:
    """The stored word of a choice as it is: there may be many."""
    return type_coerce(column, String)


def last_stays(scope: Scope) -> Subquery:
    """The last stays in a window without an end, with the columns of those made from moves."""
    later = aliased(Stay)
    begin = scope.filters.from_
    came_again = exists().where(
        later.application_id == Stay.application_id,
        later.stage == Stay.stage,
        later.entered_version > Stay.entered_version,
    )
    entered: ColumnElement[str] = literal("entered")
    if begin is not None:
        entered = case((Stay.entered_at >= begin, "entered"), else_="open_at_start")
    query = select(
        Stay.job_id,
        Stay.application_id,
        Stay.stage,
        entered.label("counted_as"),
        Stay.became,
        Stay.entered_at,
        Stay.entered_version.label("entered_move"),
        Stay.ended_at,
        Stay.ended_version.label("ended_move"),
    ).where(stays_in_scope(scope), ~came_again)
    if begin is not None:
        query = query.where(or_(Stay.entered_at >= begin, Stay.ended_at.is_(None), Stay.ended_at >= begin))
    return query.subquery("kept")


def as_on_the_boards(session: Session, scope: Scope, figures: Figures) -> Check:
    """Whether as many are active in the report as the boards count, which other statements of a move keep."""
    there, is_by_job = standing(scope).subquery("standing"), not any(job == 0 for job, _, _ in figures)
    is_active = there.c.outcome == Outcome.ACTIVE
    if is_by_job:
        query = select(there.c.job_id, there.c.stage, there.c.count).where(is_active)
        boards = {(job, stage): int(number) for job, stage, number in session.execute(query)}
    else:
        of_all = _by_stage(session, there.c.stage, there.c.count, is_active)
        boards = {(0, stage): number for stage, number in of_all.items()}
    active = {
        (job, stage): number
        for (job, stage, column), number in figures.items()
        if column == SpellEnd.ACTIVE and number
    }
    return said_of_boards(active == boards)


def job_by_job_as_on_the_boards(session: Session, scope: Scope) -> Check:
    """The same of every job, where the figures are not read job by job; not for one source.

    Where each count of stays is that of the boards and their sums are the same, the boards count no others.
    """
    is_active = StayCount.became == SpellEnd.ACTIVE, in_jobs(scope, StayCount.job_id)
    stands = StageCount.outcome == Outcome.ACTIVE
    place = StageCount.job_id == StayCount.job_id, StageCount.stage == StayCount.stage
    board = select(StageCount.count).where(*place, stands).correlate(StayCount).scalar_subquery()
    differs = select(exists(select(1).where(*is_active, StayCount.count != func.coalesce(board, 0))))
    sums = (
        select(func.coalesce(func.sum(StayCount.count), 0)).where(*is_active),
        select(func.coalesce(func.sum(StageCount.count), 0)).where(stands, in_jobs(scope, StageCount.job_id)),
    )
    one, other = (session.scalar(query) for query in sums)
    return said_of_boards(not session.scalar(differs) and one == other)


def open_numbers(session: Session, scope: Scope) -> dict[str, int]:
    """How many stays are open in each stage of all jobs, as the stays' own counts say; not for one source."""
    return _by_stage(
        session,
        StayCount.stage,
        StayCount.count,
        in_jobs(scope, StayCount.job_id),
        StayCount.became == SpellEnd.ACTIVE,
    )


def _by_stage(session: Session, stage: Any, count: Any, *where: ColumnElement[bool]) -> dict[str, int]:
    """The sums of a count by stage, those that are none left out; in one pass, for sorting takes longer."""
    sums = (func.coalesce(func.sum(count).filter(_word(stage) == one.value), 0) for one in STAGES)
    found = session.execute(select(*sums).where(*where)).one()
    return {one.value: int(number) for one, number in zip(STAGES, found, strict=True) if number}


def said_of_boards(is_same: bool) -> Check:
    """What comes of comparing with the boards."""
    return Check("as_on_the_boards", "As many are active in each stage as the boards count.", is_same)


def placed(session: Session, scope: Scope) -> int:
    """How many applications there are that were ever moved."""
    return number_standing(session, scope, lambda _: true())


def same_as_moves(is_same: bool) -> Check:
    """What comes of comparing with the moves themselves."""
    return Check("as_the_moves_say", "Counted from all moves anew, every number is the same.", is_same)
