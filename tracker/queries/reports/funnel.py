"""The funnel: how many applications of a cohort were ever in each stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries.reports.scope import Figure, Part, Scope, effective_moves, stream


@dataclass(frozen=True, slots=True)
class _Cohort:
    """The moves of the cohort, with the application that each counts as."""

    moves: CTE
    counts_as: Any
    query: Select[Any]


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows of the report in order of stage, and whether a second count agrees."""
    cohort = _cohort(scope)
    reached = {
        str(stage): number
        for stage, number in session.execute(
            cohort.query.with_only_columns(
                cohort.moves.c.to_stage, func.count(cohort.counts_as.distinct())
            ).group_by(cohort.moves.c.to_stage)
        )
    }
    whole, again = _count_by_application(session, cohort)
    rows: list[Row] = [
        {
            "stage": stage.value,
            "reached": reached.get(stage.value, 0),
            "rate_from_start": share(reached.get(stage.value, 0), whole),
        }
        for stage in STAGES
    ]
    agrees = Check(
        "counted_again",
        "Counted application by application, as many reached each stage.",
        again == [row["reached"] for row in rows],
    )
    return rows, (agrees,)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The first arrival of each application in a stage, or in every stage, by application."""
    return stream(session, _opened(scope, figure, part))


def _roots() -> CTE:
    """Transferred applications, each with the one that its transfers began from."""
    earlier = aliased(Application)
    links = (
        select(Application.id, Application.transferred_from_id.label("root"))
        .where(Application.transferred_from_id.is_not(None))
        .cte("links", recursive=True)
    )
    links = links.union_all(
        select(links.c.id, earlier.transferred_from_id)
        .join(earlier, earlier.id == links.c.root)
        .where(earlier.transferred_from_id.is_not(None))
    )
    # Each link goes to an older application, so the lowest id of a chain is where it began.
    return select(links.c.id, func.min(links.c.root).label("root")).group_by(links.c.id).cte("roots")


def _cohort(scope: Scope) -> _Cohort:
    filters = scope.filters
    as_of = scope.as_of_only()
    moves = effective_moves(as_of, as_of.filters.until)
    roots = _roots()
    counts_as = func.coalesce(roots.c.root, moves.c.application_id)
    query = select(moves).outerjoin(roots, roots.c.id == moves.c.application_id)
    if filters.from_ is None and filters.to is None:
        return _Cohort(moves, counts_as, query)
    seen = scope.applications.subquery("received")
    chain = func.coalesce(roots.c.root, seen.c.id)
    received = func.min(Move.at)
    begun = (
        select(chain.label("root"))
        .select_from(seen)
        .join(Move, (Move.application_id == seen.c.id) & (Move.version == 1))
        .outerjoin(roots, roots.c.id == seen.c.id)
        .group_by(chain)
    )
    if filters.from_ is not None:
        begun = begun.having(received >= filters.from_)
    if filters.to is not None:
        begun = begun.having(received < filters.to)
    return _Cohort(moves, counts_as, query.where(counts_as.in_(begun)))


def _count_by_application(session: Session, cohort: _Cohort) -> tuple[int, list[int]]:
    """How many applications there are, and how many of them were in each stage, one line for each."""
    stage = cohort.moves.c.to_stage
    each = (
        cohort.query.with_only_columns(
            *(func.max(case((stage == one, 1), else_=0)).label(one.value) for one in STAGES)
        )
        .group_by(cohort.counts_as)
        .subquery("each")
    )
    sums = (func.coalesce(func.sum(each.c[one.value]), 0) for one in STAGES)
    whole, *again = session.execute(select(func.count(), *sums).select_from(each)).one()
    return whole, [int(number) for number in again]


def _opened(scope: Scope, figure: Figure, part: Part) -> Select[Any]:
    cohort = _cohort(scope)
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
