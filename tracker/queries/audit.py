"""The audit log as HR reads it: what was done or read, by whom, to what, latest first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.reports import CellKind, Column, Report, Row
from tracker.models.audit import AuditEntry
from tracker.models.users import User
from tracker.queries.interviews import owed_by

PAGE = 50
_BATCH = 2_000
NOUNS = (
    *("agreement", "answer", "application", "audit", "background_check", "backup", "buddy", "candidate"),
    *(
        "consent_notice",
        "debrief",
        "decision_file",
        "erasure_request",
        "file",
        "framework",
        "history",
        "holidays",
        "interview",
        "job",
    ),
    *(
        "legal_hold",
        "mail",
        "mail_template",
        "message",
        "message_template",
        "note",
        "notice",
        "offer",
        "offer_rule",
        "offer_template",
        "onboarding",
        "onboarding_task",
        "onboarding_template",
    ),
    *(
        "outbox",
        "panel",
        "posting",
        "practice",
        "reference",
        "report",
        "report_export",
        "requirement",
        "resume_review",
    ),
    *("rubric", "saved_report", "scorecard", "screening_call", "self_identification", "source_link", "spend"),
    *("tag", "user", "view"),
)
"""What entries are about; which there are is not asked of the log: it would tell of others' cards."""
COLUMNS = (
    Column("at", "When", CellKind.INSTANT),
    Column("who", "Who", CellKind.TEXT),
    Column("action", "Action", CellKind.TEXT),
    Column("subject_type", "To what", CellKind.TEXT),
    Column("subject_id", "Number"),
    Column("application", "Application"),
    Column("detail", "Detail", CellKind.TEXT),
)


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """Which entries: by one person (`user:7`, `system`), about one noun or one application, in a half-open
    window of instants.
    """

    actor: str | None = None
    noun: str | None = None
    application_id: int | None = None
    from_: datetime | None = None
    to: datetime | None = None


def list_entries(
    session: Session, filters: AuditFilters, actor: Actor, *, before: int | None = None, most: int = PAGE + 1
) -> Sequence[AuditEntry]:
    """Entries latest first; `before` is the number of the last one seen."""
    query = _filtered(filters, actor)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(most)).all()


def names_of(session: Session, actors: Collection[str]) -> dict[str, str]:
    """What people call those who acted; what is no person's key is its own name."""
    numbers = {int(key.removeprefix("user:")) for key in actors if key.startswith("user:")}
    people = session.execute(select(User.id, User.name).where(User.id.in_(numbers))) if numbers else ()
    found = {f"user:{number}": name for number, name in people}
    return {key: found.get(key, key.capitalize()) for key in actors}


def export_entries(
    session: Session, filters: AuditFilters, actor: Actor, *, as_of: datetime, zone: str
) -> Report:
    """The entries as a report to take away, as a stream of rows, oldest first."""
    return Report(
        name="audit",
        title="Audit log",
        as_of=as_of,
        zone=zone,
        cohort="Entries of the audit log",
        definitions={},
        columns=COLUMNS,
        rows=_rows(session, filters, actor),
    )


def _filtered(filters: AuditFilters, actor: Actor) -> Select[AuditEntry]:
    # Whoever still owes a scorecard on an application reads nothing of what others did there.
    owed = owed_by(actor.id or 0)
    query = select(AuditEntry).where(
        or_(AuditEntry.application_id.is_(None), AuditEntry.application_id.not_in(owed))
    )
    if filters.actor:
        query = query.where(AuditEntry.actor == filters.actor)
    if filters.noun:
        query = query.where(AuditEntry.action.startswith(f"{filters.noun}:", autoescape=True))
    if filters.application_id is not None:
        query = query.where(AuditEntry.application_id == filters.application_id)
    if filters.from_ is not None:
        query = query.where(AuditEntry.at >= filters.from_)
    if filters.to is not None:
        query = query.where(AuditEntry.at < filters.to)
    return query


def _rows(session: Session, filters: AuditFilters, actor: Actor) -> Iterator[Row]:
    after, names = 0, dict[str, str]()
    while True:
        page = _filtered(filters, actor).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(_BATCH)
        entries = session.scalars(page).all()
        names |= names_of(session, {entry.actor for entry in entries} - set(names))
        for entry in entries:
            yield {
                "at": entry.at,
                "who": names[entry.actor],
                "action": entry.action,
                "subject_type": entry.subject_type,
                "subject_id": entry.subject_id,
                "application": entry.application_id,
                "detail": detail_of(entry),
            }
        if len(entries) < _BATCH:
            return
        after = entries[-1].id
        session.expunge_all()


def detail_of(entry: AuditEntry) -> str:
    """What an entry says besides, in one line: `format: csv; has rows: yes; panel: 3, 8`."""
    said = (entry.detail or {}).items()
    return "; ".join(f"{name.replace('_', ' ')}: {_in_words(value)}" for name, value in said)


def _in_words(value: Any) -> str:
    """A value of an entry as people read it; what is not there, and an empty list, are a dash."""
    if value is None or value in ([], {}, ""):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_in_words(one)}" for name, one in value.items())
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else str(value)
