"""Files: handing one in with an application or for a person, and taking one away."""

import unicodedata
from typing import Any, BinaryIO
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.http import quote_header_value
from werkzeug.wsgi import wrap_file

from tracker.domain.contact_masks import without_contacts, without_person
from tracker.domain.file_formats import LARGEST_FILE, HandedIn
from tracker.domain.permissions import ANYTHING, Permission
from tracker.files import FileStore, NoSuchFile
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import FILE_KIND_LABELS, FileKind, StoredFile
from tracker.queries import visible
from tracker.queries.veils import veiled_among
from tracker.services.files import attach_handed_in, note_read, read_file
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.errors import show_error
from tracker.web.forms.files import UploadForm
from tracker.web.frame import whose
from tracker.web.records import load_application
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on
from tracker.web.uploads import look_at_files

bp = Blueprint("files", __name__)

# Nothing of ours and nothing of theirs runs, even where a browser shows what it was told to save.
SANDBOX = "default-src 'none'; sandbox"


@bp.route("/applications/<int:application_id>/files/new", methods=["GET", "POST"])
@requires(Permission.FILE_CREATE, writes=True)
def create(application_id: int) -> Any:
    look_at_files()
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.FILE_CREATE)
    back = url_for("applications.show", application_id=application_id, _anchor="files")
    return _take_in(application.candidate, application, back)


@bp.route("/candidates/<int:candidate_id>/files/new", methods=["GET", "POST"])
@requires(Permission.FILE_CREATE, writes=True)
def create_for_candidate(candidate_id: int) -> Any:
    look_at_files()
    rows = visible.candidates(current_actor()).where(Candidate.id == candidate_id)
    candidate = load_or_404(db_session(), rows)
    allow(Permission.FILE_CREATE, ANYTHING)
    return _take_in(candidate, None, url_for("candidates.show", candidate_id=candidate_id, _anchor="files"))


@bp.get("/files/<key>")
@requires(Permission.FILE_READ, writes=True)
def show(key: str) -> Response:
    """The file to save, never to show; that it was read is on record."""
    row = load_or_404(db_session(), visible.whole_files(current_actor()).where(StoredFile.key == key))
    try:
        opened = read_file(db_session(), file_store(), row, actor=current_actor())
    except NoSuchFile:
        current_app.logger.error("the content of file %s is missing", row.id)
        return show_error(404, "The file is on record, but its content is missing from the store.")
    response = to_save(opened, row.name, media_type=row.media_type, size=row.size)
    response.set_etag(row.sha256)
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=row.size)
    except HTTPException:
        opened.close()
        raise
    return response


@bp.get("/files/<key>/text")
@requires(Permission.FILE_READ, writes=True)
def show_text(key: str) -> str:
    """The words of a file, to read beside what they are held against; that they were read is on record.

    Who may not have the file itself reads them without the ways to reach its person.
    """
    row = load_or_404(db_session(), visible.files(current_actor()).where(StoredFile.key == key))
    found = db_session().get(FileText, row.id)
    if found is None or found.text is None:
        abort(404)
    note_read(db_session(), row, actor=current_actor())
    candidate = db_session().get_one(Candidate, row.candidate_id)
    whole = visible.whole_files(current_actor()).where(StoredFile.id == row.id)
    is_whole = db_session().scalar(whole.with_only_columns(StoredFile.id)) is not None
    text, name = found.text if is_whole else without_contacts(found.text), row.name
    about = {"back": url_for("candidates.show", candidate_id=candidate.id), "of": candidate.name or "Erased"}
    if row.application_id is not None:
        application = db_session().get_one(Application, row.application_id)
        about["back"] = url_for("applications.show", application_id=application.id)
        about["of"] = whose(application)
        if veiled_among(db_session(), current_actor(), [application.id]):
            text, name = without_person(text, candidate.name), FILE_KIND_LABELS[row.kind]
    page = {"title": name, "text": text, "is_whole": is_whole, **about}
    return render_template("files/text.html", file=row, **page)


def to_save(opened: BinaryIO, name: str, *, media_type: str, size: int) -> Response:
    """The answer that hands a file out to be saved under this name, as it is read; never to be shown."""
    response = Response(wrap_file(request.environ, opened), direct_passthrough=True)
    response.content_type = media_type
    response.content_length = size
    response.headers["Content-Disposition"] = _to_save_as(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def file_store() -> FileStore:
    """Where the bytes of this tracker lie."""
    return FileStore(config().files_folder)


def file_lines(rows: Any, *, is_named: bool = True) -> list[dict[str, Any]]:
    """Files as their list shows them; what the store no longer holds is marked.

    Without names where a name is hidden: people call their files by their own.
    """
    store = file_store()
    return [
        {
            "name": row.name if is_named else FILE_KIND_LABELS[row.kind],
            "href": url_for("files.show", key=row.key) if row.is_whole else "",
            "kind": FILE_KIND_LABELS[row.kind],
            "size": file_size(row.size),
            "at": row.created_at,
            "job": row.title or "",
            "is_missing": not store.holds(row.bytes_key, row.size),
            "text_href": url_for("files.show_text", key=row.key) if row.state is TextState.READ else "",
            "unreadable": row.reason if row.state is TextState.UNREADABLE else "",
        }
        for row in rows
    ]


def _to_save_as(name: str) -> str:
    """The header of a file to save: it carries plain letters only, so other names come in a second form."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    in_full = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f"attachment; filename={quote_header_value(plain or 'file')}{in_full}"


def _take_in(candidate: Candidate, application: Application | None, back: str) -> Any:
    asked = request.args.get("kind", "")
    form, status = UploadForm(kind=asked if asked in set(FileKind) else FileKind.RESUME.value), 422
    if form.validate_on_submit():
        given = form.content()
        status = 413 if len(given.data) > LARGEST_FILE else 422
        with rule_errors_on(form):
            _attach(form, candidate, application, given)
            flash("The file is kept.", "success")
            return redirect(back, 303)
    page = {"candidate": candidate, "application": application, "back": back}
    return render_template("files/new.html", form=form, **page), status if form.is_submitted() else 200


def _attach(form: UploadForm, candidate: Candidate, application: Application | None, given: HandedIn) -> None:
    attach_handed_in(
        db_session(),
        file_store(),
        candidate,
        given,
        actor=current_actor(),
        kind=FileKind(form.kind.data),
        application=application,
    )


def file_size(count: int) -> str:
    """How large a file is, in the largest unit that fits."""
    if count < 1024:
        return f"{count} bytes"
    return f"{count // 1024} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
