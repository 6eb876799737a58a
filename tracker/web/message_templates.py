"""Templates of messages to candidates, as HR keeps them, and when each is suggested."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.mail_defaults import DEFAULT_MAILS
from tracker.domain.mails import HIDDEN, SAMPLES, Mail, MailEvent, fill
from tracker.domain.message_templates import MOMENT_LABELS, checked_words
from tracker.domain.permissions import Permission
from tracker.models.message_templates import MessageTemplate
from tracker.queries.message_templates import message_templates, words_of
from tracker.services.mails import LINK_PATH
from tracker.services.message_templates import (
    add_message_template,
    edit_message_template,
    remove_message_template,
)
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.message_templates import MessageTemplateForm
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("message_templates", __name__, url_prefix="/message-templates")


@bp.get("")
@requires(Permission.MAIL_TEMPLATE_EDIT)
def index() -> str:
    rows = message_templates(db_session())
    return render_template("message_templates/index.html", rows=rows, MOMENT_LABELS=MOMENT_LABELS)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MAIL_TEMPLATE_EDIT, writes=True)
def new() -> Any:
    form = MessageTemplateForm()
    if "preview" in request.form:
        return _previewed("New template", form)
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_message_template(db_session(), form.words(), actor=current_actor())
            flash("The template is kept.", "success")
            return redirect(url_for(".index"), 303)
    if not form.is_submitted():
        form.subject.data, form.text.data = DEFAULT_MAILS[MailEvent.MESSAGE]
    return _form("New template", form)


@bp.route("/<int:template_id>", methods=["GET", "POST"])
@requires(Permission.MAIL_TEMPLATE_EDIT, writes=True)
def edit(template_id: int) -> Any:
    row, form = _load(template_id), MessageTemplateForm()
    title = row.name
    if "preview" in request.form:
        return _previewed(title, form)
    if form.validate_on_submit():
        with rule_errors_on(form):
            edit_message_template(db_session(), row, form.words(), actor=current_actor())
            flash("Saved.", "success")
            return redirect(url_for(".index"), 303)
    if not form.is_submitted():
        form.fill(words_of(row))
    return _form(title, form)


@bp.post("/<int:template_id>/remove")
@requires(Permission.MAIL_TEMPLATE_EDIT, writes=True)
def remove(template_id: int) -> Response:
    remove_message_template(db_session(), _load(template_id), actor=current_actor())
    flash("The template is removed.", "success")
    return redirect(url_for(".index"), 303)


def _load(template_id: int) -> MessageTemplate:
    return load_or_404(db_session(), select(MessageTemplate).where(MessageTemplate.id == template_id))


def _previewed(title: str, form: MessageTemplateForm) -> Any:
    """The form again, with the words as they read with sample data; nothing is kept."""
    mail = None
    if form.validate():
        with rule_errors_on(form):
            words = checked_words(form.words())
            values = SAMPLES | {"organisation": config().organisation}
            values["link"] = f"{config().base_url}{LINK_PATH}{HIDDEN}"
            subject, text = (fill(part, values) for part in (words.subject, words.text))
            mail = Mail(values["candidate"], "", subject, text)
    return _form(title, form, mail)


def _form(title: str, form: MessageTemplateForm, mail: Mail | None = None) -> Any:
    page = render_template("message_templates/form.html", title=title, form=form, mail=mail)
    return page, 422 if form.is_submitted() and mail is None else 200
