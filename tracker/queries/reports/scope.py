"""Whom a report counts: the applications its reader may see reports of, and which of their moves hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job
from tracker.domain.reports import ReportFilters, Row
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible

BATCH = 2_000
SPAN = 20_000
"""How many applications are counted at a time."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The applications in question, as a select of their ids and jobs, and the filters."""

    applications: Select[int, int]
    filters: ReportFilters
    job_title: str | None = None
    span: tuple[int, int | None] = (0, None)
    """The ids in question: after the first, up to the second, if it is given."""
    job_ids: frozenset[int] | None = None
    """The jobs whose applications these are; none stands for all."""
    reader_id: int | None = None
    """The user who reads; none is nobody who sits on panels."""
    is_compared: bool = False
    """Whether what moves keep is compared with the moves themselves, which reads them all."""

    def as_of_only(self) -> "Scope":
        """The same applications without the window, for cohorts that are followed to the as-of."""
        return replace(self, filters=replace(self.filters, from_=None, to=None))


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report, or several: the job, stage and column of it; none stands for all.

    `named` holds the other cells that tell its row from others, by column.
    """

    job_id: int | None = None
    stage: Stage | None = None
    column: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)


EVERYTHING = Figure()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the rows behind a number: those after an application and move, at most so many."""

    after: tuple[int, int] | None = None
    limit: int | None = None

    def of(self, query: Select[Any], application: Any, move: Any) -> Select[Any]:
        """The query in order of application and move, from where the part begins."""
        if self.after is not None:
            query = query.where(tuple_(application, move) > self.after)
        return query.order_by(application, move).limit(self.limit)


WHOLE = Part()
MOST_JOBS = 200
"""How many jobs a reader is offered to choose from."""


def scope_of(
    session: Session,
    filters: ReportFilters,
    actor: Actor,
    permission: Permission = Permission.REPORT_READ,
) -> Scope:
    """What the actor's report counts, where it takes this permission.

    Raises NotPermitted, and RuleBroken for a job not to be known of.
    """
    if not can_for_some_job(actor, permission):
        raise NotPermitted("You may not read this report.")
    seen = visible.applications(actor, permission).with_only_columns(Application.id, Application.job_id)
    if filters.job_id is None:
        own_jobs = _own_jobs(actor, permission)
        if filters.department is None and filters.location is None:
            return Scope(seen, filters, job_ids=own_jobs, reader_id=actor.id)
        group = _group(session, filters, own_jobs)
        within = seen.where(Application.job_id.in_(group))
        return Scope(within, filters, _group_words(filters), job_ids=group, reader_id=actor.id)
    job = session.get(Job, filters.job_id)
    if job is None or not can(actor, permission, Subject(job_id=job.id)):
        raise RuleBroken("There is no such job.", field="job")
    if any(asked not in (None, had) for asked, had in _asked_and_had(filters, job)):
        raise RuleBroken("This job is of another department or place.", field="job")
    own = seen.where(Application.job_id == job.id)
    return Scope(own, filters, job.title, job_ids=frozenset({job.id}), reader_id=actor.id)


def _asked_and_had(filters: ReportFilters, job: Job) -> tuple[tuple[str | None, str | None], ...]:
    return (filters.department, job.department), (filters.location, job.location)


def _own_jobs(actor: Actor, permission: Permission = Permission.REPORT_READ) -> frozenset[int] | None:
    """The jobs whose reports the actor may read; none stands for all."""
    if can(actor, permission):
        return None
    return frozenset(id_ for id_ in actor.teams if can(actor, permission, Subject(job_id=id_)))


def _group(session: Session, filters: ReportFilters, own: frozenset[int] | None) -> frozenset[int]:
    """The jobs of the department and place that are asked for, of those whose reports may be read."""
    query = select(Job.id)
    for column, asked in ((Job.department, filters.department), (Job.location, filters.location)):
        if asked is not None:
            query = query.where(column == asked)
    found = frozenset(session.scalars(query))
    return found if own is None else found & own


def _group_words(filters: ReportFilters) -> str:
    words = [f"the department {filters.department}"] if filters.department else []
    words += [f"the place {filters.location}"] if filters.location else []
    return f"jobs of {' and '.join(words)}"


def reported_groups(session: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """The departments and the places of the jobs whose reports the actor may read, by name."""
    own = _own_jobs(actor)
    found = []
    for column in (Job.department, Job.location):
        query = select(column).where(column.is_not(None)).distinct().order_by(column)
        if own is not None:
            query = query.where(Job.id.in_(own))
        found.append([name for name in session.scalars(query.limit(MOST_JOBS)) if name])
    departments, places = found
    return departments, places


def reported_jobs(session: Session, actor: Actor) -> dict[int, str]:
    """The jobs whose reports the actor may read, by title: the first two hundred."""
    query = select(Job.id, Job.title).order_by(Job.title, Job.id).limit(MOST_JOBS)
    own = _own_jobs(actor)
    if own is not None:
        query = query.where(Job.id.in_(own))
    return {row.id: row.title for row in session.execute(query)}


def spans(session: Session, scope: Scope, *, begin: int = 0) -> Iterator[Scope]:
    """The scope in spans of so many applications in order of id, so that what is sorted stays small.

    `begin` is the first id in question.
    """
    before = begin - 1
    while True:
        coming = scope.applications.with_only_columns(Application.id).where(Application.id > before)
        last = session.scalar(coming.order_by(Application.id).offset(SPAN - 1).limit(1))
        within = Application.id > before
        yield replace(
            scope,
            applications=scope.applications.where(
                within if last is None else within & (Application.id <= last)
            ),
            span=(before, last),
        )
        if last is None:
            return
        before = last


def effective_moves(scope: Scope, until: datetime) -> CTE:
    """The moves before an instant, of the applications in scope with their jobs, without undone pairs."""
    seen = scope.applications.subquery("seen")
    undo = aliased(Move)
    was_undone = exists().where(
        undo.application_id == Move.application_id,
        undo.version == Move.version + 1,
        undo.kind == MoveKind.UNDO,
        undo.at < until,
    )
    before, last = scope.span
    query = (
        select(
            seen.c.job_id,
            Move.application_id,
            Move.version,
            Move.from_stage,
            Move.to_stage,
            Move.from_outcome,
            Move.to_outcome,
            Move.at,
        )
        .join(seen, seen.c.id == Move.application_id)
        .where(Move.at < until, Move.kind != MoveKind.UNDO, ~was_undone)
    )
    if last is not None:
        # Said of the moves too, or a database reads them all.
        query = query.where(Move.application_id > before, Move.application_id <= last)
    return query.cte("effective")


def stream(session: Session, query: Select[Any]) -> Iterator[Row]:
    """The rows of a query by the names of its columns, fetched in batches, so that memory stays flat."""
    # Past what the session does for whole objects: a row passes a third faster.
    connection = session.connection().execution_options(yield_per=BATCH)
    # Whoever reads on may stop early; the cursor on the server must not stay open then.
    with connection.execute(query) as result:
        names = tuple(result.keys())
        for block in result.partitions():
            for row in block:
                yield dict(zip(names, row, strict=True))
