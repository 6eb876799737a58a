"""Signing an offer: the candidate accepts the very letter they read, by their typed name.

Design: pipeline, "advance offer": recording an acceptance is the move, in one transaction.
"""

import hashlib

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import IllegalMove, RequirementsUnmet
from tracker.domain.notices import NoticeKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.signing import checked_signature
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.models.signatures import MissedAcceptance, OfferSignature
from tracker.queries.merges import person_of
from tracker.queries.notices import notice_in_use
from tracker.services.audit import record
from tracker.services.notices import keep_consent
from tracker.services.offers import accept_offer

OTHER_LETTER = "The letter is not the one you opened. Please read it again before you sign."
NO_PLACE = "All places for this job are taken meanwhile, so your answer was not kept. We will write to you."
NOT_NOW = "This offer cannot be accepted at the moment. We will write to you."


class NoPlaceLeft(RuleBroken):
    """Somebody else took the last opening of the job."""

    def __init__(self) -> None:
        super().__init__(NO_PLACE)


def sign_offer(
    session: Session,
    offer: Offer,
    *,
    typed_name: str,
    document: bytes,
    seen_sha256: str,
    seen_notice: str,
    seen_version: int,
    address: str | None,
    agent: str | None,
    actor: Actor,
) -> Move:
    """Accept an offer by a typed name: the move into onboarding, and the signature with the signed letter.

    The name is the candidate's, however they write it. `document` is the letter as PDF, `seen_sha256` the
    hash of the one that the candidate was shown, `seen_version` the version of the application.
    Raises RuleBroken at `typed_name`, for another letter or notice, and for all that accepting
    refuses: an expired offer, an opening taken meanwhile.
    """
    application = session.get_one(Application, offer.application_id)
    name = checked_signature(typed_name, person_of(session, application).name)
    digest = hashlib.sha256(document).hexdigest()
    if digest != seen_sha256:
        raise RuleBroken(OTHER_LETTER)
    move = _accept(session, offer, actor=actor, seen_version=seen_version)
    consent = keep_consent(
        session,
        NoticeKind.OFFER,
        candidate_id=application.candidate_id,
        application_id=application.id,
        seen_version=seen_notice,
        is_given=True,
        typed_name=name,
        address=address,
        actor=actor,
    )
    signature = OfferSignature(
        offer_id=offer.id,
        typed_name=name,
        document=document,
        document_sha256=digest,
        consent_version=consent.version,
        consent_text=notice_in_use(session, NoticeKind.OFFER).text,
        address=consent.address,
        agent=(agent or "")[:300] or None,
        signed_at=clock.now(),
    )
    session.add(signature)
    session.flush()
    record(session, "offer:sign", offer, actor=actor, sha256=digest)
    return move


def _accept(session: Session, offer: Offer, *, actor: Actor, seen_version: int) -> Move:
    """Accept the offer; what the house lacks for it is said without the words of the house."""
    try:
        return accept_offer(session, offer, actor=actor, seen_version=seen_version)
    except RequirementsUnmet as refused:
        is_full = any(one.requirement is Requirement.OPENING_FREE for one in refused.unmet)
        raise (NoPlaceLeft() if is_full else RuleBroken(NOT_NOW)) from refused
    except IllegalMove as refused:
        raise RuleBroken(NOT_NOW) from refused


def note_missed_acceptance(session: Session, offer_id: int, *, actor: Actor) -> None:
    """Keep that somebody signed when no opening was left, for their recruiter to act; the last time counts.

    For a transaction of its own: the one of the signature is rolled back.
    """
    missed = session.get(MissedAcceptance, offer_id)
    if missed is None:
        session.add(MissedAcceptance(offer_id=offer_id, at=clock.now()))
    else:
        missed.at = clock.now()
    session.flush()
    record(session, "offer:miss", session.get_one(Offer, offer_id), actor=actor)
