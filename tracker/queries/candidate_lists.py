"""Candidates as a list: each with their last application, and one person's applications."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, literal_column, select, tuple_
from sqlalchemy.orm import Session, aliased

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, can
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible
from tracker.queries.by_ids import named_rows
from tracker.queries.candidates import (
    has_indexed,
    indexed_words,
    listable,
    matching,
    with_contact,
    words_to_find,
)
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.notices import in_pool
from tracker.queries.prepared import Prepared, prepared
from tracker.queries.veils import veiled_people

PAGE = 50
"""How many candidates a page of the list holds."""
_MOST_APPLICATIONS = 200
_MOST_JOBS = 2_000


@dataclass(frozen=True, slots=True)
class CandidateFilters:
    """Which candidates to list; nothing set lists all. All but the words ask for one application."""

    words: str = ""
    source: str | None = None
    job_id: int | None = None
    is_active: bool = False
    pooled_on: date | None = None
    """The day on which they must have agreed to be kept for other jobs."""

    @property
    def ask_for_application(self) -> bool:
        """Whether a candidate needs an application to be listed."""
        return bool(self.source or self.job_id or self.is_active)


class CandidateLine(NamedTuple):
    """One person of the list, with their last application that the actor may know of.

    `email` is none for those who may not read it; `last_at` is the last move, or when the person was added.
    """

    id: int
    name: str
    email: str | None
    is_internal: bool
    application_id: int | None
    job: str | None
    stage: Stage | None
    outcome: Outcome | None
    last_at: datetime


@dataclass(frozen=True, slots=True)
class CandidateListPage:
    """One page of candidates, and the place from which the next one goes on."""

    rows: tuple[CandidateLine, ...]
    next_after: str | None


def list_candidates(
    session: Session,
    actor: Actor,
    filters: CandidateFilters,
    *,
    after: str | None = None,
) -> CandidateListPage:
    """Candidates that the actor may know of, by name, at most fifty, in a constant number of queries.

    Raises RuleBroken for an `after` that is no place in the list.
    """
    rows = _rows(session, actor, filters, after)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    veiled = veiled_people(session, actor, [row.id for row in rows[:PAGE]])
    shown = [row for row in rows[:PAGE] if row.id not in veiled]
    reachable = with_contact(session, actor, [row.id for row in shown])
    return CandidateListPage(
        tuple(_line(row, row.id in reachable) for row in shown),
        write_cursor(last.sort_name, last.id) if last else None,
    )


def _rows(session: Session, actor: Actor, filters: CandidateFilters, after: str | None) -> list[Any]:
    words = words_to_find(filters.words)
    if (
        after
        or filters.ask_for_application
        or filters.pooled_on
        or bool(words) is not bool(filters.words.strip())
    ):
        return named_rows(session, _filtered(session, actor, filters, after), {})
    if not all(can(actor, permission) for permission in _SEES_ALL):
        return named_rows(session, _filtered(session, actor, filters, after), {})
    dialect = session.get_bind().dialect.name
    asked = {"matching": indexed_words(dialect, words)} if words else {}
    return _first_page(dialect, is_search=bool(words)).rows(session, **asked)


_SEES_ALL = (Permission.CANDIDATE_READ, Permission.CONTACT_READ, Permission.APPLICATION_READ)


@cache
def _first_page(dialect: str, *, is_search: bool) -> Prepared:
    """The first page of everybody, or of whom the index finds, for somebody who knows everybody."""
    listed = listable(select(Candidate))
    found = listed.where(has_indexed(dialect, bindparam("matching"))) if is_search else listed
    return Prepared(lambda: _with_last_application(found, select(Application)))


def _with_last_application(found: Select[Candidate], known: Select[Application]) -> Select[*tuple[Any, ...]]:
    """A page of these candidates by name, each with the latest of the applications known."""
    last = aliased(Application)
    latest = (
        known.with_only_columns(Application.id)
        .where(Application.candidate_id == Candidate.id, Application.stage.is_not(None))
        .order_by(Application.applied_at.desc(), Application.id.desc())
        .limit(literal_column("1"))
        .correlate(Candidate)
        .scalar_subquery()
    )
    return (
        found.with_only_columns(
            Candidate.id,
            Candidate.name,
            Candidate.sort_name,
            Candidate.email,
            Candidate.is_internal,
            Candidate.created_at,
            last.id.label("application_id"),
            Job.title.label("job"),
            last.stage,
            last.outcome,
            Move.at.label("moved_at"),
        )
        .select_from(Candidate)
        .outerjoin(last, last.id == latest)
        .outerjoin(Job, Job.id == last.job_id)
        .outerjoin(Move, and_(Move.application_id == last.id, Move.version == last.version))
        .order_by(Candidate.sort_name, Candidate.id)
        .limit(literal_column(str(PAGE + 1)))
    )


def candidate_applications(
    session: Session, actor: Actor, candidate_ids: Collection[int]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The applications of a person's records that the actor may know of, latest first, each with its job."""
    return session.execute(
        _applications(actor)
        .where(Application.candidate_id.in_(candidate_ids))
        .order_by(Application.applied_at.desc(), Application.id.desc())
        .limit(_MOST_APPLICATIONS)
    ).all()


