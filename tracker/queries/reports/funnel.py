"""The funnel: how many applications of a cohort were ever in each stage."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, Select, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move, Stay
from tracker.queries.reports.kept import as_on_the_boards, is_kept, kept_figures, placed, same_as_moves
from tracker.queries.reports.scope import WHOLE, Figure, Part, Scope, effective_moves, spans
from tracker.queries.reports.streams import Stream
from tracker.queries.reports.transfers import is_linked, roots


@dataclass(frozen=True, slots=True)
class _Cohort:
    """The moves of the cohort, with the application that each counts as."""

    moves: CTE
    counts_as: Any
    query: Select[Any]


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, and whether a second count agrees.

    Where every move of every application counts they come from what the moves keep, else from the moves.
    """
    has_window = scope.filters.from_ is not None or scope.filters.to is not None
    if has_window or not is_kept(session, scope):
        reached, whole, checks = _of_moves(session, _cohorts(session, scope))
    else:
        reached, whole, checks = _kept(session, scope)
    rows: list[Row] = [
        {
            "stage": stage.value,
            "reached": reached[stage.value],
            "rate_from_start": share(reached[stage.value], whole),
        }
        for stage in STAGES
    ]
    return rows, checks


def _of_moves(session: Session, cohorts: Iterable[_Cohort]) -> tuple[Counter[str], int, tuple[Check, ...]]:
    """How many reached each stage, how many there are, and the check of both, from the moves."""
    reached: Counter[str] = Counter()
    again: Counter[str] = Counter()
    whole = 0
    for cohort in cohorts:
        stage = cohort.moves.c.to_stage
        query = cohort.query.with_only_columns(stage, func.count(cohort.counts_as.distinct()))
        for one, number in session.execute(query.group_by(stage)):
            reached[one] += number
        whole += _count_by_application(session, cohort, again)
    agrees = Check(
        "counted_again", "Counted application by application, as many reached each stage.", again == reached
    )
    return reached, whole, (agrees,)


def _kept(session: Session, scope: Scope) -> tuple[Counter[str], int, tuple[Check, ...]]:
    """The same from what moves keep: only applications of transfers are looked at one by one."""
    figures = kept_figures(session, scope, is_by_job=False)
    reached: Counter[str] = Counter()
    for (_, stage, column), number in figures.items():
        if column == "entered":
            reached[stage] += number
    whole = placed(session, scope)
    checks: tuple[Check, ...] = ()
    linked = scope.applications.where(is_linked())
    own = linked.with_only_columns(Application.id)
    if session.scalar(own.limit(1)) is not None:
        stays = select(Stay.stage, func.count(Stay.application_id.distinct()))
        query = stays.where(Stay.application_id.in_(own)).group_by(Stay.stage)
        for one, number in session.execute(query):
            reached[one.value] -= number
        whole -= int(session.scalar(select(func.count()).select_from(own.subquery())) or 0)
        cohort = _cohort(replace(scope, applications=linked))
        chains, chained, checks = _of_moves(session, [cohort])
        reached.update(chains)
        whole += chained
    checks = (as_on_the_boards(session, scope, figures), *checks)
    if scope.is_compared:
        again, all_again, more = _of_moves(session, _cohorts(session, scope))
        checks = (checks[0], *more, same_as_moves(+reached == +again and whole == all_again))
    return reached, whole, checks


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The first arrival of each application in a stage, or in every stage; those of transfers come last."""
    if part is not WHOLE:
        yield from Stream(session, _opened(_cohort(scope), figure, part))
        return
    for cohort in _cohorts(session, scope):
        yield from Stream(session, _opened(cohort, figure, part))


def _cohorts(session: Session, scope: Scope) -> Iterator[_Cohort]:
    """The cohort in spans of applications, those of transfers together at the end."""
    alone = scope.applications.where(~is_linked())
    for span in spans(session, replace(scope, applications=alone)):
        yield _cohort_alone(span)
    yield _cohort(replace(scope, applications=scope.applications.where(is_linked())))


def _cohort(scope: Scope) -> _Cohort:
    as_of = scope.as_of_only()
    moves = effective_moves(as_of, as_of.filters.until)
    root = roots()
    counts_as = func.coalesce(root.c.root, moves.c.application_id)
    query = select(moves).outerjoin(root, root.c.id == moves.c.application_id)
    if scope.filters.from_ is not None or scope.filters.to is not None:
        query = query.where(counts_as.in_(_received(scope, root)))
    return _Cohort(moves, counts_as, query)


def _cohort_alone(scope: Scope) -> _Cohort:
    """The cohort of applications of which none was transferred: each counts as itself."""
    as_of = scope.as_of_only()
    moves = effective_moves(as_of, as_of.filters.until)
    query = select(moves)
    first = Move.version == 1
    if scope.filters.from_ is not None:
        first &= Move.at >= scope.filters.from_
    if scope.filters.to is not None:
        first &= Move.at < scope.filters.to
    if scope.filters.from_ is not None or scope.filters.to is not None:
        query = query.join(Move, (Move.application_id == moves.c.application_id) & first)
    return _Cohort(moves, moves.c.application_id, query)


def _received(scope: Scope, root: CTE) -> Select[Any]:
    """What was received in the window, by the first move of the application or of its first transfer."""
    seen = scope.applications.subquery("received")
    chain = func.coalesce(root.c.root, seen.c.id)
    begun: Select[Any] = (
        select(chain.label("root"))
        .select_from(seen)
        .join(Move, (Move.application_id == seen.c.id) & (Move.version == 1))
        .outerjoin(root, root.c.id == seen.c.id)
        .group_by(chain)
    )
    if scope.filters.from_ is not None:
        begun = begun.having(func.min(Move.at) >= scope.filters.from_)
    if scope.filters.to is not None:
        begun = begun.having(func.min(Move.at) < scope.filters.to)
    return begun


def _count_by_application(session: Session, cohort: _Cohort, again: Counter[str]) -> int:
    """How many applications there are; adds to `again` how many of them were in each stage, one by one."""
    stage = cohort.moves.c.to_stage
    each = (
        cohort.query.with_only_columns(
            *(func.max(case((stage == one, 1), else_=0)).label(one.value) for one in STAGES)
        )
        .group_by(cohort.counts_as)
        .subquery("each")
    )
    sums = (func.coalesce(func.sum(each.c[one.value]), 0) for one in STAGES)
    whole, *numbers = session.execute(select(func.count(), *sums).select_from(each)).one()
    again.update({one.value: int(number) for one, number in zip(STAGES, numbers, strict=True)})
    return int(whole)


def _opened(cohort: _Cohort, figure: Figure, part: Part) -> Select[Any]:
    moves = cohort.moves
    oldest_first = func.row_number().over(
        partition_by=(cohort.counts_as, moves.c.to_stage), order_by=(moves.c.at, moves.c.version)
    )
    arrivals = cohort.query.add_columns(oldest_first.label("place"))
    if figure.stage is not None:
        arrivals = arrivals.where(moves.c.to_stage == figure.stage)
    if figure.job_id is not None:
        arrivals = arrivals.where(moves.c.job_id == figure.job_id)
    first = arrivals.subquery("first")
    query = (
        select(
            Job.title.label("job"),
            first.c.application_id.label("application"),
            Candidate.name.label("candidate"),
            first.c.to_stage.label("stage"),
            first.c.at.label("reached_at"),
            first.c.version.label("reached_move"),
        )
        .join(Job, Job.id == first.c.job_id)
        .join(Application, Application.id == first.c.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(first.c.place == 1)
    )
    return part.of(query, first.c.application_id, first.c.version)
