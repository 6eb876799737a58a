"""Writing to the candidate of one application by hand."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from tracker.domain.mails import Mail, MailEvent
from tracker.domain.permissions import Permission
from tracker.models.applications import Application
from tracker.queries.mail_templates import mail_words
from tracker.queries.message_templates import message_templates
from tracker.queries.veils import veiled_among
from tracker.services.messages import preview_message, write_to_candidate
from tracker.web.access import current_actor, requires
from tracker.web.forms.messages import MessageForm
from tracker.web.frame import whose
from tracker.web.outbox import sender
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("messages", __name__)

HIDDEN_NAME = (
    "Their name is hidden until the résumé is decided on: have the application assigned to you to write."
)


@bp.route("/applications/<int:application_id>/messages/new", methods=["GET", "POST"])
@requires(Permission.MESSAGE_SEND, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.MESSAGE_SEND)
    if veiled_among(db_session(), current_actor(), [application.id]):
        flash(HIDDEN_NAME, "error")
        return redirect(url_for("applications.show", application_id=application_id), 303)
    form = MessageForm()
    templates = message_templates(db_session())
    picked = next((one for one in templates if one.id == request.args.get("template", type=int)), None)
    if not form.is_submitted():
        words = (picked.subject, picked.text) if picked else mail_words(db_session(), MailEvent.MESSAGE)
        form.subject.data, form.text.data = words

    def deed() -> None:
        write_to_candidate(
            db_session(),
            application,
            subject=form.subject.data or "",
            text=form.text.data or "",
            key=form.key.data or secrets.token_urlsafe(12),
            template_id=picked.id if picked else None,
            actor=current_actor(),
        )

    name = whose(application)
    if "preview" in request.form and form.validate():
        return _previewed(application, form, f"Write to {name}")
    return keep(
        application,
        form,
        deed,
        title=f"Write to {name}",
        label="Send",
        preview=True,
        said="The mail is on its way.",
        back=url_for("applications.show", application_id=application_id),
        beginnings=[
            (one.name, url_for(".new", application_id=application_id, template=one.id)) for one in templates
        ],
    )


def _previewed(application: Application, form: MessageForm, title: str) -> Any:
    """The form again, with the mail as this candidate would get it; nothing is sent."""
    mail = _mail(application, form)
    page = render_template(
        "records/form.html",
        application=load_application(application.id, Permission.APPLICATION_READ),
        form=form,
        title=title,
        label="Send",
        back=url_for("applications.show", application_id=application.id),
        advice="",
        beginnings=(),
        preview=True,
        mail=mail,
    )
    return page, 422 if mail is None else 200


def _mail(application: Application, form: MessageForm) -> Mail | None:
    with rule_errors_on(form):
        words = {"subject": form.subject.data or "", "text": form.text.data or ""}
        return preview_message(db_session(), application, sender(), **words)
    return None
