"""Candidates correct how they are called and reached; another e-mail address counts once it is confirmed."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.fingerprints import fingerprint
from tracker.domain.links import checked_links
from tracker.domain.mails import MailEvent
from tracker.domain.names import clean_email
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import Outcome
from tracker.models.applications import Application
from tracker.models.arrivals import Arrival
from tracker.models.candidate_access import AddressChange
from tracker.models.candidates import Candidate
from tracker.models.outbox import OutboxMessage
from tracker.queries.candidate_access import find_address_change, own_applications
from tracker.queries.corrections import CORRECTED, CORRECTED_ADDRESS
from tracker.services.audit import record
from tracker.services.candidate_access import candidate_actor
from tracker.services.candidate_sessions import end_all_sessions
from tracker.services.candidates import checked_candidate, details_of, find_by_email, write_details
from tracker.services.outbox import NotToBeSent, queue_message
from tracker.services.people import ERASED
from tracker.services.sign_ins import hash_token

ADDRESS_LINK_LASTS = timedelta(days=1)
NO_CHANGE = "This link has been used, or its time is over. Name your new address again on your own page."
_BYTES = 32


@dataclass(frozen=True, slots=True)
class OwnContacts:
    """How a candidate is called and reached; `links` are web addresses of theirs, one a line."""

    name: str
    phone: str = ""
    location: str = ""
    links: str = ""


def contacts_of(session: Session, candidate: Candidate) -> OwnContacts:
    """How the candidate is called and reached now, with the links of their latest application."""
    latest = next(iter(own_applications(session, candidate.id)), None)
    came = session.get(Arrival, latest.id) if latest else None
    links = (came.links or "") if came else ""
    return OwnContacts(candidate.name, candidate.phone or "", candidate.location or "", links)


def correct_contacts(session: Session, candidate: Candidate, given: OwnContacts, *, seen: str) -> list[str]:
    """Keep what the candidate corrects of themselves; the names of the fields that changed.

    `seen` is the fingerprint of the contacts that they saw. Links go with each open application of theirs.
    Raises RuleBroken at a field that cannot stand, ChangedMeanwhile if somebody else was faster.
    """
    _lock(session, candidate)
    before = contacts_of(session, candidate)
    if fingerprint(before) != seen:
        raise ChangedMeanwhile("Somebody changed this meanwhile. Look at how it stands now, then save again.")
    links = checked_links(given.links)
    details = replace(
        details_of(candidate), name=given.name, phone=given.phone or None, location=given.location or None
    )
    write_details(candidate, checked_candidate(details))
    if "\n".join(links) != before.links:
        _write_links(session, candidate, links)
    session.flush()
    after = contacts_of(session, candidate)
    changed = [name for name in OwnContacts.__slots__ if getattr(before, name) != getattr(after, name)]
    if changed:
        _note(session, candidate, CORRECTED, fields=changed)
    return changed


def ask_address_change(session: Session, candidate: Candidate, email: str) -> None:
    """Mail a link to another address of the candidate; nothing changes until it is used.

    Raises RuleBroken at `email` for what is no address, or is theirs already. Whether somebody else has it
    is told to nobody but who reads its mail.
    """
    _lock(session, candidate)
    email = clean_email(email)
    if email == candidate.email:
        raise RuleBroken("This is the address that we have of you.", field="email")
    latest = next(iter(own_applications(session, candidate.id)), None)
    if latest is None:
        raise RuleBroken("You have no application here that we could write to you about.", field="email")
    _end_changes(session, candidate)
    change = AddressChange(
        candidate_id=candidate.id,
        email=email,
        # Nobody knows a token of this hash: the one that works is made when the mail goes out.
        token_hash=hash_token(secrets.token_urlsafe(_BYTES)),
        created_at=clock.now(),
        expires_at=clock.now() + ADDRESS_LINK_LASTS,
    )
    session.add(change)
    session.flush()
    queue_message(
        session,
        MailEvent.ADDRESS_TO_CONFIRM,
        key=f"address_to_confirm:{change.id}",
        application_id=latest.id,
        not_before=clock.now(),
        address_change_id=change.id,
    )
    record(session, "candidate:name_address", candidate, actor=candidate_actor(candidate))


def confirm_address(session: Session, token: str) -> Candidate:
    """Write to a candidate at the address whose mail they have read; sessions and links of theirs end.

    Raises RuleBroken for a link that was used or has expired, or where another person has the address.
    """
    change = find_address_change(session, hash_token(token), clock.now())
    if change is None:
        raise RuleBroken(NO_CHANGE)
    candidate = session.get_one(Candidate, change.candidate_id)
    _lock(session, candidate)
    claimed = session.execute(
        update(AddressChange)
        .where(AddressChange.id == change.id, AddressChange.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(AddressChange.id)
    )
    if claimed.scalar() is None:
        raise RuleBroken(NO_CHANGE)
    owner = find_by_email(session, change.email)
    if owner is not None and owner.id != candidate.id:
        raise RuleBroken("Another application came with this address: write to us to bring them together.")
    old = candidate.email
    _exchange(session, candidate, change.email)
    end_all_sessions(session, candidate.id)
    session.flush()
    _note(session, candidate, CORRECTED_ADDRESS)
    _tell_old(session, candidate, old, change)
    return candidate


def _exchange(session: Session, candidate: Candidate, email: str) -> None:
    """Give the candidate this address; a record that was made part of theirs and has it takes the old one."""
    old, holder = candidate.email, session.scalar(select(Candidate).where(Candidate.email == email))
    if holder is not None and holder.id != candidate.id:
        holder.email = candidate.email = None
        session.flush()
        write_details(holder, replace(details_of(holder), email=old))
    write_details(candidate, replace(details_of(candidate), email=email))


def _tell_old(session: Session, candidate: Candidate, old: str | None, change: AddressChange) -> None:
    latest = next(iter(own_applications(session, candidate.id)), None)
    if old is None or latest is None:
        return
    queue_message(
        session,
        MailEvent.ADDRESS_CHANGED,
        key=f"address_changed:{change.id}",
        application_id=latest.id,
        not_before=clock.now(),
        old_email=old,
    )


def _lock(session: Session, candidate: Candidate) -> None:
    session.refresh(candidate, with_for_update=True)
    if candidate.erased_at is not None or candidate.merged_into_id is not None:
        raise RuleBroken(ERASED)


def _end_changes(session: Session, candidate: Candidate) -> None:
    """Of several addresses that somebody names, only the last can be confirmed."""
    session.execute(
        update(AddressChange)
        .where(AddressChange.candidate_id == candidate.id, AddressChange.used_at.is_(None))
        .values(used_at=clock.now())
    )


def _write_links(session: Session, candidate: Candidate, links: tuple[str, ...]) -> None:
    every = own_applications(session, candidate.id)
    for application in every:
        if application.outcome is not Outcome.ACTIVE and application is not every[0]:
            continue
        came = session.get(Arrival, application.id)
        if came is None:
            came = Arrival(application_id=application.id, at=clock.now())
            session.add(came)
        came.links = "\n".join(links) or None


def _note(session: Session, candidate: Candidate, action: str, **detail: Any) -> None:
    """On record, and on the timeline of each application of theirs that is open."""
    actor = candidate_actor(candidate)
    record(session, action, candidate, actor=actor, **detail)
    rows = select(Application).where(
        Application.id.in_([one.id for one in own_applications(session, candidate.id)]),
        Application.outcome == Outcome.ACTIVE,
    )
    for application in session.scalars(rows.order_by(Application.id)):
        record(session, action, candidate, actor=actor, application_id=application.id, **detail)


def address_of(session: Session, message: OutboxMessage, candidate: Candidate) -> str | None:
    """Where a mail to a candidate goes: their address, or the new or old one that the mail is about.

    Raises NotToBeSent where the new one was confirmed or replaced meanwhile.
    """
    if change_id := message.payload.get("address_change_id"):
        change = session.get_one(AddressChange, change_id)
        if change.used_at is not None:
            raise NotToBeSent("The address was confirmed, or another one was named")
        return change.email
    old: str | None = message.payload.get("old_email")
    return old or candidate.email


def issue_address_link(session: Session, change_id: int) -> str:
    """A new link to confirm an address: its token, of 256 random bits, which is told this once."""
    token = secrets.token_urlsafe(_BYTES)
    change = session.get_one(AddressChange, change_id)
    change.token_hash = hash_token(token)
    session.flush()
    return token