def jobs_to_filter_by(session: Session, actor: Actor) -> tuple[tuple[int, str], ...]:
    """The jobs that the actor may know of, at most two thousand, as (id, title), by title."""
    if can(actor, Permission.JOB_READ):
        return tuple(_all_jobs.tuples(session))
    return tuple((number, title) for number, title in session.execute(_by_title(visible.jobs(actor))))


@prepared
def _all_jobs() -> Select[int, str]:
    return _by_title(select(Job))


def _by_title(known: Select[Job]) -> Select[int, str]:
    return (
        known.with_only_columns(Job.id, Job.title)
        .order_by(Job.title, Job.id)
        .limit(literal_column(str(_MOST_JOBS)))
    )


def _filtered(
    session: Session, actor: Actor, filters: CandidateFilters, after: str | None
) -> Select[*tuple[Any, ...]]:
    query = matching(session, actor, filters.words)
    if filters.ask_for_application:
        query = query.where(_has_application(actor, filters))
    if filters.pooled_on:
        query = query.where(in_pool(filters.pooled_on))
    if after:
        query = query.where(tuple_(Candidate.sort_name, Candidate.id) > read_cursor(after, is_instant=False))
    return _with_last_application(query, visible.applications(actor))


def _has_application(actor: Actor, filters: CandidateFilters) -> ColumnElement[bool]:
    # Asked of what the actor may see only: else a filter would tell of other jobs.
    wanted = visible.applications(actor)
    if filters.source:
        wanted = wanted.where(Application.source == filters.source)
    if filters.job_id:
        wanted = wanted.where(Application.job_id == filters.job_id)
    if filters.is_active:
        wanted = wanted.where(Application.outcome == Outcome.ACTIVE)
    if filters.job_id:
        return Candidate.id.in_(wanted.with_only_columns(Application.candidate_id))
    # Asked of one person after the other, in the order of names, until the page is full.
    return wanted.where(Application.candidate_id == Candidate.id).exists()


def _line(row: Any, is_reachable: bool) -> CandidateLine:
    return CandidateLine(
        id=row.id,
        name=row.name,
        email=row.email if is_reachable else None,
        is_internal=row.is_internal,
        application_id=row.application_id,
        job=row.job,
        stage=row.stage,
        outcome=row.outcome,
        last_at=row.moved_at or row.created_at,
    )


def _applications(actor: Actor) -> Select[*tuple[Any, ...]]:
    last_at = (
        select(Move.at)
        .where(Move.application_id == Application.id)
        .order_by(Move.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        visible.applications(actor)
        .with_only_columns(
            Application.id,
            Application.candidate_id,
            Application.stage,
            Application.outcome,
            Application.applied_at,
            Application.source,
            Job.title,
            last_at.label("last_at"),
        )
        .join(Job, Job.id == Application.job_id)
        .where(Application.stage.is_not(None))
    )
