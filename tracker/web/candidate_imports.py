"""Importing a list of candidates: first it is checked, then the very list that was checked comes in."""

import contextlib
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tracker.domain.candidate_columns import Column, check_columns
from tracker.domain.candidate_files import BadLine, CandidateLine, candidate_lines
from tracker.domain.candidate_tables import Table, csv_table, kept_tables, table_of, tables_kept
from tracker.domain.file_formats import LARGEST_FILE, is_spreadsheet
from tracker.domain.permissions import ANYTHING, Permission, Subject
from tracker.domain.profile_files import profile_table
from tracker.domain.reports import Cell
from tracker.domain.rules import RuleBroken
from tracker.exports.cells import neutral
from tracker.exports.csv import csv_lines
from tracker.extraction.parent import extract_profiles, extract_sheets
from tracker.files import NoSuchFile
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.likely_known import LikelyKnown, likely_known
from tracker.queries.list_columns import remembered_columns
from tracker.services.candidate_import import ImportRefused, ImportReport, import_lines
from tracker.services.files import UNCLAIMED_AFTER
from tracker.services.list_columns import remember_columns
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.candidates import open_jobs
from tracker.web.files import file_store
from tracker.web.forms.candidate_imports import NO_JOB, CheckedListForm, JobForm, ListForm
from tracker.web.list_columns import OFFERED, chosen_columns, shown_columns
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("candidate_imports", __name__, url_prefix="/candidates/import")

MOST_LINES_SHOWN = 200
MOST_AT_ONCE = 200
"""How many are brought in by one request: nobody else who writes waits longer for it."""
_CHOOSE_AGAIN = "The list is kept for an hour and no longer: choose the file again."
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"

_OWN_FIELDS = ("csrf_token", "step", "done")

Lines = tuple[list[CandidateLine], list[BadLine]]


