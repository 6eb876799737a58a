"""Offers of one application: the terms, approval by another person, sending, and the answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select

from tracker import clock
from tracker.domain.amounts import money
from tracker.domain.offer_approvals import APPROVER_LABELS
from tracker.domain.offers import (
    OFFER_STATUS_BADGES,
    OFFER_STATUS_LABELS,
    OPEN_STATUSES,
    SALARY_PERIOD_LABELS,
    OfferStatus,
)
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import Stage
from tracker.models.offers import Offer
from tracker.models.signatures import OfferSignature
from tracker.models.users import User
from tracker.queries.offer_templates import templates_for, terms_of
from tracker.queries.offers import approval_subject, missed_acceptances, offers_of, status_of, steps_of
from tracker.services import offers
from tracker.services.audit import record
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.offers import AcceptanceForm, OfferForm
from tracker.web.forms.records import ReasonForm, StepForm
from tracker.web.offer_letters import letter_outside, letter_to_send
from tracker.web.records import keep, load_application, stands_in
from tracker.web.transaction import db_session

bp = Blueprint("offers", __name__, url_prefix="/applications/<int:application_id>/offers")


@bp.get("")
@requires(Permission.OFFER_READ, writes=True)
def index(application_id: int) -> str:
    application = load_application(application_id, Permission.OFFER_READ)
    session, actor, now = db_session(), current_actor(), clock.now()
    found = offers_of(session, application.id)
    for offer in found:
        record(session, "offer:read", offer, actor=actor)
    statuses = {offer.id: status_of(offer, now) for offer in found}
    subject = Subject(job_id=application.job_id)
    steps = {offer.id: steps_of(session, offer) for offer in found}
    people = {one for offer in found for one in (offer.drafted_by_id, offer.approved_by_id)}
    people |= {step.approved_by_id for rows in steps.values() for step in rows}
    is_here = stands_in(application, Stage.OFFER)
    is_open = any(status in OPEN_STATUSES for status in statuses.values())
    return render_template(
        "offers/index.html",
        application=application,
        is_here=is_here,
        may_draft=is_here and not is_open and can(actor, Permission.OFFER_DRAFT, subject),
        may_record=is_here and can(actor, Permission.OFFER_RECORD, subject),
        offers=[(o, statuses[o.id], _may_approve(o)) for o in reversed(found)],
        steps=steps,
        APPROVER_LABELS=APPROVER_LABELS,
        names=_names(people),
        signatures={o.id: s for o in found if (s := session.get(OfferSignature, o.id)) is not None},
        may_edit_job=can(actor, Permission.JOB_EDIT, subject),
        money=money,
        missed=missed_acceptances(session, [one.id for one in found]),
        OfferStatus=OfferStatus,
        OPEN_STATUSES=OPEN_STATUSES,
        OFFER_STATUS_LABELS=OFFER_STATUS_LABELS,
        OFFER_STATUS_BADGES=OFFER_STATUS_BADGES,
        SALARY_PERIOD_LABELS=SALARY_PERIOD_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.OFFER_DRAFT, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.OFFER_READ, Permission.OFFER_DRAFT)
    form = OfferForm()
    templates = templates_for(db_session(), application.job)
    chosen = request.args.get("template", 0, type=int)
    if not form.is_submitted() and (picked := next((t for t in templates if t.id == chosen), None)):
        form.begin_with(terms_of(picked), clock.now().astimezone(reader_zone()).date())

    def deed() -> object:
        terms = form.terms(reader_zone())
        return offers.draft_offer(db_session(), application, **terms, actor=current_actor())

    said = "The offer is drafted. Somebody else approves it."
    here = partial(url_for, ".new", application_id=application_id)
    return keep(
        application,
        form,
        deed,
        title="New offer",
        said=said,
        back=_back(application_id),
        beginnings=[(one.name, here(template=one.id)) for one in templates if one.id != chosen],
    )


@bp.route("/<int:offer_id>/approve", methods=["GET", "POST"])
@requires(Permission.OFFER_APPROVE, writes=True)
def approve(application_id: int, offer_id: int) -> Any:
    application = load_application(application_id, Permission.OFFER_READ)
    offer = _load(application_id, offer_id)
    allow(Permission.OFFER_APPROVE, approval_subject(db_session(), offer))
    return keep(
        application,
        StepForm(),
        lambda: offers.approve_offer(db_session(), offer, actor=current_actor()),
        title="Approve the offer",
        said="Your approval is kept.",
        back=_back(application_id),
        label="Approve",
        advice="Once approved, its terms stay as they are.",
    )


@bp.route("/<int:offer_id>/send", methods=["GET", "POST"])
@requires(Permission.OFFER_RECORD, writes=True)
def send(application_id: int, offer_id: int) -> Any:
    application = load_application(application_id, Permission.OFFER_READ, Permission.OFFER_RECORD)
    offer = _load(application_id, offer_id)
    letter = letter_outside(offer.id) if request.method == "POST" else None

    def deed() -> object:
        content = letter_to_send(offer, letter)
        return offers.send_offer(db_session(), offer, letter=content, actor=current_actor())

    return keep(
        application,
        StepForm(),
        deed,
        title="Send the offer",
        said="The offer is sent: the candidate is written to.",
        back=_back(application_id),
    )


@bp.route("/<int:offer_id>/accept", methods=["GET", "POST"])
@requires(Permission.OFFER_RECORD, writes=True)
def accept(application_id: int, offer_id: int) -> Any:
    application = load_application(application_id, Permission.OFFER_READ, Permission.OFFER_RECORD)
    offer = _load(application_id, offer_id)
    form = AcceptanceForm()

    def deed() -> object:
        seen = int(form.version.data)
        return offers.accept_offer(db_session(), offer, actor=current_actor(), seen_version=seen)

    return keep(
        application,
        form,
        deed,
        title="The candidate accepts",
        said="The offer is accepted. Onboarding begins.",
        back=url_for("applications.show", application_id=application_id),
        label="Record acceptance",
        advice="This moves the application to Onboarding and lays out its checklist.",
    )


@bp.route("/<int:offer_id>/decline", methods=["GET", "POST"])
@requires(Permission.OFFER_RECORD, writes=True)
def decline(application_id: int, offer_id: int) -> Any:
    title, said = "The candidate declines", "It is on record that the candidate declined."
    return _end(application_id, offer_id, offers.decline_offer, title=title, said=said)


@bp.route("/<int:offer_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.OFFER_RECORD, writes=True)
def withdraw(application_id: int, offer_id: int) -> Any:
    title, said = "Withdraw the offer", "The offer is withdrawn."
    return _end(application_id, offer_id, offers.withdraw_offer, title=title, said=said)


def _end(application_id: int, offer_id: int, deed: Callable[..., object], *, title: str, said: str) -> Any:
    application = load_application(application_id, Permission.OFFER_READ, Permission.OFFER_RECORD)
    offer = _load(application_id, offer_id)
    form = ReasonForm()
    return keep(
        application,
        form,
        lambda: deed(db_session(), offer, reason=form.reason.data, actor=current_actor()),
        title=title,
        said=said,
        back=_back(application_id),
    )


def _load(application_id: int, offer_id: int) -> Offer:
    rows = select(Offer).where(Offer.id == offer_id, Offer.application_id == application_id)
    return load_or_404(db_session(), rows)


def _back(application_id: int) -> str:
    return url_for("offers.index", application_id=application_id)


def _may_approve(offer: Offer) -> bool:
    return can(current_actor(), Permission.OFFER_APPROVE, approval_subject(db_session(), offer))


def _names(ids: set[int | None]) -> dict[int, str]:
    return {
        user.id: user.name for user in db_session().scalars(select(User).where(User.id.in_(ids - {None})))
    }
