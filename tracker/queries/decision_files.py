"""The decision file of a job: everything that shows how each application was decided, as plain values.

What applicants said of themselves voluntarily is not among it, nor drafts of scorecards, nor what lets
somebody in. Nothing in it depends on when it is asked for: the same records make the same file.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tracker.models import Base
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.users import User
from tracker.queries.interviews import owed_by

BATCH = 200
_OF_JOB = (
    "job_status_changes",
    "team_members",
    "stage_targets",
    "job_questions",
    "interview_rounds",
)
_OF_APPLICATION = (
    "application_answers",
    "application_notes",
    "background_checks",
    "debriefs",
    "interviews",
    "move_notes",
    "moves",
    "offers",
    "onboarding_tasks",
    "references_given",
    "resume_reviews",
    "scorecard_reads",
    "screening_calls",
)
Part = tuple[str, Any]
"""The name of a part and its value, of dicts, lists, texts and numbers."""


def owes_on_job(session: Session, job: Job, user_id: int) -> bool:
    """Whether somebody still owes a scorecard on an application of the job."""
    owed = select(Application.id).where(Application.job_id == job.id, Application.id.in_(owed_by(user_id)))
    return session.scalar(owed.limit(1)) is not None


def decision_parts(session: Session, job: Job) -> Iterator[Part]:
    """The parts of the file in order of name: the job, its rubrics, each application, and who people are."""
    yield from _applications(session, job)
    yield (
        "job.json",
        _row(Job.__table__, session.get_one(Job, job.id))
        | {name: _rows(session, name, _column(name, "job_id") == job.id) for name in _OF_JOB},
    )
    yield "people.json", {str(number): name for number, name in session.execute(_people())}
    for rubric in session.scalars(select(Rubric).where(Rubric.job_id == job.id).order_by(Rubric.number)):
        yield f"rubrics/version-{rubric.number}.json", _row(Rubric.__table__, rubric)


def _people() -> Any:
    return select(User.id, User.name).order_by(User.id)


def _applications(session: Session, job: Job) -> Iterator[Part]:
    after = 0
    while True:
        page = (
            select(Application, Candidate.name)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.job_id == job.id, Application.id > after, Application.stage.is_not(None))
            .order_by(Application.id)
            .limit(BATCH)
        )
        found = session.execute(page).all()
        if found:
            records = _records(session, [application.id for application, _ in found])
            for application, name in found:
                own = {"candidate": name} | _row(Application.__table__, application)
                yield f"applications/{application.id:010}.json", own | records[application.id]
            after = found[-1][0].id
        if len(found) < BATCH:
            return
        session.expunge_all()


def _records(session: Session, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The records of each application by the name of their table, cards with their ratings by session."""
    found: dict[int, dict[str, Any]] = {number: {} for number in ids}
    for name in _OF_APPLICATION:
        for row in _rows(session, name, _column(name, "application_id").in_(ids)):
            found[row["application_id"]].setdefault(name, []).append(row)
    sessions = {
        row["id"]: row for own in found.values() for row in own.get("interviews", []) if isinstance(row, dict)
    }
    for row in _rows(session, "panel_members", _column("panel_members", "interview_id").in_(sessions)):
        sessions[row["interview_id"]].setdefault("panel", []).append(row["user_id"])
    ratings = defaultdict(list)
    handed_in = select(Scorecard.id).where(
        Scorecard.interview_id.in_(sessions), Scorecard.submitted_at.is_not(None)
    )
    for row in _rows(session, "ratings", Rating.scorecard_id.in_(handed_in)):
        ratings[row["scorecard_id"]].append(row)
    for row in _rows(session, "scorecards", Scorecard.id.in_(handed_in)):
        sessions[row["interview_id"]].setdefault("scorecards", []).append(
            row | {"ratings": ratings[row["id"]]}
        )
    seen = AuditEntry.application_id.in_(ids)
    for row in _rows(session, "audit_entries", seen):
        found[row["application_id"]].setdefault("who_did_or_read_what", []).append(row)
    return found


def _column(table: str, name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = Base.metadata.tables[table].c[name]
    return column


def _rows(session: Session, name: str, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    table = Base.metadata.tables[name]
    query = select(table).where(which).order_by(*table.primary_key)
    keys = table.columns.keys()
    return [_named(keys, row) for row in session.execute(query)]


def _row(table: Any, mapped: object) -> dict[str, Any]:
    keys = table.columns.keys()
    return _named(keys, [getattr(mapped, key) for key in keys])


def _named(keys: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in zip(keys, values, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
