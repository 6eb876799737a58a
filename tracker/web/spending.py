"""What HR records as spent on sources: the list, recording, taking back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.amounts import money
from tracker.domain.permissions import Permission
from tracker.domain.sources import SOURCES
from tracker.models.spending import SourceSpend
from tracker.queries.spending import spends
from tracker.services.spending import record_spend, remove_spend
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.spending import SpendForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("spending", __name__, url_prefix="/spending")

MOST_SHOWN = 500


@bp.get("")
@requires(Permission.SPEND_EDIT)
def index() -> str:
    found = db_session().scalars(spends().limit(MOST_SHOWN))
    rows = [(one, money(one.amount_cents, one.currency)) for one in found]
    return render_template("spending/index.html", rows=rows)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SPEND_EDIT, writes=True)
def new() -> Any:
    form = SpendForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            record_spend(
                db_session(),
                source=form.source.data,
                amount=form.amount.data,
                currency=form.currency.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                actor=current_actor(),
            )
            flash("It is recorded.", "success")
            return redirect(url_for(".index"), 303)
    page = render_template("spending/new.html", form=form, sources=SOURCES)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:spend_id>/remove", methods=["GET", "POST"])
@requires(Permission.SPEND_EDIT, writes=True)
def remove(spend_id: int) -> Any:
    spend = load_or_404(db_session(), spends().where(SourceSpend.id == spend_id))
    form = StepForm()
    if form.validate_on_submit():
        remove_spend(db_session(), spend, actor=current_actor())
        flash("It is taken back.", "success")
        return redirect(url_for(".index"), 303)
    words = f"{money(spend.amount_cents, spend.currency)}, {spend.source}"
    page = render_template("spending/remove.html", form=form, words=words)
    return page, 422 if form.is_submitted() else 200
