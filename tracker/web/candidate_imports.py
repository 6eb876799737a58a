"""Importing a list of candidates: first it is checked, then the very list that was checked comes in."""

import contextlib
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.files import NoSuchFile
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.services.candidate_import import ImportRefused, ImportReport, import_candidates
from tracker.services.files import UNCLAIMED_AFTER
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.candidates import open_jobs
from tracker.web.files import file_store
from tracker.web.forms.candidate_imports import CheckedListForm, ListForm
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("candidate_imports", __name__, url_prefix="/candidates/import")

MOST_LINES_SHOWN = 200
_CHOOSE_AGAIN = "The list is kept for an hour and no longer: choose the file again."


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_IMPORT, writes=True)
def new() -> Any:
    """Ask for a list and check it; nothing of it is stored yet."""
    form = ListForm()
    form.offer_jobs(open_jobs())
    if form.validate_on_submit():
        with rule_errors_on(form):
            data = form.file.data.read()
            report = _import(_job(form), data, skip_bad=True, dry_run=True)
            return _checked(_to_take_in(form, data), report)
    page = render_template("candidate_imports/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/lines")
@requires(Permission.CANDIDATE_IMPORT, writes=True)
def take_in() -> Any:
    """Import the list that was checked."""
    form = CheckedListForm()
    form.offer_jobs(open_jobs())
    report = None
    if form.validate_on_submit():
        with rule_errors_on(form):
            key, data = _taken_from_store(form.kept.data or "")
            job = _job(form)
            try:
                report = _import(job, data, skip_bad=form.skip_bad.data)
            except ImportRefused as refusal:
                report = _import(job, data, skip_bad=True, dry_run=True)
                raise RuleBroken("Tick this to import the other lines.", field="skip_bad") from refusal
            file_store().remove(key)
            flash(f"{_people(report.added)} added; {report.present:,} had applied before.", "success")
            return redirect(url_for("jobs.show", job_id=job.id), 303)
    if report is not None:
        return _checked(form, report), 422
    again = ListForm(formdata=None)
    again.offer_jobs(open_jobs())
    again.form_errors.extend(sentence for errors in form.errors.values() for sentence in errors)
    return render_template("candidate_imports/new.html", form=again), 422


def _to_take_in(form: ListForm, data: bytes) -> CheckedListForm:
    # Bytes without a row: whoever goes away leaves them to the sweep.
    kept = _serializer().dumps({"key": file_store().put(data).key, "by": current_actor().id})
    checked = CheckedListForm(formdata=None, job=form.job.data, kept=kept)
    checked.offer_jobs(open_jobs())
    return checked


def _import(job: Job, data: bytes, *, skip_bad: bool, dry_run: bool = False) -> ImportReport:
    return import_candidates(
        db_session(), job, data, actor=current_actor(), dry_run=dry_run, skip_bad=skip_bad
    )


def _taken_from_store(kept: str) -> tuple[str, bytes]:
    """The list that this person had checked; raises RuleBroken once it is gone."""
    with contextlib.suppress(BadSignature, NoSuchFile):
        told = _serializer().loads(kept, max_age=int(UNCLAIMED_AFTER.total_seconds()))
        if told["by"] == current_actor().id:
            with file_store().open(told["key"]) as file:
                return told["key"], file.read()
    raise RuleBroken(_CHOOSE_AGAIN)


def _serializer() -> URLSafeTimedSerializer:
    # Signed with its own salt: the key of no other file can be slipped in here.
    return URLSafeTimedSerializer(config().secret_key, salt="list of candidates")


def _job(form: ListForm | CheckedListForm) -> Job:
    job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == int(form.job.data)))
    allow(Permission.CANDIDATE_IMPORT, Subject(job_id=job.id))
    return job


def _people(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number:,} candidates"


def _checked(form: CheckedListForm, report: ImportReport) -> str:
    titles = {str(job.id): job.title for job in open_jobs()}
    return render_template(
        "candidate_imports/checked.html",
        form=form,
        report=report,
        job_title=titles.get(form.job.data, ""),
        most=MOST_LINES_SHOWN,
        people=_people,
    )
