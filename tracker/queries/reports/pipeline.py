"""The pipeline report: per job and stage, who came in the window and what became of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, union
from sqlalchemy.orm import Session

from tracker.domain.metrics.spells import CLOSES_AS, SpellEnd
from tracker.domain.reports import Cell, Check, Row
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.queries.reports.kept import (
    Figures,
    as_on_the_boards,
    is_kept,
    kept_figures,
    last_stays,
    same_as_moves,
)
from tracker.queries.reports.scope import Figure, Part, Scope, effective_moves, spans
from tracker.queries.reports.streams import Stream

_ENDS = tuple(end.value for end in SpellEnd)
_STARTS = ("entered", "open_at_start")
_NUMBERS = (*_STARTS, *_ENDS)


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of job and stage, each with the job's id, and whether they add up.

    Where every move counts they come from what the moves keep, else from the moves.
    """
    figures, checks = _kept(session, scope) if is_kept(session, scope) else _of_moves(session, scope)
    titles = job_titles(session, scope, {job_id for job_id, _, _ in figures})
    stages = [stage.value for stage in STAGES]
    rows = [row_of(job_id, title, stage, figures) for job_id, title in titles.items() for stage in stages]
    return rows, (adds_up(rows), *checks)


def _kept(session: Session, scope: Scope) -> tuple[Figures, tuple[Check, ...]]:
    figures: Figures = Counter()
    if scope.filters.from_ is None:
        figures = kept_figures(session, scope)
    else:
        _count_spells(session, last_stays(scope), figures)
    boards = as_on_the_boards(session, scope, figures)
    if not scope.is_compared:
        return figures, (boards,)
    again, checks = _of_moves(session, scope)
    return figures, (boards, *checks, same_as_moves(+figures == +again))


def _of_moves(session: Session, scope: Scope) -> tuple[Figures, tuple[Check, ...]]:
    figures: Figures = Counter()
    placed: Counter[tuple[int, str]] = Counter()
    for span in spans(session, scope):
        _count_spells(session, spells_in_window(span), figures)
        _count_places(session, span, placed)
    return figures, (_all_are_there(figures, placed),)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterable[Row]:
    """The stays behind the report: those of one job, stage and column, or all; by application and stage."""
    if is_kept(session, scope):
        return Stream(session, _opened(last_stays(scope), figure, part))
    return _rows_of_moves(session, scope, figure, part)


