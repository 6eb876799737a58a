"""The offer as its candidate reads it: the letter, accepting it by typed name, declining it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.amounts import money
from tracker.domain.notices import NoticeKind
from tracker.domain.offers import SALARY_PERIOD_LABELS, OfferStatus
from tracker.domain.rich_texts import rich_text
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.offers import Offer
from tracker.models.signatures import OfferSignature
from tracker.queries.merges import members_of
from tracker.queries.notices import notice_in_use
from tracker.queries.offers import status_of
from tracker.queries.own_page import own_offer
from tracker.services.offers import decline_offer
from tracker.services.signatures import OTHER_LETTER, NoPlaceLeft, note_missed_acceptance, sign_offer
from tracker.web.access import public
from tracker.web.forms.own_page import OwnReasonForm, SignatureForm
from tracker.web.offer_letters import Letter, letter_of, letter_response
from tracker.web.own_access import acting, for_candidate, own_application
from tracker.web.own_forms import keep_own
from tracker.web.running import database
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("own_offers", __name__, url_prefix="/my/applications/<int:application_id>/offer")


NO_OFFER = "There is no offer that waits for your answer any more."
OVER = {
    OfferStatus.ACCEPTED: "You have accepted our offer already.",
    OfferStatus.DECLINED: "You have declined our offer already.",
    OfferStatus.EXPIRED: "The time to answer our offer is over. Please write to us if you still would.",
    OfferStatus.WITHDRAWN: NO_OFFER,
    OfferStatus.VOID: NO_OFFER,
}
"""Why an offer that was sent takes no answer any more, as its candidate reads it."""


@bp.route("", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def show(candidate: Candidate, application_id: int) -> Any:
    letter = _letter_outside(candidate.id, application_id)
    application = own_application(candidate, application_id)
    offer = own_offer(db_session(), application, clock.now())
    if offer is None:
        return _back_saying(application_id, NO_OFFER)
    form = SignatureForm()
    if form.is_submitted() and _is_accepted(offer):
        return _back_saying(application_id, _over(offer), "info")
    if form.validate_on_submit():
        with rule_errors_on(form), noting_missed(offer.id, acting(candidate, application)):
            _sign(candidate, application, offer, letter, form)
            flash("You accepted our offer. We look forward to working with you.", "success")
            return redirect(url_for("own_page.show", application_id=application_id), 303)
        if _is_accepted(offer):
            # By the same form sent twice at once.
            return _back_saying(application_id, _over(offer), "info")
    return _page(candidate, application_id, letter, form), 422 if form.is_submitted() else 200


@bp.get("/letter.pdf")
@public()
@for_candidate
def letter(candidate: Candidate, application_id: int) -> Response:
    _, offer = _load(candidate, application_id)
    return letter_response(letter_of(offer).content, offer)


@bp.route("/decline", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def decline(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    offer = own_offer(db_session(), application, clock.now())
    if offer is None or (over := _over(offer)):
        return _back_saying(application_id, over if offer else NO_OFFER)
    form = OwnReasonForm()
    answer = keep_own(
        form,
        lambda: decline_offer(
            db_session(), offer, reason=form.reason.data or "", actor=acting(candidate, application)
        ),
        application=application,
        title="Decline the offer",
        said="We have your answer. Thank you for telling us why.",
        back=url_for("own_page.show", application_id=application_id),
        label="Decline the offer",
        kind="danger",
    )
    # Of two that were sent at once, the later finds the offer answered.
    over = _over(offer) if form.errors else ""
    return _back_saying(application_id, over) if over else answer


@contextmanager
def noting_missed(offer_id: int, actor: Actor) -> Iterator[None]:
    """Keep that no opening was left, in a transaction of its own, once this one is given up."""
    try:
        yield
    except NoPlaceLeft:
        db_session().rollback()
        with database().writing() as session:
            note_missed_acceptance(session, offer_id, actor=actor)
        raise


def _over(offer: Offer) -> str:
    """Why an offer takes no answer any more; empty while it does."""
    return OVER.get(status_of(offer, clock.now()), "")


def _is_accepted(offer: Offer) -> bool:
    return status_of(offer, clock.now()) is OfferStatus.ACCEPTED


def _back_saying(application_id: int, sentence: str, category: str = "error") -> Any:
    flash(sentence, category)
    return redirect(url_for("own_page.show", application_id=application_id), 303)


def _letter_outside(candidate_id: int, application_id: int) -> Letter | None:
    """The letter as it stands, made before anything is locked: on SQLite all who write would wait for it."""
    # Nothing is written yet; what follows begins anew.
    db_session().rollback()
    with database().reading() as session:
        application = session.get(Application, application_id)
        if application is None or application.candidate_id not in members_of(session, candidate_id):
            return None
        offer = own_offer(session, application, clock.now())
        return letter_of(offer) if offer is not None else None


def _sign(
    candidate: Candidate,
    application: Application,
    offer: Offer,
    letter: Letter | None,
    form: SignatureForm,
) -> None:
    if letter is None or not letter.is_of(offer):
        raise RuleBroken(OTHER_LETTER)
    sign_offer(
        db_session(),
        offer,
        typed_name=form.typed_name.data or "",
        document=letter.content,
        seen_sha256=form.sha256.data or "",
        seen_notice=form.notice.data or "",
        seen_version=form.seen(),
        address=request.remote_addr,
        agent=request.user_agent.string,
        actor=acting(candidate, application),
    )


def _page(candidate: Candidate, application_id: int, letter: Letter | None, form: SignatureForm) -> str:
    # Read anew: what a broken rule began was rolled back.
    application, offer = _load(candidate, application_id)
    if letter is None or not letter.is_of(offer):
        letter = _letter_outside(candidate.id, application_id) or abort(404)
        application, offer = _load(candidate, application_id)
    notice, digest = notice_in_use(db_session(), NoticeKind.OFFER), letter.sha256
    form.sha256.data, form.notice.data, form.version.data = digest, notice.version, str(application.version)
    return render_template(
        "own_page/offer.html",
        application=application,
        offer=offer,
        status=status_of(offer, clock.now()),
        salary=f"{money(offer.salary_cents, offer.currency)} {SALARY_PERIOD_LABELS[offer.period]}",
        form=form,
        digest=digest,
        notice=rich_text(notice.text),
        signature=db_session().get(OfferSignature, offer.id),
        OfferStatus=OfferStatus,
    )


def _load(candidate: Candidate, application_id: int) -> tuple[Application, Offer]:
    application = own_application(candidate, application_id)
    offer = own_offer(db_session(), application, clock.now())
    return (application, offer) if offer is not None else abort(404)
