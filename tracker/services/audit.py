"""The audit log: what was done or read, written in the transaction of the deed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.models.audit import AuditEntry
from tracker.services.permits import require
from tracker.services.rows import write_row


def record(
    session: Session,
    action: str,
    subject: object,
    *,
    actor: Actor,
    application_id: int | None = None,
    **detail: Any,
) -> None:
    """Note that the actor did this (noun:verb) to a mapped row; details hold keys and numbers, no personal
    text.
    """
    subject_id = getattr(subject, "id", None) or getattr(subject, "application_id", None)
    entry = {
        "at": clock.now(),
        "actor": actor.key,
        "action": action,
        "subject_type": type(subject).__name__.lower(),
        "subject_id": subject_id,
        "application_id": application_id or getattr(subject, "application_id", None),
        "detail": detail or None,
    }
    write_row(session, AuditEntry, entry)


def record_audit_export(session: Session, *, actor: Actor, filters: Mapping[str, str]) -> AuditEntry:
    """Note that the actor takes the log itself away, or this part of it. Raises NotPermitted."""
    require(actor, Permission.AUDIT_READ)
    entry = AuditEntry(
        at=clock.now(), actor=actor.key, action="audit:export", subject_type="log", detail=dict(filters)
    )
    session.add(entry)
    return entry


def record_list_import(session: Session, *, actor: Actor, added: int, skipped: int) -> AuditEntry:
    """Note that the actor brought in a list of people for no job: numbers of people and of lines left out."""
    entry = AuditEntry(
        at=clock.now(),
        actor=actor.key,
        action="candidate:import",
        subject_type="list",
        detail={"added": added, "skipped": skipped},
    )
    session.add(entry)
    return entry
