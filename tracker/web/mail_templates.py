"""The words of mail: what each event has, and changing it with a preview."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker.domain.mail_defaults import DEFAULT_MAILS
from tracker.domain.mails import (
    HIDDEN,
    MAIL_EVENT_LABELS,
    SAMPLES,
    VARIABLES,
    WITH_OWN_LINK,
    Mail,
    MailEvent,
    check_template,
    fill,
)
from tracker.domain.permissions import Permission
from tracker.queries.applications import actor_names
from tracker.queries.mail_templates import mail_words, template_numbers, template_versions
from tracker.services.mail_templates import write_template
from tracker.services.mails import ADDRESS_PATH, LINK_PATH, REFEREE_PATH
from tracker.web.access import current_actor, requires
from tracker.web.forms.mail_templates import MailTemplateForm
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("mail_templates", __name__, url_prefix="/mail-templates")


@bp.get("")
@requires(Permission.MAIL_TEMPLATE_EDIT)
def index() -> str:
    numbers = template_numbers(db_session())
    rows = [
        (event, MAIL_EVENT_LABELS[event], mail_words(db_session(), event)[0], numbers.get(event, 0))
        for event in MailEvent
    ]
    return render_template("mail_templates/index.html", rows=rows)


@bp.route("/<name>", methods=["GET", "POST"])
@requires(Permission.MAIL_TEMPLATE_EDIT, writes=True)
def edit(name: str) -> Any:
    event = _event(name)
    form, preview = MailTemplateForm(), None
    versions = template_versions(db_session(), event)
    number = versions[0].version if versions else 0
    if not form.is_submitted():
        form.subject.data, form.text.data = mail_words(db_session(), event)
        form.version.data = str(number)
        preview = _preview(event, form)
    elif form.validate():
        with rule_errors_on(form):
            preview = _preview(event, form)
            if "preview" not in request.form:
                _save(event, form)
                return redirect(url_for(".edit", name=name), 303)
    names = actor_names(db_session(), [one.created_by for one in versions])
    is_wrong = (form.is_submitted() and preview is None) or bool(form.errors)
    page = render_template(
        "mail_templates/edit.html",
        form=form,
        title=MAIL_EVENT_LABELS[event],
        variables=[(one, SAMPLES[one]) for one in VARIABLES[event]],
        preview=preview,
        versions=[(one, names[one.created_by]) for one in versions],
        defaults=DEFAULT_MAILS[event],
    )
    return page, 422 if is_wrong else 200


def _save(event: MailEvent, form: MailTemplateForm) -> None:
    saved = write_template(
        db_session(),
        event,
        subject=form.subject.data or "",
        text=form.text.data or "",
        seen_version=form.seen(),
        actor=current_actor(),
    )
    flash(f"Saved as version {saved.version}." if saved else "Nothing was changed.", "success")


def _preview(event: MailEvent, form: MailTemplateForm) -> Mail:
    """The words with sample data. Raises RuleBroken as saving does."""
    words = check_template(event, form.subject.data or "", form.text.data or "")
    samples = SAMPLES | {"organisation": config().organisation}
    samples["link"] = f"{config().base_url}{_sample_path(event)}"
    subject, text = (fill(one, samples) for one in words)
    return Mail(samples["candidate"], "amina@example.net", subject, text)


def _sample_path(event: MailEvent) -> str:
    """Where the link of a mail leads, without a token that would work."""
    if event is MailEvent.ADDRESS_TO_CONFIRM:
        return f"{ADDRESS_PATH}{HIDDEN}"
    if event in WITH_OWN_LINK:
        return f"{LINK_PATH}{HIDDEN}"
    return f"{REFEREE_PATH}{HIDDEN}" if "referee" in VARIABLES[event] else "/interviews/7"


def _event(name: str) -> MailEvent:
    try:
        return MailEvent(name)
    except ValueError:
        abort(404)
