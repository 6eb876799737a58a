"""Signing an offer: the candidate accepts the very letter they read, by their typed name.

Design: pipeline, "advance offer": recording an acceptance is the move, in one transaction.
"""

import hashlib

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import IllegalMove, RequirementsUnmet
from tracker.domain.names import clean_line
from tracker.domain.notices import NoticeKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.models.signatures import OfferSignature
from tracker.queries.notices import notice_in_use
from tracker.services.audit import record
from tracker.services.notices import keep_consent
from tracker.services.offers import accept_offer

OTHER_LETTER = "The letter is not the one you opened. Please read it again before you sign."
NO_PLACE = "All places for this job are taken meanwhile, so your answer was not kept. We will write to you."
NOT_NOW = "This offer cannot be accepted at the moment. We will write to you."


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

    `document` is the letter as PDF, `seen_sha256` the hash of the one that the candidate was shown,
    `seen_version` the version of the application. Raises RuleBroken at `typed_name`, for another letter or
    notice, and for all that accepting refuses: an expired offer, an opening taken meanwhile.
    """
    name = clean_line(typed_name, "Your name", "typed_name", longest=200, needed=True)
    digest = hashlib.sha256(document).hexdigest()
    if digest != seen_sha256:
        raise RuleBroken(OTHER_LETTER)
    application = session.get_one(Application, offer.application_id)
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
        raise RuleBroken(NO_PLACE if is_full else NOT_NOW) from refused
    except IllegalMove as refused:
        raise RuleBroken(NOT_NOW) from refused
