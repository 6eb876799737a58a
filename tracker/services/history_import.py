"""Bringing another system's history in, as planned: batch by batch, each of whole applications."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.event_logs import Case, LoggedEvent, LoggedMove
from tracker.domain.history import FIRST, MoveRow, move_hash
from tracker.domain.moves import MoveKind
from tracker.domain.names import fold, search_words
from tracker.domain.permissions import Permission
from tracker.models.applications import Application, ApplicationNote, ImportedApplication
from tracker.models.candidates import Candidate
from tracker.models.history_imports import HistoryImport
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.jobs import openings_taken
from tracker.queries.objects import table_of
from tracker.services.audit import record
from tracker.services.candidates import find_by_emails
from tracker.services.history_plans import PlannedApplication
from tracker.services.move_rows import move_values
from tracker.services.permits import require


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The file of an import: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


def import_batch(
    session: Session, job: Job, batch: Sequence[PlannedApplication], file: ImportedFile, *, actor: Actor
) -> int:
    """Write these applications with their moves and notes: how many openings the job had to be given.

    Applications that came in meanwhile are left as they are.
    """
    require(actor, Permission.HISTORY_IMPORT)
    session.refresh(job, with_for_update=True)
    fresh = _still_fresh(session, job, batch)
    if not fresh:
        return 0
    now = clock.now()
    imported = _import_row(session, job, file, fresh, actor, now)
    ids = _begin_applications(session, job, fresh, imported, now)
    openings_before = job.openings
    taken_before = openings_taken(session, job)
    job.openings = max(job.openings, taken_before + _most_taken(fresh))
    session.flush()
    _write_moves(session, fresh, ids, now)
    _write_notes(session, fresh, ids)
    _write_answers(session, fresh, ids)
    job.openings = max(openings_before, openings_taken(session, job))
    session.flush()
    record(session, "history:import", imported, actor=actor, applications=len(fresh), job_id=job.id)
    return job.openings - openings_before


def _still_fresh(session: Session, job: Job, batch: Sequence[PlannedApplication]) -> list[PlannedApplication]:
    keys = [planned.case.key for planned in batch]
    known = set(
        session.scalars(
            select(ImportedApplication.external_key).where(
                ImportedApplication.job_id == job.id, ImportedApplication.external_key.in_(keys)
            )
        )
    )
    return [planned for planned in batch if planned.case.key not in known]


def _import_row(
    session: Session,
    job: Job,
    file: ImportedFile,
    fresh: Sequence[PlannedApplication],
    actor: Actor,
    now: datetime,
) -> HistoryImport:
    row = session.scalar(
        select(HistoryImport).where(HistoryImport.job_id == job.id, HistoryImport.sha256 == file.sha256)
    )
    if row is None:
        row = HistoryImport(
            job_id=job.id, file_name=file.name[:255], sha256=file.sha256, report={}, actor=actor.key, at=now
        )
        session.add(row)
    counts = {
        "applications": len(fresh),
        "moves": sum(len(planned.history.moves) for planned in fresh),
        "notes": sum(len(planned.history.notes) for planned in fresh),
    }
    row.report = {name: row.report.get(name, 0) + count for name, count in counts.items()}
    session.flush()
    return row


def _begin_applications(
    session: Session, job: Job, fresh: Sequence[PlannedApplication], imported: HistoryImport, now: datetime
) -> list[int]:
    candidates = _candidates(session, fresh, now)
    values = [
        {
            "job_id": job.id,
            "candidate_id": candidate,
            "source": planned.case.source or "unknown",
            "applied_at": planned.began_at,
        }
        for planned, candidate in zip(fresh, candidates, strict=True)
    ]
    ids = _inserted(session, table_of(Application), [{**value, "version": 0} for value in values])
    session.execute(
        insert(table_of(ImportedApplication)),
        [
            {
                "application_id": id_,
                "job_id": job.id,
                "external_key": planned.case.key,
                "import_id": imported.id,
            }
            for planned, id_ in zip(fresh, ids, strict=True)
        ],
    )
    return ids


def _inserted(session: Session, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows that have no number yet, and tell their numbers in the order of the rows."""
    if session.get_bind().dialect.name != "sqlite":
        stored = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(session.scalars(stored, rows))
    # SQLite would insert one by one to tell them; whoever writes is alone, so the next ones are known.
    first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    session.execute(insert(table), [{**row, "id": id_} for id_, row in enumerate(rows, start=first)])
    return list(range(first, first + len(rows)))


