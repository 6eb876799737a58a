"""The outbox: what waits, what was sent, what did not go out; one message as it is sent."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from tracker import clock
from tracker.domain.mails import (
    HIDDEN,
    MAIL_EVENT_LABELS,
    MAIL_STATE_BADGES,
    MAIL_STATE_LABELS,
    TO_REFEREES,
    Mail,
    MailEvent,
    MailState,
    Sender,
)
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.outbox import OutboxMessage
from tracker.queries.outbox import PAGE, count_states, known_messages, list_messages, state_column
from tracker.services import outbox
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import ReasonForm
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("outbox", __name__, url_prefix="/outbox")

_LABELS: dict[str, Any] = {
    "EVENT_LABELS": MAIL_EVENT_LABELS,
    "STATE_LABELS": MAIL_STATE_LABELS,
    "STATE_BADGES": MAIL_STATE_BADGES,
    "MailState": MailState,
    "MailEvent": MailEvent,
}


@bp.get("")
@requires(Permission.OUTBOX_READ)
def index() -> str:
    session, actor, now = db_session(), current_actor(), clock.now()
    state, before = _state_asked(), _before()
    rows = list_messages(session, actor, now, state=state, before=before)
    last = rows[PAGE - 1][0].id if len(rows) > PAGE else None
    return render_template(
        "outbox/index.html",
        rows=[(message, MailState(where), name) for message, where, name in rows[:PAGE]],
        counts=count_states(session, actor, now),
        state=state,
        is_later=before is not None,
        next_href=url_for(".index", state=state.value if state else None, before=last) if last else "",
        has_server=config().mail_url is not None,
        **_LABELS,
    )


@bp.get("/<int:message_id>")
@requires(Permission.OUTBOX_READ)
def show(message_id: int) -> str:
    message = _load(message_id)
    mail, fault = _as_sent(message)
    state = (
        db_session().scalars(select(state_column(clock.now())).where(OutboxMessage.id == message_id)).one()
    )
    return render_template(
        "outbox/show.html",
        message=message,
        mail=mail,
        fault=fault,
        state=MailState(state),
        has_link=mail is not None and HIDDEN in mail.text,
        **_LABELS,
    )


@bp.post("/<int:message_id>/retry")
@requires(Permission.OUTBOX_SEND, writes=True)
def retry(message_id: int) -> Any:
    return _settle(message_id, outbox.retry_message, "The message goes out as soon as it can.")


@bp.post("/<int:message_id>/arrived")
@requires(Permission.OUTBOX_SEND, writes=True)
def arrived(message_id: int) -> Any:
    return _settle(message_id, outbox.note_arrived, "The message counts as sent.")


@bp.route("/<int:message_id>/drop", methods=["GET", "POST"])
@requires(Permission.OUTBOX_SEND, writes=True)
def drop(message_id: int) -> Any:
    message, form = _load(message_id), ReasonForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            outbox.drop_message(db_session(), message, reason=form.reason.data, actor=current_actor())
            flash("The message is dropped.", "success")
            return redirect(url_for(".show", message_id=message_id), 303)
    page = render_template("outbox/drop.html", message=_load(message_id), form=form, **_LABELS)
    return page, 422 if form.is_submitted() else 200


@bp.post("/<int:message_id>/open-link")
@requires(Permission.OUTBOX_READ, writes=True)
def open_link(message_id: int) -> Any:
    """In a demonstration, where no mail goes out: open the link of a mail as its reader would."""
    message = _load(message_id)
    if not config().is_demo or config().mail_url:
        abort(404)
    try:
        mail = write_mail(db_session(), message, sender(), is_going_out=True)
    except NotToBeSent as reason:
        db_session().rollback()
        flash(f"{reason}.", "error")
        return redirect(url_for(".show", message_id=message_id), 303)
    if not mail.secret:
        abort(404)
    endpoint = "referees.link" if message.kind in TO_REFEREES else "own_access.show"
    if "address_change_id" in message.payload:
        endpoint = "own_contacts.show"
    return redirect(url_for(endpoint, token=mail.secret), 303)


def _settle(message_id: int, deed: Any, said: str) -> Any:
    message = _load(message_id)
    try:
        deed(db_session(), message, actor=current_actor())
        flash(said, "success")
    except RuleBroken as broken:
        db_session().rollback()
        flash(broken.message, "error")
    return redirect(url_for(".show", message_id=message_id), 303)


def _load(message_id: int) -> OutboxMessage:
    rows = select(OutboxMessage).where(OutboxMessage.id == message_id, known_messages(current_actor()))
    return load_or_404(db_session(), rows)


def _as_sent(message: OutboxMessage) -> tuple[Mail | None, str]:
    """The message as it was sent, or as it would be now; else why there is none."""
    if message.text is not None:
        return Mail(message.to_name or "", message.to_email or "", message.subject or "", message.text), ""
    if message.cancelled_at is not None:
        return None, "It was never written."
    try:
        return write_mail(db_session(), message, sender()), ""
    except NotToBeSent as reason:
        return None, f"{reason}."


def sender() -> Sender:
    """Who writes the mail of this tracker."""
    return Sender(config().organisation, config().base_url, config().time_zone)


def _before() -> int | None:
    """The message before which a page begins; a number that no database holds begins at none."""
    number = request.args.get("before", type=int)
    return None if number is None else min(max(number, 0), 2**31 - 1)


def _state_asked() -> MailState | None:
    try:
        return MailState(request.args["state"]) if request.args.get("state") else None
    except ValueError:
        abort(404)
