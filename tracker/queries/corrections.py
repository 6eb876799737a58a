"""What candidates corrected of themselves, as the timeline of an application tells it: which, not what."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.audit import AuditEntry
from tracker.queries.applications import Event

CORRECTED, CORRECTED_ADDRESS = "candidate:correct", "candidate:change_address"
_FIELDS = {"name": "name", "phone": "phone number", "location": "where they live", "links": "links"}


def correction_events(session: Session, application_id: int) -> list[Event]:
    """When the candidate corrected how they are called or reached, and which of it."""
    rows = session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.application_id == application_id,
            AuditEntry.action.in_((CORRECTED, CORRECTED_ADDRESS)),
        )
        .order_by(AuditEntry.id)
    )
    return [Event(f"Corrected: {_fields(row)}", row.at, "candidate", (), "plain") for row in rows]


def _fields(row: AuditEntry) -> str:
    names = (row.detail or {}).get("fields", ())
    return ", ".join(_FIELDS[name] for name in names if name in _FIELDS) or "e-mail address"
