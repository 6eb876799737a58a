"""A candidate's own data: taking them away, asking for erasure, staying in touch."""

import io
import json
import zipfile
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for

from tracker import clock
from tracker.domain.notices import NoticeKind
from tracker.domain.rich_texts import rich_text
from tracker.files import NoSuchFile
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DATA_REQUEST_STATE_LABELS
from tracker.models.files import StoredFile
from tracker.queries.data_requests import latest_request
from tracker.queries.notices import notice_in_use, pool_end
from tracker.services.candidate_access import candidate_actor
from tracker.services.erasure_requests import ask_for_erasure
from tracker.services.own_data import POOL_LASTS, gather_own_data, join_pool, leave_pool, own_files
from tracker.web.access import public
from tracker.web.files import file_store
from tracker.web.forms.own_page import ErasureForm, PoolForm
from tracker.web.own_access import for_candidate
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("own_data", __name__, url_prefix="/my/data")


@bp.get("")
@public()
@for_candidate
def show(candidate: Candidate) -> str:
    return _page(candidate, ErasureForm(formdata=None), PoolForm(formdata=None))


@bp.post("/download")
@public(writes=True)
@for_candidate
def download(candidate: Candidate) -> Response:
    """Data as JSON and files as they are, in one archive."""
    data = gather_own_data(db_session(), candidate, actor=candidate_actor(candidate))
    packed = _packed(data, own_files(db_session(), candidate))
    response = Response(packed, mimetype="application/zip")
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
        STATE_LABELS=DATA_REQUEST_STATE_LABELS,
        erasure_form=erasure_form,
        pool_form=pool_form,
        notice=rich_text(notice.text),
        pool_until=pool_end(db_session(), candidate.id, clock.today()),
        would_end_on=clock.today() + POOL_LASTS,
    )


def _packed(data: dict[str, Any], files: Any) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        for row in files:
            content = _content(row)
            if content is not None:
                archive.writestr(f"files/{row.id}-{row.name}", content)
    return whole.getvalue()


def _content(row: StoredFile) -> bytes | None:
    try:
        with file_store().open(row.key) as opened:
            return opened.read()
    except NoSuchFile:
        return None
