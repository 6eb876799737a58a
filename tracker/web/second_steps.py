"""One's own second step of signing in: begun, confirmed with a code of the device, taken away."""

import io
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, url_for
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.late import Late
from tracker.models.second_steps import SecondStep
from tracker.models.users import User
from tracker.services import second_steps
from tracker.services.rate_limits import count_asked
from tracker.web.access import current_actor, load_or_404, signed_in
from tracker.web.forms.users import CodeForm
from tracker.web.running import config, database
from tracker.web.transaction import db_session, rule_errors_on

if TYPE_CHECKING:
    import segno
else:
    segno = Late("segno")

bp = Blueprint("second_steps", __name__, url_prefix="/settings/second-step")

WRONG_CODE = "This is not the code of this moment, and no recovery code."


@bp.get("")
@signed_in()
def show() -> str:
    return _page(CodeForm(formdata=None))


@bp.post("/begin")
@signed_in(writes=True)
def begin() -> Response:
    second_steps.begin_second_step(db_session(), _self(), actor=current_actor())
    return redirect(url_for(".show"), 303)


@bp.post("/confirm")
@signed_in(writes=True)
def confirm() -> Any:
    form = CodeForm()
    if refused := refuse_code(form, current_actor().id):
        return _page(form), *refused
    with rule_errors_on(form):
        codes = second_steps.confirm_second_step(
            db_session(), _self(), form.code.data or "", actor=current_actor()
        )
        return render_template("second_steps/codes.html", codes=codes)
    return _page(form), 422


@bp.post("/end")
@signed_in(writes=True)
def end() -> Any:
    form = CodeForm()
    if refused := refuse_code(form, current_actor().id):
        return _page(form), *refused
    user = _self()
    if not second_steps.takes_code(db_session(), user, form.code.data or "", actor=current_actor()):
        form.code.errors = [WRONG_CODE]
        return _page(form), 422
    second_steps.end_second_step(db_session(), user, actor=current_actor())
    flash("Your password alone signs you in again.", "success")
    return redirect(url_for("settings.show"), 303)


def refuse_code(form: CodeForm, user_id: int | None) -> tuple[int, dict[str, str]] | None:
    """Status and headers where a code is not to be looked at: none was given, or too many were tried.

    To be asked before the session is asked for anything: the try is counted in a transaction of its own.
    """
    if not form.validate_on_submit():
        return 422, {}
    with database().writing() as counting:
        wait = count_asked(counting, [(f"code:{user_id}", second_steps.TRIES)])
    if not wait:
        return None
    form.form_errors.append("Too many codes. Wait a quarter of an hour, then try again.")
    return 429, {"Retry-After": str(wait)}


def _self() -> User:
    return load_or_404(db_session(), select(User).where(User.id == current_actor().id))


def _page(form: CodeForm) -> str:
    user = _self()
    step = second_steps.second_step_of(db_session(), user)
    is_begun = step is not None and step.confirmed_at is None
    return render_template(
        "second_steps/show.html",
        form=form,
        step=step,
        is_begun=is_begun,
        picture=_picture(step, user) if step is not None and is_begun else "",
        left=second_steps.codes_left(db_session(), user),
    )


def _picture(step: SecondStep, user: User) -> Markup:
    """The square to be read by a camera, dark on white whatever the theme."""
    out = io.BytesIO()
    code = segno.make(second_steps.address_of(step, user, config().organisation), micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=True, scale=5, border=4, light="#fff", dark="#000",
              title="Code for your device", omitsize=False)  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704
