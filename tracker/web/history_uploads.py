"""Importing another system's history: a file is brought, checked by the worker, set right, and imported."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from tracker import clock
from tracker.config import data_folder
from tracker.domain.event_logs import EventMapping, default_mapping, read_mapping
from tracker.domain.file_formats import LARGEST_FILE
from tracker.domain.history_uploads import (
    COLUMN_LABELS,
    KEPT_FOR,
    MEANINGS,
    MOST_BAD_KEPT,
    PENDING,
    UPLOAD_STATE_BADGES,
    UPLOAD_STATE_LABELS,
    UploadState,
    guessed_columns,
    mapping_text,
    with_columns,
    with_meanings,
)
from tracker.domain.permissions import Permission
from tracker.domain.reports import Cell, read_zone
from tracker.domain.rules import RuleBroken
from tracker.exports.cells import neutral
from tracker.exports.csv import csv_lines
from tracker.models.history_uploads import HistoryUpload
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.services.event_logs import ENDINGS, READY, ready_mapping
from tracker.services.history_uploads import ask_import, bring_history, check_again, delete_upload
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.files import file_store
from tracker.web.filters import reader_zone
from tracker.web.forms.history_uploads import BY_FILE, OWN, HistoryForm, ImportForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("history_uploads", __name__, url_prefix="/history/imports")

MOST_LINES_SHOWN = 200
_LARGEST_MAPPING = 200_000


@bp.get("")
@requires(Permission.HISTORY_IMPORT)
def index() -> str:
    return render_template(
        "history_uploads/index.html",
        uploads=db_session().scalars(_known().order_by(HistoryUpload.id.desc()).limit(100)).all(),
        days=KEPT_FOR.days,
        **_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.HISTORY_IMPORT, writes=True)
def new() -> Any:
    # Before the session is asked for anything: reading takes its time, and others who write would wait.
    sent = request.files.get("file")
    data = sent.stream.read(LARGEST_FILE + 1) if sent and sent.filename else b""
    form = HistoryForm()
    form.offer_jobs(_jobs())
    if not form.is_submitted():
        form.zone.data = reader_zone().key
    if form.validate_on_submit():
        with rule_errors_on(form):
            upload = _bring(form, data)
            return redirect(url_for(".show", upload_id=upload.id), 303)
    page = render_template("history_uploads/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:upload_id>")
@requires(Permission.HISTORY_IMPORT)
def show(upload_id: int) -> Any:
    return _page(_load(upload_id), ImportForm(formdata=None))


@bp.post("/<int:upload_id>/check")
@requires(Permission.HISTORY_IMPORT, writes=True)
def check(upload_id: int) -> Any:
    """Check the file again, with its columns and activities taken as the form says."""
    upload, form = _load(upload_id), ImportForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            mapping = _set_right(upload)
            check_again(db_session(), upload, mapping, seen_version=form.seen(), actor=current_actor())
            return redirect(url_for(".show", upload_id=upload_id), 303)
    return _page(_load(upload_id), form), 422


@bp.post("/<int:upload_id>/import")
@requires(Permission.HISTORY_IMPORT, writes=True)
def take_in(upload_id: int) -> Any:
    upload, form = _load(upload_id), ImportForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            ask_import(
                db_session(),
                upload,
                is_without_bad=form.is_without_bad.data,
                seen_version=form.seen(),
                actor=current_actor(),
            )
            return redirect(url_for(".show", upload_id=upload_id), 303)
    return _page(_load(upload_id), form), 422


@bp.post("/<int:upload_id>/delete")
@requires(Permission.HISTORY_IMPORT, writes=True)
def delete(upload_id: int) -> Any:
    delete_upload(db_session(), file_store(), _load(upload_id), actor=current_actor())
    flash("The file is deleted.", "success")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:upload_id>/bad-lines")
@requires(Permission.HISTORY_IMPORT)
def bad_lines(upload_id: int) -> Response:
    report = _load(upload_id).report or {}
    rows: list[list[Cell]] = [
        [line, neutral(case), neutral(problem)] for line, problem, case in report.get("bad", ())
    ]
    return _file(b"".join(csv_lines(["line", "application", "why"], rows, has_bom=True)), "bad-lines.csv")


@bp.get("/<int:upload_id>/mapping")
@requires(Permission.HISTORY_IMPORT)
def mapping(upload_id: int) -> Response:
    return _file(_load(upload_id).mapping.encode(), "mapping.toml")


def _file(data: bytes, name: str) -> Response:
    response = Response(data, mimetype="text/csv" if name.endswith(".csv") else "application/toml")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _known() -> Any:
    return select(HistoryUpload).where(HistoryUpload.expires_at > clock.now())


def _load(upload_id: int) -> HistoryUpload:
    found: HistoryUpload = load_or_404(db_session(), _known().where(HistoryUpload.id == upload_id))
    return found


def _jobs() -> Any:
    query = visible.jobs(current_actor()).with_only_columns(Job.id, Job.title)
    return db_session().execute(query.order_by(Job.title, Job.id)).all()


def _bring(form: HistoryForm, data: bytes) -> HistoryUpload:
    name = (form.file.data.filename or "").rpartition("/")[2].rpartition("\\")[2]
    if len(data) > LARGEST_FILE:
        raise RuleBroken(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.", field="file")
    if not name.lower().endswith(ENDINGS):
        raise RuleBroken(f"The file must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.", field="file")
    job = None
    if form.job.data != BY_FILE:
        job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == int(form.job.data)))
    return bring_history(
        db_session(),
        file_store(),
        name=name,
        data=data,
        job=job,
        mapping=_mapping_of(form),
        zone=read_zone(form.zone.data, reader_zone().key).key,
        actor=current_actor(),
    )


def _mapping_of(form: HistoryForm) -> EventMapping:
    if form.system.data in READY:
        return ready_mapping(form.system.data, data_folder("seeds") / "mappings")
    if form.system.data != OWN:
        return default_mapping()
    given = form.mapping.data
    if not given or not getattr(given, "filename", ""):
        raise RuleBroken("Choose the mapping file.", field="mapping")
    text = given.stream.read(_LARGEST_MAPPING + 1)
    if len(text) > _LARGEST_MAPPING:
        raise RuleBroken("A mapping is a short text: this file is too large.", field="mapping")
    try:
        return read_mapping(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RuleBroken("The mapping is not UTF-8 text.", field="mapping") from None


def _set_right(upload: HistoryUpload) -> EventMapping:
    """The mapping as the page's lists set it: what each column is taken as, or what each activity means."""
    report, found = upload.report or {}, read_mapping(upload.mapping)
    if header := report.get("header"):
        chosen = [request.form.get(f"column-{place}", "") for place in range(len(header))]
        return with_columns(found, header, chosen, found.tables.zone)
    meanings = {
        name: request.form[f"means-{place}"]
        for place, (name, _, _) in enumerate(report.get("activities", ()))
        if f"means-{place}" in request.form
    }
    return with_meanings(found, meanings)


def _page(upload: HistoryUpload, form: ImportForm) -> str:
    report = upload.report or {}
    header = report.get("header", [])
    guessed = guessed_columns(header)
    return render_template(
        "history_uploads/show.html",
        upload=upload,
        form=form,
        report=report,
        is_pending=upload.state in PENDING,
        columns=[
            {
                "name": name,
                "samples": report["samples"][place],
                "chosen": request.form.get(f"column-{place}", guessed[place]),
            }
            for place, name in enumerate(header)
        ],
        column_labels=COLUMN_LABELS,
        meanings=MEANINGS,
        total={
            key: sum(one[key] for one in report.get("jobs", ()))
            for key in ("applications", "moves", "notes", "known", "unplaced")
        },
        most=MOST_LINES_SHOWN,
        kept=MOST_BAD_KEPT,
        has_mapping=mapping_text(default_mapping()) != upload.mapping,
        **_LABELS,
    )


_LABELS: dict[str, Any] = {
    "STATE_LABELS": UPLOAD_STATE_LABELS,
    "STATE_BADGES": UPLOAD_STATE_BADGES,
    "UploadState": UploadState,
}
