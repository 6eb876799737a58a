"""A person's own settings, and the page that says who may do what."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.permissions import policy_rows
from tracker.models.users import User
from tracker.services import users
from tracker.services.digests import wish_digest
from tracker.services.passwords import is_password
from tracker.web.access import current_actor, load_or_404, same_origin_path, signed_in
from tracker.web.forms.users import PasswordForm, SettingsForm
from tracker.web.running import config
from tracker.web.sign_ins import begin_session
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("settings", __name__)


@bp.route("/settings", methods=["GET", "POST"])
@signed_in(writes=True)
def show() -> Any:
    user = _self()
    form = SettingsForm(
        time_zone=user.time_zone or "",
        is_mailed_mentions=user.is_mailed_mentions,
        is_mailed_digest=user.is_mailed_digest,
    )
    form.offer_zones(config().time_zone)
    if form.validate_on_submit():
        with rule_errors_on(form):
            users.set_appearance(db_session(), user, time_zone=form.time_zone.data, actor=current_actor())
            wishes = {"is_mailed_mentions": form.is_mailed_mentions.data}
            users.set_mail_wishes(db_session(), user, **wishes, actor=current_actor())
            wish_digest(
                db_session(),
                user,
                is_wished=form.is_mailed_digest.data,
                zone=config().time_zone,
                actor=current_actor(),
            )
            flash("Saved.", "success")
            return redirect(url_for(".show"))
    return render_template("settings/show.html", form=form, user=user), 422 if form.is_submitted() else 200


@bp.post("/settings/theme")
@signed_in(writes=True)
def theme() -> Response:
    users.set_appearance(db_session(), _self(), theme=request.form.get("theme", ""), actor=current_actor())
    return redirect(_came_from() or url_for(".show"))


@bp.route("/settings/password", methods=["GET", "POST"])
@signed_in(writes=True)
def password() -> Any:
    form = PasswordForm()
    if form.validate_on_submit():
        user = _self()
        if not is_password(user.password_hash, form.current.data):
            form.current.errors = ["This is not your present password."]
        else:
            with rule_errors_on(form):
                users.set_password(db_session(), user, form.password.data, actor=current_actor())
                begin_session(user)
                flash("Your password was changed. Every other sign-in of yours has ended.", "success")
                return redirect(url_for(".show"))
    return render_template("settings/password.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/policy")
@signed_in()
def policy() -> str:
    return render_template("settings/policy.html", rows=policy_rows())


def _self() -> User:
    return load_or_404(db_session(), select(User).where(User.id == current_actor().id))


def _came_from() -> str | None:
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return None
    return same_origin_path(parts.path + (f"?{parts.query}" if parts.query else ""))