@bp.route("", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_IMPORT, writes=True)
def new() -> Any:
    """Ask for a list and check it; nothing of it is stored yet."""
    # Before the session is asked for anything: reading takes its time, and others who write would wait.
    read = _read_file()
    form = ListForm()
    form.offer_jobs(open_jobs())
    if form.validate_on_submit():
        with rule_errors_on(form):
            if isinstance(read, RuleBroken):
                raise read
            job = _job(form)
            checked = _to_take_in(form, read)
            return _check(checked, job, read, 0, is_guessed=True)
    page = render_template("candidate_imports/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.post("/lines")
@requires(Permission.CANDIDATE_IMPORT, writes=True)
def take_in() -> Any:
    """Check the list again with other columns, give the report away, or import what was checked."""
    form = CheckedListForm()
    form.offer_jobs(open_jobs())
    if form.validate_on_submit():
        with rule_errors_on(form):
            key, tables = _taken_from_store(form.kept.data or "")
            job = _job(form)
            sheet = _sheet_asked(tables)
            is_other_sheet = str(sheet) != request.form.get("sheet_shown", "0")
            if is_other_sheet or request.form.get("step") == "check":
                return _check(form, job, tables, sheet, is_guessed=is_other_sheet)
            return _act(form, job, tables, sheet, key)
    again = ListForm(formdata=None)
    again.offer_jobs(open_jobs())
    again.form_errors.extend(sentence for errors in form.errors.values() for sentence in errors)
    return render_template("candidate_imports/new.html", form=again), 422


def _act(form: CheckedListForm, job: Job | None, tables: tuple[Table, ...], sheet: int, key: str) -> Any:
    try:
        columns = _columns(job, tables[sheet], is_guessed=False)
        check_columns(columns, has_job=job is not None)
        lines = candidate_lines(tables[sheet], columns)
    except RuleBroken:
        return _check(form, job, tables, sheet, is_guessed=False)
    if request.form.get("step") == "report":
        return _report_file(lines[1])
    try:
        report = _import(job, lines, skip_bad=form.skip_bad.data, most=MOST_AT_ONCE)
    except ImportRefused:
        form.skip_bad.errors = ["Tick this to import the other lines."]
        return _check(form, job, tables, sheet, is_guessed=False)
    done = _done_before() + report.added
    if report.left:
        sent = {name: text for name, text in request.form.items() if name not in _OWN_FIELDS}
        return render_template("candidate_imports/going.html", sent=sent, done=done, left=report.left)
    remember_columns(db_session(), tables[sheet].header, columns, actor=current_actor())
    file_store().remove(key)
    present = max(report.present + report.added - done, 0)
    before = f"{present:,} had applied before" if job else f"{present:,} were there already"
    flash(f"{_people(done)} added; {before}.", "success")
    target = url_for("jobs.show", job_id=job.id) if job else url_for("candidates.index")
    return redirect(target, 303)


def _check(
    form: CheckedListForm, job: Job | None, tables: tuple[Table, ...], sheet: int, *, is_guessed: bool
) -> Any:
    """The page that says what would happen; refused where the columns or the bad lines do not let it."""
    table, report = tables[sheet], None
    likely: tuple[LikelyKnown, ...] = ()
    columns: tuple[Column | None, ...] = (None,) * len(table.header)
    try:
        columns = _columns(job, table, is_guessed=is_guessed)
        check_columns(columns, has_job=job is not None)
        lines = candidate_lines(table, columns)
        report = _import(job, lines, skip_bad=True, dry_run=True)
        likely = likely_known(db_session(), current_actor(), lines[0])
    except RuleBroken as broken:
        if broken.field != "columns":
            raise
        form.form_errors.append(broken.message)
    page = render_template(
        "candidate_imports/checked.html",
        form=form,
        report=report,
        likely=likely,
        job=job,
        columns=shown_columns(table, columns),
        offered=OFFERED,
        sheets=[one.name for one in tables],
        sheet=sheet,
        most=MOST_LINES_SHOWN,
        people=_people,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _columns(job: Job | None, table: Table, *, is_guessed: bool) -> tuple[Column | None, ...]:
    has_job = job is not None
    remembered = remembered_columns(db_session(), current_actor(), table.header, has_job=has_job)
    return chosen_columns(table, request.form, remembered=remembered, is_guessed=is_guessed, has_job=has_job)


def _done_before() -> int:
    """How many came in by the requests before: told only to whoever sent it, so it need not be believed."""
    text = request.form.get("done", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _import(
    job: Job | None, lines: Lines, *, skip_bad: bool, dry_run: bool = False, most: int | None = None
) -> ImportReport:
    return import_lines(
        db_session(), job, *lines, actor=current_actor(), dry_run=dry_run, skip_bad=skip_bad, most=most
    )


def _report_file(bad: list[BadLine]) -> Response:
    names = ["line", "column", "why"]
    rows: list[list[Cell]] = [[one.number, neutral(one.column), neutral(one.reason)] for one in bad]
    if any(one.file for one in bad):
        names = ["file", *names]
        rows = [[neutral(one.file), *row] for one, row in zip(bad, rows, strict=True)]
    lines = csv_lines(names, rows, has_bom=True)
    response = Response(b"".join(lines), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="bad-lines.csv")
    return response


def _read_file() -> tuple[Table, ...] | RuleBroken:
    """The tables of the file that was sent, or why there are none."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return ()
    try:
        return _tables(file.stream.read(LARGEST_FILE + 1))
    except RuleBroken as broken:
        return broken


def _tables(data: bytes) -> tuple[Table, ...]:
    if len(data) > LARGEST_FILE:
        raise RuleBroken(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.", field="file")
    if data.startswith(_OLD_EXCEL):
        raise RuleBroken(
            "This is a file of an old Excel, or one with a password: save it as XLSX.", field="file"
        )
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return _profiles(data, "The JSON Resume cannot be taken.")
    if not data.startswith(b"PK"):
        return (csv_table(data),)
    if not is_spreadsheet(data):
        return _profiles(data, "This is no XLSX that can be read, and no zip of JSON Resume.")
    found = extract_sheets(data)
    if found.reason:
        raise RuleBroken(f"The spreadsheet cannot be taken. {found.reason}", field="file")
    if not found.sheets:
        raise RuleBroken("The file is empty.", field="file")
    return tuple(table_of(name, rows) for name, rows in found.sheets)


def _profiles(data: bytes, sentence: str) -> tuple[Table, ...]:
    found = extract_profiles(data)
    if found.reason:
        raise RuleBroken(f"{sentence} {found.reason}", field="file")
    return (profile_table(found.files),)


def _to_take_in(form: ListForm, tables: tuple[Table, ...]) -> CheckedListForm:
    # Bytes without a row: whoever goes away leaves them to the sweep.
    key = file_store().put(kept_tables(tables)).key
    kept = _serializer().dumps({"key": key, "by": current_actor().id})
    checked = CheckedListForm(formdata=None, job=form.job.data, kept=kept)
    checked.offer_jobs(open_jobs())
    return checked


def _taken_from_store(kept: str) -> tuple[str, tuple[Table, ...]]:
    """The list that this person had checked; raises RuleBroken once it is gone."""
    with contextlib.suppress(BadSignature, NoSuchFile):
        told = _serializer().loads(kept, max_age=int(UNCLAIMED_AFTER.total_seconds()))
        if told["by"] == current_actor().id:
            with file_store().open(told["key"]) as file:
                return told["key"], tables_kept(file.read())
    raise RuleBroken(_CHOOSE_AGAIN)


def _serializer() -> URLSafeTimedSerializer:
    # Signed with its own salt: the key of no other file can be slipped in here.
    return URLSafeTimedSerializer(config().secret_key, salt="list of candidates")


def _sheet_asked(tables: tuple[Table, ...]) -> int:
    text = request.form.get("sheet", "0")
    if not (text.isascii() and text.isdigit() and int(text[:4]) < len(tables)):
        raise RuleBroken("Choose one of the file's sheets.")
    return int(text[:4])


def _job(form: JobForm) -> Job | None:
    if form.job.data == NO_JOB:
        allow(Permission.CANDIDATE_IMPORT, ANYTHING)
        return None
    job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == int(form.job.data)))
    allow(Permission.CANDIDATE_IMPORT, Subject(job_id=job.id))
    return job


def _people(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number:,} candidates"
