"""The checklist that new hires start with, as HR keeps it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.onboarding import CHECKLIST, TASK_OWNER_LABELS
from tracker.domain.permissions import Permission
from tracker.models.onboarding import OnboardingTemplate
from tracker.queries.onboarding import onboarding_templates, template_of
from tracker.services.onboarding_templates import (
    add_onboarding_template,
    edit_onboarding_template,
    remove_onboarding_template,
    take_over_checklist,
)
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.onboarding import TemplateForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("onboarding_templates", __name__, url_prefix="/onboarding-templates")


@bp.get("")
@requires(Permission.ONBOARDING_TEMPLATE_EDIT)
def index() -> str:
    kept = onboarding_templates(db_session())
    return render_template(
        "onboarding_templates/index.html",
        is_own=bool(kept),
        rows=[(row.id, template_of(row)) for row in kept] or [(0, one) for one in CHECKLIST],
        TASK_OWNER_LABELS=TASK_OWNER_LABELS,
    )


@bp.post("/take-over")
@requires(Permission.ONBOARDING_TEMPLATE_EDIT, writes=True)
def take_over() -> Response:
    take_over_checklist(db_session(), actor=current_actor())
    flash("The checklist is yours now: change its tasks, add some or take some away.", "success")
    return redirect(url_for(".index"), 303)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_TEMPLATE_EDIT, writes=True)
def new() -> Any:
    form = TemplateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_onboarding_template(db_session(), form.template(), actor=current_actor())
            flash("New hires start with this task too.", "success")
            return redirect(url_for(".index"), 303)
    return _form("New task", form)


@bp.route("/<int:template_id>", methods=["GET", "POST"])
@requires(Permission.ONBOARDING_TEMPLATE_EDIT, writes=True)
def edit(template_id: int) -> Any:
    row = _load(template_id)
    form = TemplateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            edit_onboarding_template(
                db_session(), row, form.template(), seen=form.seen.data or "", actor=current_actor()
            )
            flash("Saved. Those who have started keep their tasks.", "success")
            return redirect(url_for(".index"), 303)
    if not form.is_submitted():
        form.fill(template_of(row))
    return _form(row.title, form)


@bp.post("/<int:template_id>/remove")
@requires(Permission.ONBOARDING_TEMPLATE_EDIT, writes=True)
def remove(template_id: int) -> Response:
    remove_onboarding_template(db_session(), _load(template_id), actor=current_actor())
    flash("New hires start without this task. Those who have started keep it.", "success")
    return redirect(url_for(".index"), 303)


def _load(template_id: int) -> OnboardingTemplate:
    return load_or_404(db_session(), select(OnboardingTemplate).where(OnboardingTemplate.id == template_id))


def _form(title: str, form: TemplateForm) -> Any:
    page = render_template("onboarding_templates/form.html", title=title, form=form)
    return page, 422 if form.is_submitted() else 200
