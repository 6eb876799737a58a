"""Candidates as a list: each with their last application, and one person's applications."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.queries import visible
from tracker.queries.candidates import matching, with_contact
from tracker.queries.cursors import read_cursor, write_cursor

PAGE = 50
"""How many candidates a page of the list holds."""
_MOST_APPLICATIONS = 200


@dataclass(frozen=True, slots=True)
class CandidateFilters:
    """Which candidates to list; nothing set lists all. All but the words ask for one application."""

    words: str = ""
    source: str | None = None
    job_id: int | None = None
    is_active: bool = False

    @property
    def ask_for_application(self) -> bool:
        """Whether a candidate needs an application to be listed."""
        return bool(self.source or self.job_id or self.is_active)


@dataclass(frozen=True, slots=True)
class CandidateLine:
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
    query = _filtered(session, actor, filters).with_only_columns(
        Candidate.id,
        Candidate.name,
        Candidate.sort_name,
        Candidate.email,
        Candidate.is_internal,
        Candidate.created_at,
    )
    if after:
        place = read_cursor(after, is_instant=False)
        query = query.where(tuple_(Candidate.sort_name, Candidate.id) > place)
    rows = session.execute(query.order_by(Candidate.sort_name, Candidate.id).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    return CandidateListPage(
        _lines(session, actor, shown), write_cursor(last.sort_name, last.id) if last else None
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


def jobs_to_filter_by(session: Session, actor: Actor, limit: int = 300) -> Sequence[Row[*tuple[Any, ...]]]:
    """The jobs that the actor may know of, as (id, title), by title."""
    return session.execute(
        visible.jobs(actor).with_only_columns(Job.id, Job.title).order_by(Job.title, Job.id).limit(limit)
    ).all()


def _filtered(session: Session, actor: Actor, filters: CandidateFilters) -> Select[Candidate]:
    query = matching(session, actor, filters.words)
    if not filters.ask_for_application:
        return query
    # Asked of what the actor may see only: else a filter would tell of other jobs.
    wanted = visible.applications(actor)
    if filters.source:
        wanted = wanted.where(Application.source == filters.source)
    if filters.job_id:
        wanted = wanted.where(Application.job_id == filters.job_id)
    if filters.is_active:
        wanted = wanted.where(Application.outcome == Outcome.ACTIVE)
    if filters.job_id:
        return query.where(Candidate.id.in_(wanted.with_only_columns(Application.candidate_id)))
    # Asked of one person after the other, in the order of names, until the page is full.
    return query.where(wanted.where(Application.candidate_id == Candidate.id).exists())


def _lines(
    session: Session, actor: Actor, rows: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[CandidateLine, ...]:
    ids = [row.id for row in rows]
    if not ids:
        return ()
    reachable = with_contact(session, actor, ids)
    latest = {
        one.candidate_id: one
        for one in session.execute(
            _applications(actor)
            .where(Application.candidate_id.in_(ids))
            .order_by(Application.applied_at, Application.id)
        )
    }
    return tuple(_line(row, latest.get(row.id), row.id in reachable) for row in rows)


def _line(
    row: Row[*tuple[Any, ...]], last: Row[*tuple[Any, ...]] | None, is_reachable: bool
) -> CandidateLine:
    return CandidateLine(
        id=row.id,
        name=row.name,
        email=row.email if is_reachable else None,
        is_internal=row.is_internal,
        application_id=last.id if last else None,
        job=last.title if last else None,
        stage=last.stage if last else None,
        outcome=last.outcome if last else None,
        last_at=last.last_at if last else row.created_at,
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
