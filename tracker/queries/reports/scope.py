"""Whom a report counts: the applications its reader may see reports of, and which of their moves hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.business_days import BusinessCalendar
from tracker.domain.deciding import NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job
from tracker.domain.reports import ReportFilters
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible
from tracker.queries.holidays import holidays_of
from tracker.queries.reports.days import days_between
from tracker.queries.reports.first_touch import is_known, is_of_source
from tracker.queries.reports.groups import (
    asked_and_had,
    group_words,
    jobs_of_group,
    own_jobs_of,
    recruiter_named,
)

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

    calendar: BusinessCalendar | None = None
    """The business days that the report counts in; none stands for calendar days."""

    def days_between(self, begin: Any, end: Any) -> float | None:
        """Decimal days between instants, as this report counts them; none where either is missing."""
        if self.calendar is not None and isinstance(begin, datetime) and isinstance(end, datetime):
            return self.calendar.between(begin, end)
        return days_between(begin, end)

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
    own_jobs = own_jobs_of(actor, permission)
    recruiter = recruiter_named(session, filters, own_jobs)
    if filters.source is not None:
        seen = _of_source(session, seen, filters.source)
    whole = Scope(seen, filters, job_ids=own_jobs, reader_id=actor.id, calendar=_calendar(session, filters))
    if filters.job_id is not None:
        return _of_job(session, whole, recruiter, actor, permission)
    if filters.department is None and filters.location is None and recruiter is None:
        return whole
    group = jobs_of_group(session, filters, own_jobs)
    within = seen.where(Application.job_id.in_(group))
    return replace(whole, applications=within, job_title=group_words(filters, recruiter), job_ids=group)


def scope_of_jobs(session: Session, filters: ReportFilters, job_ids: frozenset[int] | None) -> Scope:
    """What a report of these jobs counts, whoever asks for it; none stands for all.

    Raises RuleBroken where a calendar is no longer there.
    """
    seen: Select[int, int] = select(Application.id, Application.job_id)
    if job_ids is not None:
        seen = seen.where(Application.job_id.in_(job_ids))
    if filters.source is not None:
        seen = seen.where(is_of_source(filters.source, Application.id))
    return Scope(seen, filters, job_ids=job_ids, calendar=_calendar(session, filters))


def _of_job(
    session: Session, whole: Scope, recruiter: str | None, actor: Actor, permission: Permission
) -> Scope:
    """The one job of the filters. Raises RuleBroken where the others leave it out."""
    filters = whole.filters
    job = session.get(Job, filters.job_id)
    if job is None or not can(actor, permission, Subject(job_id=job.id)):
        raise RuleBroken("There is no such job.", field="job")
    if any(asked not in (None, had) for asked, had in asked_and_had(filters, job)):
        raise RuleBroken("This job is of another department or place.", field="job")
    if recruiter is not None and job.id not in jobs_of_group(session, filters, whole.job_ids):
        raise RuleBroken(f"{recruiter} is no recruiter of this job.", field="recruiter")
    own = whole.applications.where(Application.job_id == job.id)
    return replace(whole, applications=own, job_title=job.title, job_ids=frozenset({job.id}))


def _calendar(session: Session, filters: ReportFilters) -> BusinessCalendar | None:
    if not filters.is_business:
        return None
    if filters.holidays is None:
        return BusinessCalendar(filters.zone)
    days = holidays_of(session, filters.holidays)
    if days is None:
        raise RuleBroken(f"There is no calendar “{filters.holidays[:60]}”.", field="holidays")
    return BusinessCalendar(filters.zone, days, filters.holidays)


def _of_source(session: Session, seen: Select[int, int], source: str) -> Select[int, int]:
    if not is_known(session, source, seen):
        raise RuleBroken(f"No application came from “{source[:60]}”.", field="source")
    return seen.where(is_of_source(source, Application.id))


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
