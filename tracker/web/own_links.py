"""Coming to one's own page: the mailed link, a new link by mail, and leaving."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.rules import RuleBroken
from tracker.queries.candidate_access import find_open_link
from tracker.services.candidate_access import NO_LINK, open_session, request_link
from tracker.services.candidate_sessions import end_session
from tracker.services.rate_limits import count_asked
from tracker.services.sign_ins import hash_token
from tracker.web.access import public
from tracker.web.forms.own_page import LinkForm, StepForm
from tracker.web.own_access import COOKIE, give_cookie, take_cookie
from tracker.web.running import database
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("own_access", __name__)

MOST_OF_ADDRESS, MOST_FOR_EMAIL = 30, 4
LONGEST_TOKEN = 100


@bp.get("/my/link/<token>")
@public()
def show(token: str) -> Any:
    """A button and nothing else: whoever only looks, such as a scanner of mail, uses nothing up."""
    is_good = len(token) <= LONGEST_TOKEN and find_open_link(db_session(), hash_token(token), clock.now())
    page = render_template(
        "own_page/link.html", token=token, form=StepForm(), sentence="" if is_good else NO_LINK
    )
    return page, 200 if is_good else 404


@bp.post("/my/link/<token>")
@public(writes=True)
def use(token: str) -> Any:
    try:
        opened = open_session(db_session(), token[:LONGEST_TOKEN], address=request.remote_addr)
    except RuleBroken as broken:
        page = render_template("own_page/link.html", token=token, form=StepForm(), sentence=broken.message)
        return page, 404
    return give_cookie(make_response(redirect(url_for("own_page.index"), 303)), opened)


@bp.route("/my/link", methods=["GET", "POST"])
@public(writes=True)
def ask() -> Any:
    form = LinkForm()
    if form.validate_on_submit():
        wait = _count(form.email.data)
        if wait:
            form.form_errors.append("You asked often. Wait a quarter of an hour, then ask again.")
            return render_template("own_page/ask.html", form=form), 429, {"Retry-After": str(wait)}
        with rule_errors_on(form):
            request_link(db_session(), form.email.data)
            return redirect(url_for(".asked"), 303)
    return render_template("own_page/ask.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/my/link-asked")
@public()
def asked() -> str:
    return render_template("own_page/asked.html")


@bp.post("/my/leave")
@public(writes=True)
def leave() -> Response:
    token = request.cookies.get(COOKIE, "")
    if token:
        end_session(db_session(), token)
    return take_cookie(make_response(redirect(url_for("careers.index"), 303)))


def _count(email: str) -> int:
    keys = (
        (f"link:address:{request.remote_addr or ''}", MOST_OF_ADDRESS),
        (f"link:email:{hash_token(email.strip().lower())[:32]}", MOST_FOR_EMAIL),
    )
    with database().writing() as counting:
        return count_asked(counting, keys)
