"""The notice before an adverse decision as its candidate reads it, with the report and their rights."""

import io
from typing import Any

from flask import Blueprint, Response, abort, render_template

from tracker.files import NoSuchFile
from tracker.models.adverse_notices import PreAdverseNotice, RightsSummary
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries.adverse_notices import notice_sent, reports_of
from tracker.services.adverse_notices import note_report_taken
from tracker.web.access import public
from tracker.web.errors import show_error
from tracker.web.files import file_store, to_save
from tracker.web.own_access import acting, for_candidate, own_application
from tracker.web.transaction import db_session

bp = Blueprint("own_notices", __name__, url_prefix="/my/applications/<int:application_id>/background-notice")


@bp.get("")
@public()
@for_candidate
def show(candidate: Candidate, application_id: int) -> str:
    application, notice = _load(candidate, application_id)
    return render_template(
        "own_page/notice_sent.html",
        application=application,
        notice=notice,
        reports=reports_of(db_session(), application.id),
        summary=_summary(notice),
    )


@bp.get("/report/<int:file_id>")
@public(writes=True)
@for_candidate
def report(candidate: Candidate, application_id: int, file_id: int) -> Any:
    application, _ = _load(candidate, application_id)
    file = next((one for one in reports_of(db_session(), application.id) if one.id == file_id), None)
    if file is None:
        abort(404)
    try:
        opened = file_store().open(file.bytes_key)
    except NoSuchFile:
        return show_error(404, "The content of this file is missing. Please tell us.")
    note_report_taken(db_session(), file, actor=acting(candidate, application))
    return to_save(opened, file.name, media_type=file.media_type, size=file.size)


@bp.get("/rights")
@public()
@for_candidate
def rights(candidate: Candidate, application_id: int) -> Response:
    _, notice = _load(candidate, application_id)
    summary = _summary(notice)
    if summary is None:
        abort(404)
    content = io.BytesIO(summary.document)
    return to_save(content, summary.name, media_type=summary.media_type, size=len(summary.document))


def _load(candidate: Candidate, application_id: int) -> tuple[Application, PreAdverseNotice]:
    application = own_application(candidate, application_id)
    notice = notice_sent(db_session(), application.id)
    return (application, notice) if notice is not None else abort(404)


def _summary(notice: PreAdverseNotice) -> RightsSummary | None:
    return db_session().get(RightsSummary, notice.summary_id) if notice.summary_id else None
