"""The letter of an offer as PDF: the same bytes each time, until it is signed; then the bytes that were."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort
from sqlalchemy import select
from sqlalchemy.orm import object_session

from tracker.config import data_folder
from tracker.domain.offers import SALARY_PERIOD_LABELS
from tracker.domain.permissions import Permission
from tracker.domain.postings import money
from tracker.exports.documents import offer_letter
from tracker.exports.pdf import pdf_of
from tracker.models.applications import Application
from tracker.models.offers import Offer
from tracker.models.signatures import OfferSignature
from tracker.services.audit import record
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.records import load_application
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("offer_letters", __name__)


@bp.get("/applications/<int:application_id>/offers/<int:offer_id>/letter.pdf")
@requires(Permission.OFFER_READ, writes=True)
def show(application_id: int, offer_id: int) -> Response:
    """The letter for those who may read offers; that they read it is on record."""
    application = load_application(application_id, Permission.OFFER_READ)
    rows = select(Offer).where(Offer.id == offer_id, Offer.application_id == application.id)
    offer = load_or_404(db_session(), rows)
    if offer.approved_at is None:
        abort(404)
    record(db_session(), "offer:read", offer, actor=current_actor())
    return letter_response(letter_of(offer).content, offer)


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of an offer as PDF, and what it was made of; nothing more of that once it is signed."""

    content: bytes
    words: dict[str, Any] | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def is_of(self, offer: Offer) -> bool:
        """Whether the offer's letter is still this one; without making it again."""
        return self.words == (None if _signed(offer) else _words(offer))


def letter_of(offer: Offer) -> Letter:
    """The letter that was signed, else the one that its approved terms make."""
    signed = _signed(offer)
    if signed is not None:
        return Letter(signed.document, None)
    words, made_at = _words(offer), offer.approved_at or offer.created_at
    written = pdf_of(data_folder("templates") / "pdf", "offer.typ", words, made_at=made_at)
    return Letter(written.content, words)


def letter_response(letter: bytes, offer: Offer) -> Response:
    """The letter for a browser to show, kept in no cache."""
    response = Response(letter, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="offer-{offer.id}.pdf"'
    return response


def _signed(offer: Offer) -> OfferSignature | None:
    session = object_session(offer)
    return session.get(OfferSignature, offer.id) if session is not None else None


def _words(offer: Offer) -> dict[str, Any]:
    application: Application = offer.application
    title, organisation = application.job.title, config().organisation
    approved_at = offer.approved_at or offer.created_at
    salary = f"{money(offer.salary_cents, offer.currency)} {SALARY_PERIOD_LABELS[offer.period]}"
    facts = [
        ("Job", title),
        *([("Department", application.job.department)] if application.job.department else []),
        *([("Place", application.job.location)] if application.job.location else []),
        ("Salary", salary),
        ("First day of work", _day(offer.starts_on)),
        ("Answer until", _instant(offer.expires_at)),
    ]
    return offer_letter(
        f"Our offer: {title}",
        facts,
        organisation=organisation,
        to=application.candidate.name or "",
        dated=_day(approved_at.astimezone(_zone()).date()),
        opening=f"We are happy to offer you a place with us as {title}. These are the terms:",
        parts=[("Benefits", offer.benefits or ""), ("Conditions", offer.conditions or "")],
        answer="Accept or decline this offer on your own page, by the link that we mailed to you, until "
        f"{_instant(offer.expires_at)}. You accept it by typing your name.",
    )


def _zone() -> ZoneInfo:
    """Of the organisation, whoever reads: the letter is the same for all."""
    return ZoneInfo(config().time_zone)


def _day(on: object) -> str:
    return f"{on.day} {on:%B %Y}"  # type: ignore[attr-defined]


def _instant(at: datetime) -> str:
    local = at.astimezone(_zone())
    return f"{local.day} {local:%B %Y, %H:%M %Z}"
