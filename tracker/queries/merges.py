"""Who was merged into whom: records of one person, which stand together under the one that stays."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select
from sqlalchemy.orm import Session

from tracker.domain.stages import Outcome
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries.objects import objects_of, table_of
from tracker.queries.prepared import prepared


def members_of(session: Session, candidate_id: int) -> tuple[int, ...]:
    """The person's number and those of everybody merged into them."""
    return tuple(members_of_each(session, [candidate_id])[candidate_id])


def members_of_each(session: Session, candidate_ids: Sequence[int]) -> dict[int, list[int]]:
    """Each person's number and those of everybody merged into them; a query for each step of merging."""
    found = {candidate_id: [candidate_id] for candidate_id in candidate_ids}
    root = {candidate_id: candidate_id for candidate_id in candidate_ids}
    new = set(root)
    while new:
        merged = _merged_into.tuples(session, into=list(new))
        new = set()
        for one, into in merged:
            if one not in root:
                root[one] = root[into or 0]
                found[root[one]].append(one)
                new.add(one)
    return found


@prepared
def _merged_into() -> Select[int, int | None]:
    into = Candidate.merged_into_id.in_(bindparam("into", expanding=True))
    return select(Candidate.id, Candidate.merged_into_id).where(into)


def merged_into(session: Session, candidate_id: int) -> Sequence[Candidate]:
    """The records that were made part of this one, oldest first."""
    return session.scalars(
        select(Candidate).where(Candidate.merged_into_id == candidate_id).order_by(Candidate.id)
    ).all()


def person_of(session: Session, application: Application) -> Candidate:
    """Whom an application belongs to: the record it came to, or the one that this was made part of."""
    candidate = session.get_one(Candidate, application.candidate_id)
    while candidate.merged_into_id is not None:
        candidate = session.get_one(Candidate, candidate.merged_into_id)
    return candidate


def active_application(session: Session, candidate_id: int, job_id: int) -> Application | None:
    """The active application on a job of a person, or of anybody merged into them."""
    return active_among(session, members_of(session, candidate_id), job_id)


def active_among(session: Session, candidate_ids: Sequence[int], job_id: int) -> Application | None:
    """The active application on a job of one of these records."""
    found = objects_of(session, Application, _active_of, candidates=candidate_ids, job=job_id)
    return found[0] if found else None


@prepared
def _active_of() -> Select[*tuple[Any, ...]]:
    columns = table_of(Application).columns
    return select(*columns).where(
        columns.candidate_id.in_(bindparam("candidates", expanding=True)),
        columns.job_id == bindparam("job"),
        columns.outcome == literal_column(f"'{Outcome.ACTIVE}'"),
    )
