"""The letter of an offer as PDF: made of its approved terms until it is sent; then the bytes that were."""

import hashlib
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort
from sqlalchemy import select
from sqlalchemy.orm import object_session

from tracker.config import data_folder
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.exports.documents import offer_letter
from tracker.exports.pdf import pdf_of
from tracker.models.offer_letters import OfferLetter
from tracker.models.offers import Offer
from tracker.models.signatures import OfferSignature
from tracker.services.audit import record
from tracker.services.offer_letters import letter_words
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.records import load_application
from tracker.web.running import config, database
from tracker.web.transaction import db_session

bp = Blueprint("offer_letters", __name__)


@bp.get("/applications/<int:application_id>/offers/<int:offer_id>/letter.pdf")
@requires(Permission.OFFER_READ)
def show(application_id: int, offer_id: int) -> Response:
    """The letter for those who may read offers; that they read it is on record."""
    application = load_application(application_id, Permission.OFFER_READ)
    rows = select(Offer).where(Offer.id == offer_id, Offer.application_id == application.id)
    offer = load_or_404(db_session(), rows)
    if offer.approved_at is None:
        abort(404)
    # Made first: nobody who writes waits for it. On record before a byte of it leaves.
    content = letter_of(offer).content
    if not content:
        # Taken out when the person was erased.
        abort(404)
    with database().writing() as session:
        record(session, "offer:read", session.get_one(Offer, offer_id), actor=current_actor())
    return letter_response(content, offer)


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of an offer as PDF, and what it was made of; nothing more of that once it is sent."""

    content: bytes
    words: dict[str, Any] | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def is_of(self, offer: Offer) -> bool:
        """Whether the offer's letter is still this one; without making it again."""
        return self.words == (None if _signed(offer) or _sent(offer) else _words(offer))


def letter_of(offer: Offer) -> Letter:
    """The letter that was signed, else the one that was sent, else the one that its approved terms make."""
    kept = _signed(offer) or _sent(offer)
    if kept is not None:
        return Letter(kept.document, None)
    words, made_at = _words(offer), offer.approved_at or offer.created_at
    written = pdf_of(data_folder("templates") / "pdf", "offer.typ", words, made_at=made_at)
    return Letter(written.content, words)


def letter_outside(offer_id: int) -> Letter | None:
    """The letter of an approved offer, made before anything is locked; none where there is no such offer.

    On SQLite all who write would wait for it. Whatever the request began is begun anew after it.
    """
    db_session().rollback()
    with database().reading() as session:
        offer = session.get(Offer, offer_id)
        return letter_of(offer) if offer is not None and offer.approved_at is not None else None


def letter_to_send(offer: Offer, letter: Letter | None) -> bytes:
    """The bytes to send. Raises RuleBroken if the offer is no longer the one they were made of."""
    if letter is None:
        raise RuleBroken("This offer cannot be sent: it is waiting for approval.")
    if not letter.is_of(offer):
        raise RuleBroken("The offer changed while its letter was made. Please send it again.")
    return letter.content


def letter_response(letter: bytes, offer: Offer) -> Response:
    """The letter for a browser to show, kept in no cache."""
    response = Response(letter, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="offer-{offer.id}.pdf"'
    return response


def _signed(offer: Offer) -> OfferSignature | None:
    session = object_session(offer)
    return session.get(OfferSignature, offer.id) if session is not None else None


def _sent(offer: Offer) -> OfferLetter | None:
    session = object_session(offer)
    return session.get(OfferLetter, offer.id) if session is not None else None


def _words(offer: Offer) -> dict[str, Any]:
    zone = ZoneInfo(config().time_zone)
    return offer_letter(**letter_words(offer, organisation=config().organisation, zone=zone))