def _rows_of_moves(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    begin, left = part.after[0] if part.after else 0, part.limit
    for span in spans(session, scope, begin=begin):
        for row in Stream(session, _opened(spells_in_window(span), figure, replace(part, limit=left))):
            left = None if left is None else left - 1
            yield row
        if left == 0:
            return


def row_of(job_id: int, title: str, stage: str, figures: Figures) -> Row:
    """The numbers of a job in a stage."""
    row: dict[str, Cell] = {"job": title, "job_id": job_id, "stage": stage}
    for column in _NUMBERS:
        row[column] = figures.get((job_id, stage, column), 0)
    return row


def _count_spells(session: Session, spells: Subquery, figures: Figures) -> None:
    by = (spells.c.job_id, spells.c.stage, spells.c.counted_as, spells.c.became)
    for job_id, stage, counted_as, became, number in session.execute(select(*by, func.count()).group_by(*by)):
        figures[job_id, stage, counted_as] += number
        figures[job_id, stage, became] += number


def job_titles(session: Session, scope: Scope, ids: set[int]) -> dict[int, str]:
    """The jobs of a report by id, in order of title; one that shares its title has its id beside it."""
    wanted = ids if scope.filters.job_id is None else {scope.filters.job_id}
    found = session.execute(select(Job.id, Job.title).where(Job.id.in_(wanted)).order_by(Job.title, Job.id))
    return titles_of(found)


def titles_of(found: Iterable[Any]) -> dict[int, str]:
    """Titles by id, as ids and titles come; one that is shared has its id beside it."""
    titles: dict[int, str] = dict(map(tuple, found))
    shared = Counter(titles.values())
    return {
        job_id: f"{title} (#{job_id})" if shared[title] > 1 else title for job_id, title in titles.items()
    }


def _last_spells(scope: Scope) -> Subquery:
    """The last stay of each application in each stage, with what became of it."""
    moves = effective_moves(scope, scope.filters.until)
    linked = select(
        *moves.c,
        *(
            func.lead(moves.c[name])
            .over(partition_by=moves.c.application_id, order_by=moves.c.version)
            .label(f"next_{name}")
            for name in ("to_stage", "to_outcome", "at", "version")
        ),
    ).subquery("linked")
    begins = or_(
        linked.c.from_stage.is_(None),
        linked.c.from_stage != linked.c.to_stage,
        linked.c.from_outcome != Outcome.ACTIVE,
    )
    newest_first = func.row_number().over(
        partition_by=(linked.c.application_id, linked.c.to_stage), order_by=linked.c.version.desc()
    )
    return select(*linked.c, newest_first.label("newest_first")).where(begins).subquery("spells")


def spells_in_window(scope: Scope) -> Subquery:
    """The last stays that the report counts: as entered or open at start, and what became of them."""
    last = _last_spells(scope)
    arrived_closed = last.c.to_outcome != Outcome.ACTIVE
    ended_at = case((arrived_closed, last.c.at), else_=last.c.next_at)
    begin = scope.filters.from_
    entered = (
        literal("entered") if begin is None else case((last.c.at >= begin, "entered"), else_="open_at_start")
    )
    query = select(
        last.c.job_id,
        last.c.application_id,
        last.c.to_stage.label("stage"),
        entered.label("counted_as"),
        _became(last, arrived_closed).label("became"),
        last.c.at.label("entered_at"),
        last.c.version.label("entered_move"),
        ended_at.label("ended_at"),
        case((arrived_closed, last.c.version), else_=last.c.next_version).label("ended_move"),
    ).where(last.c.newest_first == 1)
    if begin is not None:
        query = query.where(or_(last.c.at >= begin, ended_at.is_(None), ended_at >= begin))
    return query.subquery("counted")


def _became(last: Subquery, arrived_closed: ColumnElement[bool]) -> ColumnElement[str]:
    closings = [(outcome.value, end.value) for outcome, end in CLOSES_AS.items()]
    return case(
        *((last.c.to_outcome == outcome, end) for outcome, end in closings),
        (last.c.next_version.is_(None), SpellEnd.ACTIVE.value),
        *((last.c.next_to_outcome == outcome, end) for outcome, end in closings),
        (_place(last.c.next_to_stage) > _place(last.c.to_stage), SpellEnd.ADVANCED.value),
        else_=SpellEnd.RETURNED.value,
    )


def _place(stage: ColumnElement[Any]) -> ColumnElement[int]:
    return case({one: one.place for one in Stage}, value=stage)


def _opened(counted: Subquery, figure: Figure, part: Part) -> Select[Any]:
    query = (
        select(
            Job.title.label("job"),
            counted.c.application_id.label("application"),
            Candidate.name.label("candidate"),
            counted.c.stage,
            counted.c.counted_as,
            counted.c.became,
            counted.c.entered_at,
            counted.c.entered_move,
            counted.c.ended_at,
            counted.c.ended_move,
        )
        .join(Job, Job.id == counted.c.job_id)
        .join(Application, Application.id == counted.c.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
    )
    if figure.job_id is not None:
        query = query.where(counted.c.job_id == figure.job_id)
    if figure.stage is not None:
        query = query.where(counted.c.stage == figure.stage)
    if figure.column in _STARTS:
        query = query.where(counted.c.counted_as == figure.column)
    elif figure.column in _ENDS:
        query = query.where(counted.c.became == figure.column)
    return part.of(query, counted.c.application_id, counted.c.entered_move)


def adds_up(rows: list[Row]) -> Check:
    """Whether in each row those who came are as many as those who went or are there."""
    holds = all(
        sum(cast(int, row[column]) for column in _STARTS) == sum(cast(int, row[end]) for end in _ENDS)
        for row in rows
    )
    return Check(
        "adds_up",
        "Each row adds up: entered + open at start = advanced + returned + rejected + withdrawn + active.",
        holds,
    )


def _count_places(session: Session, scope: Scope, placed: Counter[tuple[int, str]]) -> None:
    there = _there_in_window(scope).subquery("there")
    by = (there.c.job_id, there.c.stage)
    query = select(*by, func.count(there.c.application_id.distinct())).group_by(*by)
    for job_id, stage, number in session.execute(query):
        placed[job_id, stage] += number


def _all_are_there(figures: Figures, placed: Counter[tuple[int, str]]) -> Check:
    """Whether the stays counted are as many as the applications that the moves place in each stage."""
    counted: Counter[tuple[int, str]] = Counter()
    for (job_id, stage, column), number in figures.items():
        if column in _STARTS:
            counted[job_id, stage] += number
    return Check(
        "nobody_is_missing",
        "Counted from the moves themselves, as many applications were in each stage as the rows say.",
        counted == placed,
    )


def _there_in_window(scope: Scope) -> Any:
    """Applications and the stages where they were in the window, without a look at stays."""
    moves = effective_moves(scope, scope.filters.until)
    begin = scope.filters.from_
    arrivals = select(moves.c.job_id, moves.c.application_id, moves.c.to_stage.label("stage"))
    if begin is None:
        return arrivals
    return union(arrivals.where(moves.c.at >= begin), _standing_at(moves, begin))


def _standing_at(moves: CTE, begin: Any) -> Select[Any]:
    newest = (
        select(moves.c.application_id, func.max(moves.c.version).label("version"))
        .where(moves.c.at < begin)
        .group_by(moves.c.application_id)
        .subquery("newest")
    )
    return select(moves.c.job_id, moves.c.application_id, moves.c.to_stage.label("stage")).join(
        newest,
        and_(
            newest.c.application_id == moves.c.application_id,
            newest.c.version == moves.c.version,
            moves.c.to_outcome == Outcome.ACTIVE,
        ),
    )
