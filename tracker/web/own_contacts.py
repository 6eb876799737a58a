"""How a candidate is called and reached: correcting it, and confirming another e-mail address."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.fingerprints import fingerprint
from tracker.domain.rules import RuleBroken
from tracker.models.candidates import Candidate
from tracker.queries.candidate_access import find_address_change
from tracker.services.own_contacts import (
    NO_CHANGE,
    ask_address_change,
    confirm_address,
    contacts_of,
    correct_contacts,
)
from tracker.services.rate_limits import count_asked
from tracker.services.sign_ins import hash_token
from tracker.web.access import public
from tracker.web.forms.own_page import AddressForm, ContactsForm, StepForm
from tracker.web.own_access import COOKIE, for_candidate, take_cookie
from tracker.web.running import database
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("own_contacts", __name__, url_prefix="/my")

MOST_CHANGES = 4  # of an address, in a quarter of an hour
LONGEST_TOKEN = 100
SENT = "We have written to your new address. It counts from when you use the link in that mail."


@bp.route("/data/contact", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def edit(candidate: Candidate) -> Any:
    form = ContactsForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            seen = form.seen.data or ""
            changed = correct_contacts(db_session(), candidate, form.contacts(), seen=seen)
            flash("Corrected. Thank you." if changed else "Nothing was changed.", "success")
            return redirect(url_for("own_data.show"), 303)
    kept = contacts_of(db_session(), db_session().get_one(Candidate, candidate.id))
    if not form.is_submitted():
        form.fill(kept)
    form.seen.data = fingerprint(kept)
    return render_template("own_page/contacts.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/data/address", methods=["GET", "POST"])
@public(writes=True)
def change_address() -> Any:
    # Counted before anything else: its own short transaction cannot wait for this request's.
    return _change_address(wait=_count() if request.method == "POST" else 0)


@for_candidate
def _change_address(candidate: Candidate, *, wait: int) -> Any:
    form = AddressForm()
    if form.validate_on_submit():
        if wait:
            form.form_errors.append("You asked often. Wait a quarter of an hour, then ask again.")
            return _address_page(candidate, form), 429, {"Retry-After": str(wait)}
        with rule_errors_on(form):
            ask_address_change(db_session(), candidate, form.email.data or "")
            flash(SENT, "success")
            return redirect(url_for("own_data.show"), 303)
    return _address_page(candidate, form), 422 if form.is_submitted() else 200


@bp.get("/address/<token>")
@public()
def show(token: str) -> Any:
    """A button and nothing else: whoever only looks, such as a scanner of mail, uses nothing up."""
    is_good = len(token) <= LONGEST_TOKEN and find_address_change(
        db_session(), hash_token(token), clock.now()
    )
    return _link_page(token, "" if is_good else NO_CHANGE), 200 if is_good else 404


@bp.post("/address/<token>")
@public(writes=True)
def confirm(token: str) -> Any:
    try:
        confirm_address(db_session(), token[:LONGEST_TOKEN])
    except RuleBroken as broken:
        return _link_page(token, broken.message), 404
    return take_cookie(make_response(redirect(url_for(".confirmed"), 303)))


@bp.get("/address-confirmed")
@public()
def confirmed() -> str:
    return render_template("own_page/address_confirmed.html")


def _count() -> int:
    key = f"address:session:{hash_token(request.cookies.get(COOKIE, ''))[:32]}"
    with database().writing() as counting:
        return count_asked(counting, [(key, MOST_CHANGES)])


def _address_page(candidate: Candidate, form: AddressForm) -> str:
    kept = db_session().get_one(Candidate, candidate.id)
    return render_template("own_page/address.html", form=form, email=kept.email)


def _link_page(token: str, sentence: str) -> str:
    return render_template("own_page/address_link.html", token=token, form=StepForm(), sentence=sentence)
