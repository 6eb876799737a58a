"""Writing to the candidate of one application by hand."""

import secrets
from typing import Any

from flask import Blueprint, request, url_for

from tracker.domain.mails import MailEvent
from tracker.domain.permissions import Permission
from tracker.queries.mail_templates import mail_words
from tracker.queries.message_templates import message_templates
from tracker.services.messages import write_to_candidate
from tracker.web.access import current_actor, requires
from tracker.web.forms.messages import MessageForm
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session

bp = Blueprint("messages", __name__)


@bp.route("/applications/<int:application_id>/messages/new", methods=["GET", "POST"])
@requires(Permission.MESSAGE_SEND, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.MESSAGE_SEND)
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

    name = application.candidate.name or "the candidate"
    return keep(
        application,
        form,
        deed,
        title=f"Write to {name}",
        label="Send",
        said="The mail is on its way.",
        back=url_for("applications.show", application_id=application_id),
        beginnings=[
            (one.name, url_for(".new", application_id=application_id, template=one.id)) for one in templates
        ],
    )
