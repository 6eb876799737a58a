"""A candidate's own data: taking them away, asking for erasure, staying in touch."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from typing import Any, BinaryIO

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from tracker import clock
from tracker.domain.notices import NoticeKind
from tracker.domain.rich_texts import rich_text
from tracker.domain.statement_openings import lower_first
from tracker.files import FileStore, NoSuchFile
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DATA_REQUEST_STATE_LABELS
from tracker.models.files import StoredFile
from tracker.models.signatures import OfferSignature
from tracker.queries.data_requests import latest_request
from tracker.queries.notices import notice_in_use, pool_end
from tracker.services.candidate_access import candidate_actor
from tracker.services.erasure_requests import ask_for_erasure
from tracker.services.own_data import (
    POOL_LASTS,
    gather_own_data,
    join_pool,
    leave_pool,
    note_data_taken,
    own_files,
)
from tracker.services.own_records import own_reports, signed_letters
from tracker.services.rate_limits import count_asked
from tracker.web.access import public
from tracker.web.errors import show_error
from tracker.web.files import file_store
from tracker.web.forms.own_page import ErasureForm, PoolForm
from tracker.web.own_access import for_candidate
from tracker.web.running import database
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("own_data", __name__, url_prefix="/my/data")

MOST_DOWNLOADS = 4  # in a quarter of an hour
_BLOCK = 64 * 1024


@bp.get("")
@public()
@for_candidate
def show(candidate: Candidate) -> str:
    return _page(candidate, ErasureForm(formdata=None), PoolForm(formdata=None))


@bp.post("/download")
@public()
@for_candidate
def download(candidate: Candidate) -> Response:
    """Data as JSON and files as they are, in one archive; on record before anything of it is read."""
    # In a short transaction of its own, so that nobody who writes waits for the files of somebody else.
    with database().writing() as session:
        wait = count_asked(session, [(f"data:candidate:{candidate.id}", MOST_DOWNLOADS)])
        if not wait:
            note_data_taken(session, candidate, actor=candidate_actor(candidate))
    if wait:
        response = show_error(
            429, "You took your data away often. Wait a quarter of an hour, then ask again."
        )
        response.headers["Retry-After"] = str(wait)
        return response
    data = gather_own_data(db_session(), candidate)
    files = [*own_files(db_session(), candidate), *own_reports(db_session(), candidate.id)]
    packed, size = _packed(data, files, signed_letters(db_session(), candidate.id))
    response = Response(_blocks(packed), mimetype="application/zip", direct_passthrough=True)
    response.call_on_close(packed.close)
    response.content_length = size
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


@bp.post("/erasure")
@public(writes=True)
@for_candidate
def erasure(candidate: Candidate) -> Any:
    form = ErasureForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            ask_for_erasure(db_session(), candidate, note=form.note.data, actor=candidate_actor(candidate))
            flash("We have your request, and will see to it.", "success")
            return redirect(url_for(".show"), 303)
    return _page(db_session().get_one(Candidate, candidate.id), form, PoolForm(formdata=None)), 422


@bp.post("/pool/join")
@public(writes=True)
@for_candidate
def join(candidate: Candidate) -> Any:
    return _say(candidate, join_pool, "Thank you. We may write to you about other jobs.")


@bp.post("/pool/leave")
@public(writes=True)
@for_candidate
def leave(candidate: Candidate) -> Any:
    return _say(candidate, leave_pool, "Your consent is taken back.")


def _say(candidate: Candidate, deed: Any, said: str) -> Any:
    form = PoolForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed(
                db_session(), candidate, seen_version=form.notice.data or "", actor=candidate_actor(candidate)
            )
            flash(said, "success")
            return redirect(url_for(".show"), 303)
    return _page(db_session().get_one(Candidate, candidate.id), ErasureForm(formdata=None), form), 422


def _page(candidate: Candidate, erasure_form: ErasureForm, pool_form: PoolForm) -> str:
    notice = notice_in_use(db_session(), NoticeKind.TALENT_POOL)
    pool_form.notice.data = notice.version
    return render_template(
        "own_page/data.html",
        candidate=candidate,
        files=own_files(db_session(), candidate),
        asked=latest_request(db_session(), candidate.id),
        states={state: lower_first(label) for state, label in DATA_REQUEST_STATE_LABELS.items()},
        erasure_form=erasure_form,
        pool_form=pool_form,
        notice=rich_text(notice.text),
        pool_until=pool_end(db_session(), candidate.id, clock.today()),
        would_end_on=clock.today() + POOL_LASTS,
    )


def _packed(
    data: dict[str, Any], files: Iterable[StoredFile], signed: Iterable[OfferSignature]
) -> tuple[BinaryIO, int]:
    """The archive, spooled to the disk that holds the files, and its size in bytes."""
    store = file_store()
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as unfinished:
        # Where temporary files usually lie is often memory itself; this one has no name and goes by itself.
        whole: Any = unfinished.enter_context(tempfile.TemporaryFile(dir=store.folder))
        # Stored as they are: documents are packed already.
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
            for row in files:
                _add(archive, store, row)
            for signature in signed:
                archive.writestr(f"offers/signed-offer-{signature.offer_id}.pdf", signature.document)
        size = whole.tell()
        whole.seek(0)
        unfinished.pop_all()
    return whole, size


def _add(archive: zipfile.ZipFile, store: FileStore, row: StoredFile) -> None:
    name = f"files/{row.id}-{row.name}"
    with suppress(NoSuchFile), store.open(row.bytes_key) as content, archive.open(name, "w") as part:
        shutil.copyfileobj(content, part)


def _blocks(whole: BinaryIO) -> Iterator[bytes]:
    with whole:
        while block := whole.read(_BLOCK):
            yield block
