"""What HR settles about all offers: who approves them from which amount on, and templates of their terms."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.amounts import money
from tracker.domain.offer_approvals import APPROVER_LABELS
from tracker.domain.offers import SALARY_PERIOD_LABELS
from tracker.domain.permissions import Permission
from tracker.models.offer_approvals import OfferApprovalRule
from tracker.models.offer_templates import OfferTemplate
from tracker.queries.offer_templates import offer_templates, terms_of
from tracker.queries.offers import approval_rules
from tracker.services.offer_approvals import add_approval_rule, remove_approval_rule
from tracker.services.offer_templates import (
    add_offer_template,
    edit_offer_template,
    remove_offer_template,
)
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.offer_settings import ApprovalRuleForm, OfferTemplateForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("offer_settings", __name__, url_prefix="/offer-settings")


@bp.get("")
@requires(Permission.OFFER_RULE_EDIT)
def index() -> str:
    return render_template(
        "offer_settings/index.html",
        rules=[(one, money(one.from_cents, one.currency)) for one in approval_rules(db_session())],
        templates=offer_templates(db_session()),
        APPROVER_LABELS=APPROVER_LABELS,
        SALARY_PERIOD_LABELS=SALARY_PERIOD_LABELS,
    )


@bp.route("/rules/new", methods=["GET", "POST"])
@requires(Permission.OFFER_RULE_EDIT, writes=True)
def add_rule() -> Any:
    form = ApprovalRuleForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_approval_rule(
                db_session(),
                currency=form.currency.data,
                from_cents=form.cents(),
                role=form.approver(),
                actor=current_actor(),
            )
            flash("Offers that are drafted from now on follow this rule.", "success")
            return redirect(url_for(".index"), 303)
    return _form("Ask for another approval", form)


@bp.post("/rules/<int:rule_id>/remove")
@requires(Permission.OFFER_RULE_EDIT, writes=True)
def remove_rule(rule_id: int) -> Response:
    rule = load_or_404(db_session(), select(OfferApprovalRule).where(OfferApprovalRule.id == rule_id))
    remove_approval_rule(db_session(), rule, actor=current_actor())
    flash("Offers that are drafted from now on do without this approval.", "success")
    return redirect(url_for(".index"), 303)


@bp.route("/templates/new", methods=["GET", "POST"])
@requires(Permission.OFFER_RULE_EDIT, writes=True)
def add_template() -> Any:
    form = OfferTemplateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_offer_template(db_session(), form.terms(), actor=current_actor())
            flash("The template is kept.", "success")
            return redirect(url_for(".index"), 303)
    return _form("New template of an offer", form)


@bp.route("/templates/<int:template_id>", methods=["GET", "POST"])
@requires(Permission.OFFER_RULE_EDIT, writes=True)
def edit_template(template_id: int) -> Any:
    template = load_or_404(db_session(), select(OfferTemplate).where(OfferTemplate.id == template_id))
    form = OfferTemplateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            edit_offer_template(
                db_session(), template, form.terms(), seen=form.seen_at(), actor=current_actor()
            )
            flash("Saved. Offers that were drafted with it keep their words.", "success")
            return redirect(url_for(".index"), 303)
    if not form.is_submitted():
        form.fill(terms_of(template))
    # Whoever saves again after being told of the change means it.
    form.seen.data = template.changed_at.isoformat()
    return _form(template.name, form)


@bp.post("/templates/<int:template_id>/remove")
@requires(Permission.OFFER_RULE_EDIT, writes=True)
def remove_template(template_id: int) -> Response:
    template = load_or_404(db_session(), select(OfferTemplate).where(OfferTemplate.id == template_id))
    remove_offer_template(db_session(), template, actor=current_actor())
    flash("The template is gone. Offers that were drafted with it keep their words.", "success")
    return redirect(url_for(".index"), 303)


def _form(title: str, form: ApprovalRuleForm | OfferTemplateForm) -> Any:
    page = render_template("offer_settings/form.html", title=title, form=form)
    return page, 422 if form.is_submitted() else 200
