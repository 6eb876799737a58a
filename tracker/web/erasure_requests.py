"""Requests of candidates to have their data erased, as HR sees and settles them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select

from tracker.domain.permissions import Permission
from tracker.models.data_requests import (
    DATA_REQUEST_STATE_BADGES,
    DATA_REQUEST_STATE_LABELS,
    DataRequestState,
    ErasureRequest,
)
from tracker.queries.data_requests import erasure_requests
from tracker.services.erasure_requests import settle_request
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.erasure_requests import SettlingForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("erasure_requests", __name__, url_prefix="/erasure-requests")


@bp.get("")
@requires(Permission.ERASURE_SETTLE)
def index() -> str:
    return render_template(
        "erasure_requests/index.html",
        rows=erasure_requests(db_session()),
        DataRequestState=DataRequestState,
        LABELS=DATA_REQUEST_STATE_LABELS,
        BADGES=DATA_REQUEST_STATE_BADGES,
    )


@bp.route("/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.ERASURE_SETTLE, writes=True)
def settle(request_id: int) -> Any:
    asked = load_or_404(db_session(), select(ErasureRequest).where(ErasureRequest.id == request_id))
    form = SettlingForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            settle_request(
                db_session(),
                asked,
                is_done=form.outcome.data == DataRequestState.DONE.value,
                answer=form.answer.data,
                actor=current_actor(),
            )
            flash("The request is settled.", "success")
            return redirect(url_for(".index"), 303)
    asked = load_or_404(db_session(), select(ErasureRequest).where(ErasureRequest.id == request_id))
    page = render_template("erasure_requests/settle.html", form=form, asked=asked)
    return page, 422 if form.is_submitted() else 200
