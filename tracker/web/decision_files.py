"""The decision file of a job: what is in it, and taking it out."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.exports.decision_files import write_decision_file
from tracker.queries.decision_files import decision_parts
from tracker.services.decision_files import record_decision_file
from tracker.web.access import current_actor, requires
from tracker.web.forms.records import StepForm
from tracker.web.job_frames import load_job
from tracker.web.running import database

bp = Blueprint("decision_files", __name__, url_prefix="/jobs/<int:job_id>/decision-file")

_IN_MEMORY = 4 * 1024 * 1024
_BLOCK = 64 * 1024


@bp.get("")
@requires(Permission.DECISION_FILE_EXPORT)
def show(job_id: int) -> str:
    return render_template("jobs/decision_file.html", job=load_job(job_id), form=StepForm())


@bp.post("")
@requires(Permission.DECISION_FILE_EXPORT)
def take(job_id: int) -> Any:
    job = load_job(job_id)
    try:
        with database().writing() as session:
            record_decision_file(session, job, actor=current_actor())
    except RuleBroken as broken:
        flash(broken.message, "error")
        return redirect(url_for(".show", job_id=job_id), 303)
    book = cast(IO[bytes], SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - closed by whoever reads it out
    try:
        with database().reading() as session:
            write_decision_file(decision_parts(session, job), book)
    except BaseException:
        book.close()
        raise
    response = Response(_blocks(book), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="decision-file-{job_id}.zip"'
    return response


def _blocks(book: IO[bytes]) -> Iterator[bytes]:
    with book:
        book.seek(0)
        while block := book.read(_BLOCK):
            yield block
