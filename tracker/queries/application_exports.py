"""The chosen applications of a job as a list to take away, as far as its maker may see them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.dispositions import DISPOSITION_REASONS
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.reports import Cell, CellKind, Column, Report
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.tags import tags_of
from tracker.queries.veils import pseudonym, veiled_among

_CONTACT = (Column("email", "E-mail", CellKind.TEXT), Column("phone", "Phone", CellKind.TEXT))
_COLUMNS = (
    Column("stage", "Stage", CellKind.TEXT),
    Column("outcome", "Outcome", CellKind.TEXT),
    Column("reason", "Reason", CellKind.TEXT),
    Column("days_in_stage", "Days in stage"),
    Column("in_stage_since", "In stage since", CellKind.INSTANT),
    Column("applied_at", "Applied", CellKind.INSTANT),
    Column("source", "Source", CellKind.TEXT),
    Column("recruiter", "Recruiter", CellKind.TEXT),
    Column("tags", "Tags", CellKind.TEXT),
)


def list_chosen(
    session: Session, job: Job, ids: Collection[int], actor: Actor, now: datetime, *, zone: str
) -> Report:
    """These applications of the job by name: whole days in the stage, instants in the zone, in three queries.

    E-mail and phone only for those who may know how to reach people, tags only for those who may read them.
    """
    knows_contact = can(actor, Permission.CONTACT_READ, Subject(job_id=job.id))
    rows = session.execute(_rows(actor, job.id, ids)).all()
    tags = tags_of(session, [row.id for row in rows], actor)
    veiled = veiled_among(session, actor, [row.id for row in rows])
    name = Column("candidate", "Candidate", CellKind.TEXT)
    return Report(
        name="applications",
        title=f"Applications to {job.title}",
        as_of=now,
        zone=zone,
        cohort="Applications that were chosen in the table",
        definitions={},
        columns=(name, *(_CONTACT if knows_contact else ()), *_COLUMNS),
        rows=[_cells(row, tags.get(row.id, ()), now, is_veiled=row.id in veiled) for row in rows],
    )


def _rows(actor: Actor, job_id: int, ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    rows: Select[*tuple[Any, ...]] = (
        visible.applications(actor)
        .with_only_columns(
            Application.id,
            Application.stage,
            Application.outcome,
            Application.disposition_reason,
            Application.stage_entered_at,
            Application.applied_at,
            Application.source,
            Candidate.name,
            Candidate.email,
            Candidate.phone,
            User.name.label("recruiter"),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(User, User.id == Application.recruiter_id)
        .where(Application.job_id == job_id, Application.id.in_(ids))
        .order_by(Candidate.sort_name, Application.id)
    )
    return rows


def _cells(
    row: Row[*tuple[Any, ...]], tags: tuple[str, ...], now: datetime, *, is_veiled: bool
) -> dict[str, Cell]:
    reason = DISPOSITION_REASONS.get(row.disposition_reason or "")
    return {
        "candidate": pseudonym(row.id) if is_veiled else row.name,
        "email": None if is_veiled else row.email,
        "phone": None if is_veiled else row.phone,
        "stage": STAGE_LABELS[row.stage],
        "outcome": OUTCOME_LABELS[row.outcome],
        "reason": reason.label if reason else row.disposition_reason,
        "days_in_stage": max(0, (now - row.stage_entered_at).days),
        "in_stage_since": row.stage_entered_at,
        "applied_at": row.applied_at,
        "source": row.source,
        "recruiter": row.recruiter,
        "tags": ", ".join(tags),
    }
