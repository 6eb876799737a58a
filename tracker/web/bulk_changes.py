"""What else is done with several applications of a job: tags on or off, a recruiter, a list to take away."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from tracker import clock
from tracker.domain.mails import Mail, MailEvent
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.tags import tag_names
from tracker.exports.csv import csv_of
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries.application_exports import list_chosen
from tracker.queries.mail_templates import mail_words
from tracker.queries.tags import tags_of_job
from tracker.queries.users import recruiters
from tracker.services.bulk_changes import BulkChange, assign_many, record_list, tag_many, untag_many
from tracker.services.messages import preview_message, write_to_many
from tracker.web.access import current_actor, requires
from tracker.web.chosen import Seen, answer, ask_first, chosen_of, nothing_chosen
from tracker.web.filters import reader_zone
from tracker.web.forms.bulk import AssignForm, TagForm
from tracker.web.forms.messages import MessageForm
from tracker.web.frame import whose
from tracker.web.outbox import sender
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("bulk_changes", __name__, url_prefix="/jobs/<int:job_id>/applications")

_WRITE = "Write to the candidates of"


@bp.post("/tags")
@requires(Permission.TAG_SET, writes=True)
def tag(job_id: int) -> Any:
    return _tag(job_id, tag_many, "Tag", "tagged", "Not tagged")


@bp.post("/untag")
@requires(Permission.TAG_SET, writes=True)
def untag(job_id: int) -> Any:
    return _tag(job_id, untag_many, "Untag", "without these tags", "Not changed")


@bp.post("/recruiter")
@requires(Permission.APPLICATION_ASSIGN, writes=True)
def assign(job_id: int) -> Any:
    job, seen = chosen_of(job_id, Permission.APPLICATION_ASSIGN)
    if not seen:
        return nothing_chosen(job_id)
    people = recruiters(db_session())
    form = AssignForm() if "is_decided" in request.form else AssignForm(formdata=None)
    form.offer(people)
    if "is_decided" not in request.form or not form.validate():
        return ask_first(job, form, title="Assign", label="Assign")
    recruiter = next((one for one in people if str(one.id) == form.recruiter.data), None)
    names = _names(seen)
    results = assign_many(db_session(), [one for one, _, _ in seen], recruiter, actor=current_actor())
    return _answer(job, names, results, "assigned", "Not assigned")


@bp.post("/messages")
@requires(Permission.MESSAGE_SEND, writes=True)
def write(job_id: int) -> Any:
    job, seen = chosen_of(job_id, Permission.MESSAGE_SEND)
    if not seen:
        return nothing_chosen(job_id)
    form = MessageForm() if "is_decided" in request.form else MessageForm(formdata=None)
    if "is_decided" not in request.form:
        form.subject.data, form.text.data = mail_words(db_session(), MailEvent.MESSAGE)
    elif "preview" in request.form:
        mail = _preview(form, seen[0][0]) if form.validate() else None
        return ask_first(job, form, title=_WRITE, label="Send", preview=True, mail=mail)
    elif form.validate():
        names = _names(seen)
        with rule_errors_on(form):
            results = write_to_many(
                db_session(),
                [one for one, _, _ in seen],
                subject=form.subject.data or "",
                text=form.text.data or "",
                key=form.key.data or secrets.token_urlsafe(12),
                actor=current_actor(),
            )
            return _answer(job, names, results, "written to", "Not written to")
    return ask_first(job, form, title=_WRITE, label="Send", preview=True)


def _preview(form: MessageForm, application: Application) -> Mail | None:
    """The mail as the first of those who were chosen would get it; nothing is sent."""
    with rule_errors_on(form):
        words = {"subject": form.subject.data or "", "text": form.text.data or ""}
        return preview_message(db_session(), application, sender(), **words)
    return None


@bp.post("/export")
@requires(Permission.REPORT_EXPORT, writes=True)
def export(job_id: int) -> Any:
    """A list of at most as many rows as can be chosen is sent whole, in the transaction of its audit row."""
    job, seen = chosen_of(job_id, Permission.REPORT_EXPORT)
    if not seen:
        return nothing_chosen(job_id)
    ids = [application.id for application, _, _ in seen]
    record_list(db_session(), job, ids, actor=current_actor())
    now = clock.here()
    report = list_chosen(db_session(), job, ids, current_actor(), now, zone=reader_zone().key)
    response = Response(b"".join(csv_of(report, has_bom=True)), mimetype="text/csv")
    name = f"applications-{job_id}-{now.date().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _tag(job_id: int, deed: Callable[..., list[BulkChange]], label: str, done: str, not_done: str) -> Any:
    job, seen = chosen_of(job_id, Permission.TAG_SET)
    if not seen:
        return nothing_chosen(job_id)
    form = TagForm() if "is_decided" in request.form else TagForm(formdata=None)
    form.suggest(tags_of_job(db_session(), job_id, current_actor()))
    if "is_decided" in request.form and form.validate():
        with rule_errors_on(form):
            wanted = tag_names(form.tag.data)
            names = _names(seen)
            applications = [application for application, _, _ in seen]
            results = deed(db_session(), applications, wanted, actor=current_actor())
            return _answer(job, names, results, done, not_done)
    return ask_first(job, form, title=label, label=label)


def _names(seen: list[Seen]) -> dict[int, str]:
    return {application.id: whose(application) for application, _, _ in seen}


def _answer(job: Job, names: dict[int, str], results: list[BulkChange], done: str, not_done: str) -> Any:
    def why(error: RuleBroken | None) -> str:
        return error.message if error else ""

    shown = [(r.application_id, names[r.application_id], r.error is None, why(r.error)) for r in results]
    return answer(job, shown, done, not_done)
