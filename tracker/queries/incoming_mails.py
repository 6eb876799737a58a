"""Answers that came in by mail, as the timeline of their application tells them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.files import StoredFile
from tracker.models.incoming_mails import IncomingMail, IncomingMailFile
from tracker.queries.applications import Event

MOST_EVENTS = 100


def mails_received(
    session: Session, application_id: int, *, most: int | None = None
) -> Sequence[IncomingMail]:
    """The mails filed on an application, latest first; all of them, or the latest few."""
    return session.scalars(
        select(IncomingMail)
        .where(IncomingMail.application_id == application_id)
        .order_by(IncomingMail.received_at.desc(), IncomingMail.id.desc())
        .limit(most)
    ).all()


def received_events(session: Session, application_id: int) -> list[Event]:
    """Each of them as an event with its words; who wrote is what the mail says, and is said so."""
    rows = mails_received(session, application_id, most=MOST_EVENTS)
    names: dict[int, list[str]] = {}
    came = (
        select(IncomingMailFile.mail_id, StoredFile.name)
        .join(StoredFile, StoredFile.id == IncomingMailFile.file_id)
        .where(StoredFile.application_id == application_id)
        .order_by(StoredFile.id)
    )
    for mail_id, name in session.execute(came):
        names.setdefault(mail_id, []).append(name)
    return [_event(row, names.get(row.id, [])) for row in rows]


def _event(row: IncomingMail, files: Sequence[str]) -> Event:
    texts = [f"From {_sender(row)}"]
    texts += [part for part in row.text.split("\n\n") if part.strip()]
    if files:
        texts.append(f"Came with it: {', '.join(files)}")
    if row.left_out:
        texts.append(f"Came with it and was not taken in: {', '.join(row.left_out)}")
    return Event(
        f"Mail received: {row.subject or 'without a subject'}",
        row.received_at,
        "",
        tuple(texts),
        "accent" if row.is_from_candidate else "warn",
    )


def _sender(row: IncomingMail) -> str:
    if not row.from_email:
        return f"{row.from_name or 'somebody'}, who gives no address"
    named = f"{row.from_name} ({row.from_email})" if row.from_name else row.from_email
    return named if row.is_from_candidate else f"{named}, not the candidate’s address"
