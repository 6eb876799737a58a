"""Signing in and out."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.models.users import User
from tracker.queries.users import actor_of, find_user
from tracker.services import sign_ins
from tracker.services.second_steps import is_asked, takes_code
from tracker.web.access import Person, public, same_origin_path, signed_in
from tracker.web.forms.users import CodeForm, SignInForm
from tracker.web.protection import asked_host, is_loopback
from tracker.web.running import config, database
from tracker.web.second_steps import WRONG_CODE, refuse_code
from tracker.web.transaction import db_session

bp = Blueprint("sign_ins", __name__)

PERSONAS = {
    "rita@example.org": "Rita, recruiter",
    "hank@example.org": "Hank, hiring manager",
    "ines@example.org": "Ines, interviewer",
    "olga@example.org": "Olga, HR",
}
PENDING = "second_step"
"""Whose password was right and whose code is still to come, in the signed cookie."""
PENDING_SECONDS = 300
WRONG = "E-mail and password do not belong together."


@bp.get("/sign-in")
@public()
def new() -> Any:
    if current_user.is_authenticated:
        return redirect(same_origin_path(request.args.get("next")) or url_for("home.index"))
    return _page(SignInForm(formdata=None, next=request.args.get("next", "")))


@bp.post("/sign-in")
@public(writes=True)
def create() -> Any:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    address = request.remote_addr or ""
    with database().writing() as counting:
        wait = sign_ins.count_try(counting, form.email.data, address)
    if wait:
        form.form_errors.append("Too many tries. Wait a quarter of an hour, then sign in again.")
        return _page(form), 429, {"Retry-After": str(wait)}
    # Hashing is slow on purpose and holds no lock: only the session that follows is written.
    with database().reading() as reading:
        found = sign_ins.find_by_password(reading, form.email.data, form.password.data)
    user = db_session().get(User, found.id) if found else None
    if user is None or not user.is_active:
        form.form_errors.append(WRONG)
        return _page(form), 422
    if is_asked(db_session(), user):
        until = int(clock.now().timestamp()) + PENDING_SECONDS
        session[PENDING] = {"user": user.id, "until": until, "next": form.next.data or ""}
        return redirect(url_for(".code"), 303)
    sign_ins.forgive_tries(db_session(), user.email, address)
    return _begin(user, form.next.data)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public(writes=True)
def code() -> Any:
    """The second step, within five minutes of the password."""
    pending = session.get(PENDING) or {}
    if pending.get("until", 0) < clock.now().timestamp():
        session.pop(PENDING, None)
        return redirect(url_for(".new"))
    form = CodeForm()
    if not form.is_submitted():
        return render_template("sign_ins/code.html", form=form)
    if refused := refuse_code(form, pending["user"]):
        return render_template("sign_ins/code.html", form=form), *refused
    user = db_session().get(User, pending["user"])
    if user is None or not user.is_active:
        abort(404)
    if not takes_code(db_session(), user, form.code.data or "", actor=actor_of(db_session(), user)):
        form.code.errors = [WRONG_CODE]
        return render_template("sign_ins/code.html", form=form), 422
    sign_ins.forgive_tries(db_session(), user.email, request.remote_addr or "")
    return _begin(user, pending["next"])


@bp.post("/sign-in/demo")
@public(writes=True)
def demo() -> Any:
    email = request.form.get("email", "")
    if not _offers_personas() or email not in PERSONAS:
        abort(404)
    user = find_user(db_session(), email)
    if user is None or not user.is_active:
        abort(404)
    return _begin(user, request.form.get("next"))


@bp.post("/sign-out")
@signed_in(writes=True)
def end() -> Response:
    sign_ins.sign_out(db_session(), current_user.token, actor=current_user.actor)
    logout_user()
    session.clear()
    return redirect(url_for(".new"))


def begin_session(user: User) -> None:
    """A new session and a new cookie; what the browser held before is worth nothing."""
    actor = actor_of(db_session(), user)
    token = sign_ins.sign_in(
        db_session(), user, actor=actor, address=request.remote_addr, agent=request.user_agent.string
    )
    session.clear()
    session.permanent = True
    login_user(Person(token, actor, user.email, user.theme, user.time_zone))


def _begin(user: User, came_for: str | None) -> Response:
    begin_session(user)
    return redirect(same_origin_path(came_for) or url_for("home.index"), 303)


def _offers_personas() -> bool:
    # Behind a proxy everyone comes from this machine, so a forwarded request does not count.
    is_forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    is_here = is_loopback(request.remote_addr) and is_loopback(asked_host())
    return config().is_demo and is_here and not is_forwarded


def _page(form: SignInForm) -> str:
    personas = []
    if _offers_personas():
        with database().reading() as reading:
            personas = [(email, label) for email, label in PERSONAS.items() if find_user(reading, email)]
    return render_template("sign_ins/new.html", form=form, personas=personas)
