"""References: naming referees, asking them with the candidate's consent, and keeping what they said."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.mails import MailEvent
from tracker.domain.names import clean_email
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.texts import LONGEST_LINE, written, written_or_none
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.references import Reference, ReferenceResult
from tracker.queries.references import references_of
from tracker.services.audit import record
from tracker.services.outbox import queue_message
from tracker.services.permits import require
from tracker.services.referee_access import end_forms
from tracker.services.standing import lock_in_stage, lock_known

MOST_NAMED = 5
"""How many referees a candidate names."""


def add_reference(
    session: Session,
    application: Application,
    *,
    referee_name: str,
    relationship: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    actor: Actor,
) -> Reference:
    """Name a referee of an application; one whom a candidate names is asked by mail, for they agree to it.

    Raises RuleBroken at `referee_name` or `email`, or where a candidate names more than a few.
    """
    is_own = actor.kind is ActorKind.CANDIDATE and actor.application_id == application.id
    if not is_own:
        require(actor, Permission.REFERENCE_RECORD, Subject(job_id=application.job_id))
    locked = lock_in_stage(session, application.id, {Stage.REFERENCES}, "A reference")
    if is_own:
        _check_own_referee(session, locked, email)
    reference = Reference(
        application_id=locked.id,
        referee_name=written(referee_name, "Name the referee.", field="referee_name", longest=LONGEST_LINE),
        relationship=written_or_none(relationship, field="relationship", longest=LONGEST_LINE),
        email=clean_email(email) if email and email.strip() else None,
        phone=written_or_none(phone, field="phone", longest=60),
        recorded_by=actor.key,
        consented_at=clock.now() if is_own else None,
        created_at=clock.now(),
        requested_at=clock.now() if is_own else None,
    )
    session.add(reference)
    session.flush()
    record(session, "reference:add", reference, actor=actor)
    if is_own:
        queue_request(session, reference)
    return reference


def _check_own_referee(session: Session, application: Application, email: str | None) -> None:
    if not email or not email.strip():
        raise RuleBroken("We ask referees by mail: give their e-mail address.", field="email")
    every = references_of(session, application.id)
    named = [one for one in every if one.taken_back_at is None]
    if len(named) >= MOST_NAMED or len(every) >= 2 * MOST_NAMED:
        raise RuleBroken(f"You have named {MOST_NAMED} referees, which is enough.", field="referee_name")
    address = clean_email(email)
    if address == session.get_one(Candidate, application.candidate_id).email:
        raise RuleBroken("This is your own address: name somebody who has worked with you.", field="email")
    if address in {one.email for one in named}:
        raise RuleBroken("You have named somebody with this address already.", field="email")


def record_consent(session: Session, reference: Reference, *, actor: Actor) -> Reference:
    """Note that the candidate agreed to this referee being asked. Raises RuleBroken the second time."""
    _lock(session, reference, actor)
    if reference.consented_at is not None:
        raise RuleBroken("The candidate's consent is on file already.")
    reference.consented_at = clock.now()
    session.flush()
    record(session, "reference:record_consent", reference, actor=actor)
    return reference


def request_reference(session: Session, reference: Reference, *, actor: Actor) -> bool:
    """Ask the referee, again while they have not answered; whether they are written to now, which takes an
    e-mail address and happens once an hour at most.

    Raises RuleBroken without the candidate's consent.
    """
    _lock(session, reference, actor)
    _refuse_without_consent(reference)
    reference.requested_at = clock.now()
    session.flush()
    is_written_to = reference.email is not None and queue_request(session, reference)
    record(session, "reference:request", reference, actor=actor)
    return is_written_to


def take_back_referee(session: Session, reference: Reference, *, actor: Actor) -> Reference:
    """Take back a referee whom the candidate named and who has not answered: nobody asks them any more.

    Their links end, and mail that waits does not go out. Raises NotPermitted for anyone but the candidate,
    RuleBroken once the referee has answered.
    """
    if actor.kind is not ActorKind.CANDIDATE or actor.application_id != reference.application_id:
        raise NotPermitted("Only the candidate takes a referee back.")
    lock_known(session, reference.application_id)
    session.refresh(reference)
    if reference.taken_back_at is not None:
        raise RuleBroken("You took this referee back already.")
    if reference.result is not None:
        raise RuleBroken("They have answered already; write to us if something is wrong with it.")
    reference.taken_back_at = clock.now()
    session.flush()
    end_forms(session, reference.id)
    record(session, "reference:take_back", reference, actor=actor)
    return reference


def queue_request(session: Session, reference: Reference) -> bool:
    """Queue the mail with the referee's link, one an hour at most; whether it was queued."""
    now = clock.now()
    return queue_message(
        session,
        MailEvent.REFERENCE_REQUESTED,
        key=f"reference:{reference.id}:{now:%Y-%m-%dT%H}",
        application_id=reference.application_id,
        not_before=now,
        reference_id=reference.id,
    )


def record_reference_result(
    session: Session,
    reference: Reference,
    *,
    result: ReferenceResult,
    summary: str | None = None,
    has_confirmed_employment: bool | None = None,
    would_rehire: bool | None = None,
    actor: Actor,
) -> Reference:
    """Keep what came of asking a referee; one who refused or was not reached may still answer later.

    Raises RuleBroken without the candidate's consent, or for a reference already received.
    """
    lock_asked(session, reference, actor=actor)
    reference.summary = written_or_none(summary, field="summary")
    reference.result, reference.result_at = result, clock.now()
    reference.has_confirmed_employment, reference.would_rehire = has_confirmed_employment, would_rehire
    session.flush()
    record(session, "reference:record_result", reference, actor=actor, result=result.value)
    return reference


def lock_asked(session: Session, reference: Reference, *, actor: Actor) -> None:
    """Lock a reference whose referee may be asked, for what they said. Raises NotPermitted, RuleBroken."""
    _lock(session, reference, actor)
    _refuse_without_consent(reference)
    if reference.result is ReferenceResult.RECEIVED:
        raise RuleBroken("This reference was received already.")


def _lock(session: Session, reference: Reference, actor: Actor) -> None:
    application = session.get_one(Application, reference.application_id)
    require(actor, Permission.REFERENCE_RECORD, Subject(job_id=application.job_id))
    lock_in_stage(session, application.id, {Stage.REFERENCES}, "A reference")
    session.refresh(reference)


def _refuse_without_consent(reference: Reference) -> None:
    if reference.taken_back_at is not None:
        raise RuleBroken("The candidate took this referee back: they are not asked any more.")
    if reference.consented_at is None:
        raise RuleBroken("Referees are asked only with the candidate's consent; record it first.")