def _candidates(session: Session, fresh: Sequence[PlannedApplication], now: datetime) -> list[int]:
    """The person of each application: found by e-mail, else new."""
    known = find_by_emails(session, {planned.case.email for planned in fresh if planned.case.email})
    found = [known.get(planned.case.email or "") for planned in fresh]
    new = [planned.case for planned, candidate in zip(fresh, found, strict=True) if candidate is None]
    created: Iterator[int] = iter(())
    if new:
        created = iter(
            _inserted(session, table_of(Candidate), [_candidate_values(case, now) for case in new])
        )
    return [next(created) if candidate is None else candidate for candidate in found]


def _candidate_values(case: Case, now: datetime) -> dict[str, object]:
    name = case.candidate or f"Candidate {case.key}"[:200]
    return {
        "name": name,
        "sort_name": fold(name)[:200],
        "email": case.email,
        "search_text": " ".join(search_words(f"{name} {case.email or ''}")),
        "is_internal": False,
        "created_at": now,
    }


def _rounds(fresh: Sequence[PlannedApplication]) -> Iterator[list[tuple[int, LoggedMove]]]:
    """The first moves of all applications, then the second ones: (place of the application, move)."""
    for step in range(max(len(planned.history.moves) for planned in fresh)):
        yield [
            (place, planned.history.moves[step])
            for place, planned in enumerate(fresh)
            if step < len(planned.history.moves)
        ]


def _most_taken(fresh: Sequence[PlannedApplication]) -> int:
    """How many openings are taken at once while the moves are written round by round."""
    taken = most = 0
    for moves in _rounds(fresh):
        # Those given back in a round may be written after those taken.
        most = max(most, taken + sum(move.to.takes_opening for _, move in moves))
        taken += sum(
            move.to.takes_opening - bool(move.from_ and move.from_.takes_opening) for _, move in moves
        )
    return most


def _write_moves(
    session: Session, fresh: Sequence[PlannedApplication], ids: Sequence[int], now: datetime
) -> None:
    # The database moves an application with each row, so the next version is another statement.
    tips = [FIRST] * len(ids)
    for version, moves in enumerate(_rounds(fresh), start=1):
        rows = []
        for place, move in moves:
            row = _move_row(move, ids[place], version, tips[place], now)
            tips[place] = row.hash
            rows.append(move_values(row))
        session.execute(insert(table_of(Move)), rows)


def _move_row(move: LoggedMove, application_id: int, version: int, previous: str, now: datetime) -> MoveRow:
    row = MoveRow(
        application_id=application_id,
        version=version,
        kind=MoveKind.IMPORT,
        from_stage=move.from_.stage if move.from_ else None,
        to_stage=move.to.stage,
        from_outcome=move.from_.outcome if move.from_ else None,
        to_outcome=move.to.outcome,
        reason=move.reason,
        actor=f"imported:{move.event.actor or ''}",
        at=move.event.at,
        recorded_at=now,
        imported=True,
        overridden=(),
        text_commitment=None,
        previous_hash=previous,
    )
    return replace(row, hash=move_hash(row))


def _write_notes(session: Session, fresh: Sequence[PlannedApplication], ids: Sequence[int]) -> None:
    rows = [
        {"application_id": id_, "text": _note(event), "at": event.at, "is_imported": True}
        for planned, id_ in zip(fresh, ids, strict=True)
        for event in planned.history.notes
    ]
    if rows:
        session.execute(insert(table_of(ApplicationNote)), rows)


def _note(event: LoggedEvent) -> str:
    text = f"{event.activity}: {event.reason}" if event.reason else event.activity
    return f"{text} ({event.actor})" if event.actor else text


def _write_answers(session: Session, fresh: Sequence[PlannedApplication], ids: Sequence[int]) -> None:
    names = sorted({name for planned in fresh for name in planned.answers})
    fields = {name: _field(session, name) for name in names}
    rows = [
        {"application_id": id_, "field_id": fields[name], "value": value}
        for planned, id_ in zip(fresh, ids, strict=True)
        for name, value in planned.answers.items()
    ]
    if rows:
        session.execute(insert(table_of(SelfIdentificationAnswer)), rows)


def _field(session: Session, name: str) -> int:
    field = session.scalar(select(SelfIdentificationField).where(SelfIdentificationField.name == name))
    if field is None:
        field = SelfIdentificationField(name=name, label=name, is_imported=True)
        session.add(field)
        session.flush()
    return field.id
