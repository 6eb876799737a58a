"""What a referee reads and writes: the mailed link, the form, and the thanks."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.references import Reference
from tracker.services.referee_access import (
    NO_LINK,
    SESSION_LASTS,
    find_reference,
    has_answered,
    is_good_link,
    open_form,
    reference_behind,
)
from tracker.services.referees import answer_as_referee, ask_again, asked_rows, refuse_as_referee
from tracker.web.access import public
from tracker.web.errors import show_error
from tracker.web.forms.own_page import StepForm
from tracker.web.forms.referees import RefereeForm, referee_form
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("referees", __name__, url_prefix="/reference")

COOKIE = "tracker_referee"
PLACE = "/reference"
LONGEST_TOKEN = 100


@bp.get("/link/<token>")
@public()
def link(token: str) -> Any:
    """A button and nothing else: whoever only looks, such as a scanner of mail, uses nothing up."""
    is_good = len(token) <= LONGEST_TOKEN and is_good_link(db_session(), token)
    return _link_page(token, "" if is_good else NO_LINK), 200 if is_good else 404


@bp.post("/link/<token>")
@public(writes=True)
def use(token: str) -> Any:
    try:
        opened = open_form(db_session(), token[:LONGEST_TOKEN])
    except RuleBroken as broken:
        return _link_page(token, broken.message), 404
    response = make_response(redirect(url_for(".form"), 303))
    response.set_cookie(
        COOKIE,
        opened,
        max_age=int(SESSION_LASTS.total_seconds()),
        path=PLACE,
        secure=config().is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@bp.post("/link/<token>/again")
@public(writes=True)
def again(token: str) -> Response:
    """A new link goes to the referee's own address, and to no other."""
    reference = reference_behind(db_session(), token[:LONGEST_TOKEN])
    if reference is not None:
        ask_again(db_session(), reference)
    return redirect(url_for(".asked"), 303)  # type: ignore[return-value]


@bp.get("/asked")
@public()
def asked() -> str:
    return render_template("referees/asked.html")


@bp.route("", methods=["GET", "POST"])
@public(writes=True)
def form() -> Any:
    reference = _here()
    filled = referee_form(asked_rows(db_session(), reference))
    if filled.validate_on_submit():
        with rule_errors_on(filled):
            answer_as_referee(db_session(), _token(), filled.answers(), address=request.remote_addr)
            return _leave()
    return _page(filled), 422 if filled.is_submitted() else 200


@bp.post("/refuse")
@public(writes=True)
def refuse() -> Any:
    _here()
    try:
        refuse_as_referee(db_session(), _token())
    except RuleBroken as broken:
        db_session().rollback()
        _here()
        return show_error(422, broken.message)
    return _leave()


@bp.get("/thanks")
@public()
def thanks() -> str:
    return render_template("referees/thanks.html")


def _token() -> str:
    return request.cookies.get(COOKIE, "")


def _here() -> Reference:
    """The reference that is asked for; whoever sends their form a second time is thanked again."""
    reference = find_reference(db_session(), _token()) if _token() else None
    if reference is None and _token() and has_answered(db_session(), _token()):
        abort(_leave())
    return reference if reference is not None else abort(404)


def _leave() -> Any:
    # The cookie stays: it opens nothing any more, and tells a form that comes twice from one that is late.
    return redirect(url_for(".thanks"), 303)


def _page(filled: RefereeForm) -> str:
    # Read anew: what a broken rule began was rolled back.
    reference = _here()
    application = db_session().get_one(Application, reference.application_id)
    return render_template(
        "referees/form.html",
        form=filled,
        rows=filled.rows,
        candidate=application.candidate.name or "",
        job=application.job.title,
        referee=reference.referee_name or "",
    )


def _link_page(token: str, sentence: str) -> str:
    may_ask = bool(sentence) and reference_behind(db_session(), token[:LONGEST_TOKEN]) is not None
    return render_template(
        "referees/link.html", token=token, sentence=sentence, may_ask=may_ask, form=StepForm()
    )
