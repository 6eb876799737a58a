"""Candidates: adding people, correcting what is kept of them, and never the same person twice."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.fingerprints import fingerprint
from tracker.domain.names import clean_email, clean_line, fold, phone_words, search_words
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile, Faults, RuleBroken
from tracker.models.candidates import Candidate
from tracker.queries.objects import objects_of, table_of
from tracker.queries.prepared import prepared
from tracker.services.audit import record
from tracker.services.candidate_sessions import end_all_sessions
from tracker.services.people import ERASED
from tracker.services.permits import require
from tracker.services.rows import write_new


@dataclass(frozen=True, slots=True)
class CandidateDetails:
    """What is kept of a person: name and ways to reach them; `profile` is a JSON Resume."""

    name: str
    email: str | None
    phone: str | None = None
    location: str | None = None
    profile: dict[str, Any] | None = None
    is_internal: bool = False


def add_candidate(session: Session, details: CandidateDetails, *, actor: Actor) -> Candidate:
    """Add a person. Raises RuleBroken at a field that cannot stand, or for an e-mail that is kept already."""
    candidate, is_new = find_or_add(session, details, actor=actor)
    if not is_new:
        raise RuleBroken("There is a candidate with this e-mail address already.", field="email")
    return candidate


def find_or_add(session: Session, details: CandidateDetails, *, actor: Actor) -> tuple[Candidate, bool]:
    """The person with this e-mail as they are kept, or a new one; and whether they are new.

    What is kept of somebody found stays untouched, so nobody rewrites another by knowing their address.
    Raises RuleBroken at a field that cannot stand.
    """
    # Who applies adds themselves; everybody else needs the permission.
    if actor.kind is not ActorKind.CANDIDATE:
        require(actor, Permission.CANDIDATE_CREATE)
    checked = checked_candidate(details)
    found = find_by_email(session, checked.email)
    if found is not None:
        return found, False
    try:
        with session.begin_nested():
            candidate = write_new(session, Candidate, {**_kept(checked), "created_at": clock.now()})
    except IntegrityError:
        # Somebody added the same person at the same moment.
        found = find_by_email(session, checked.email)
        if found is None:
            raise
        return found, False
    record(session, "candidate:create", candidate, actor=actor)
    return candidate, True


def details_of(candidate: Candidate) -> CandidateDetails:
    """What is kept of a person now."""
    return CandidateDetails(
        name=candidate.name,
        email=candidate.email,
        phone=candidate.phone,
        location=candidate.location,
        profile=candidate.profile,
        is_internal=candidate.is_internal,
    )


def edit_candidate(
    session: Session,
    candidate: Candidate,
    details: CandidateDetails,
    *,
    seen: str | None = None,
    actor: Actor,
) -> Candidate:
    """Correct what is kept of a person; `seen` is the fingerprint of the details that the actor saw.

    Raises RuleBroken for an e-mail that is somebody else's, ChangedMeanwhile if the actor saw older details.
    """
    require(actor, Permission.CANDIDATE_EDIT)
    if candidate.erased_at is not None:
        raise RuleBroken(ERASED)
    checked = checked_candidate(details)
    session.refresh(candidate, with_for_update=True)
    if seen is not None and seen != fingerprint(details_of(candidate)):
        raise ChangedMeanwhile("Somebody else changed this person meanwhile. Look at both, then save again.")
    if checked.email is not None:
        taken = select(Candidate.id).where(Candidate.email == checked.email, Candidate.id != candidate.id)
        if session.scalar(taken) is not None:
            raise RuleBroken("Another candidate has this e-mail address.", field="email")
    if checked.email != candidate.email:
        # Whoever reads the mail of the old address is not let in by it any more.
        end_all_sessions(session, candidate.id)
    write_details(candidate, checked)
    session.flush()
    record(session, "candidate:edit", candidate, actor=actor)
    return candidate


def find_by_email(session: Session, email: str | None) -> Candidate | None:
    """The person with this e-mail in lower case; for two that were made one, the one that stayed."""
    if email is None:
        return None
    found = next(iter(objects_of(session, Candidate, _of_email, email=email)), None)
    while found is not None and found.merged_into_id is not None:
        found = session.get_one(Candidate, found.merged_into_id)
    return found


@prepared
def _of_email() -> Select[*tuple[Any, ...]]:
    columns = table_of(Candidate).columns
    return select(*columns).where(columns.email == bindparam("email"))


def find_by_emails(session: Session, emails: Collection[str]) -> dict[str, int]:
    """The ids of people by these e-mails in lower case; for two made one, that of the one who stayed."""
    rows = select(Candidate.email, Candidate.id, Candidate.merged_into_id).where(Candidate.email.in_(emails))
    found: dict[str, int] = {}
    for email, id_, merged_into in session.execute(rows):
        stayed = find_by_email(session, email) if merged_into is not None else None
        found[str(email)] = stayed.id if stayed else id_
    return found


def checked_candidate(details: CandidateDetails) -> CandidateDetails:
    """The details cleaned. Raises RulesBroken at the fields that cannot stand."""
    email, faults = (details.email or "").strip(), Faults()
    cleaned: dict[str, str] = {}
    lines = {"name": ("The name", 200), "phone": ("The phone number", 60), "location": ("The location", 200)}

    def look_at(field: str, label: str, longest: int) -> None:
        text, is_needed = getattr(details, field) or "", field == "name"
        cleaned[field] = clean_line(text, label, field, longest=longest, needed=is_needed)

    for field, (label, longest) in lines.items():
        faults.look(partial(look_at, field, label, longest))
    if email:
        faults.look(lambda: cleaned.update(email=clean_email(email)))
    faults.tell()
    return CandidateDetails(
        name=cleaned["name"],
        email=cleaned.get("email"),
        phone=cleaned["phone"] or None,
        location=cleaned["location"] or None,
        profile=details.profile,
        is_internal=details.is_internal,
    )


def write_details(candidate: Candidate, details: CandidateDetails) -> None:
    """Write checked details of a person, and what they are sorted and found by."""
    for name, value in _kept(details).items():
        setattr(candidate, name, value)


def _kept(details: CandidateDetails) -> dict[str, Any]:
    words = search_words(f"{details.name} {details.email or ''}")
    return {
        "name": details.name,
        # Folding may lengthen a name: one letter can stand for several.
        "sort_name": fold(details.name)[:200],
        "email": details.email,
        "phone": details.phone,
        "location": details.location,
        "profile": details.profile,
        "is_internal": details.is_internal,
        "search_text": " ".join((*words, *phone_words(details.phone or ""))),
    }
