"""People of the organisation: their accounts and roles, kept by HR."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.actors import ROLE_LABELS, Role
from tracker.domain.permissions import Permission
from tracker.models.users import User
from tracker.queries.users import list_users
from tracker.services import second_steps, users
from tracker.services.second_steps import is_asked
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.users import NewUserForm, UserForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("users", __name__, url_prefix="/users")


@bp.get("")
@requires(Permission.USER_READ)
def index() -> str:
    return render_template(
        "users/index.html", people=list_users(db_session()), labels=ROLE_LABELS, roles=Role
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE, writes=True)
def create() -> Any:
    form = NewUserForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            user = users.add_user(
                db_session(),
                email=form.email.data,
                name=form.name.data,
                roles=form.chosen_roles(),
                password=form.password.data or None,
                actor=current_actor(),
            )
            flash(f"{user.name} has an account.", "success")
            return redirect(url_for(".index"))
    return render_template("users/new.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE, writes=True)
def edit(user_id: int) -> Any:
    user = _user(user_id)
    form = UserForm(name=user.name, roles=[role.value for role in user.roles])
    if form.validate_on_submit():
        with rule_errors_on(form):
            users.rename_user(db_session(), user, form.name.data, actor=current_actor())
            users.change_roles(db_session(), user, form.chosen_roles(), actor=current_actor())
            if form.password.data:
                users.set_password(db_session(), user, form.password.data, actor=current_actor())
            flash(f"{user.name} was saved.", "success")
            return redirect(url_for(".index"))
    page = render_template(
        "users/edit.html", form=form, user=user, has_second_step=is_asked(db_session(), user)
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<int:user_id>/disable")
@requires(Permission.USER_MANAGE, writes=True)
def disable(user_id: int) -> Response:
    user = _user(user_id)
    users.disable_user(db_session(), user, actor=current_actor())
    flash(f"{user.name} can no longer sign in.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:user_id>/enable")
@requires(Permission.USER_MANAGE, writes=True)
def enable(user_id: int) -> Response:
    user = _user(user_id)
    users.enable_user(db_session(), user, actor=current_actor())
    flash(f"{user.name} can sign in again.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:user_id>/second-step/end")
@requires(Permission.USER_MANAGE, writes=True)
def end_second_step(user_id: int) -> Response:
    user = _user(user_id)
    second_steps.end_second_step(db_session(), user, actor=current_actor())
    flash(f"The password alone signs {user.name} in again.", "success")
    return redirect(url_for(".edit", user_id=user_id), 303)


def _user(user_id: int) -> User:
    return load_or_404(db_session(), select(User).where(User.id == user_id))
