"""What was left open on an application, for its candidate to answer: questions of the job, the notice."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.notices import NoticeKind
from tracker.domain.rich_texts import rich_text
from tracker.domain.screening_answers import QuestionKind
from tracker.models.candidates import Candidate
from tracker.models.jobs import JobQuestion
from tracker.queries.notices import notice_in_use
from tracker.services.careers import question_field
from tracker.services.own_answers import answer_open_questions, confirm_privacy_notice, open_questions
from tracker.web.access import public
from tracker.web.files import file_store
from tracker.web.forms.applying import answers_form, as_text
from tracker.web.forms.own_page import PoolForm
from tracker.web.keeping import kept_for
from tracker.web.own_access import acting, for_candidate, own_application
from tracker.web.own_forms import keep_own
from tracker.web.transaction import db_session, rule_errors_on
from tracker.web.uploads import handed_in

bp = Blueprint("own_answers", __name__, url_prefix="/my/applications/<int:application_id>")


@bp.route("/answers", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def answer(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    asked = open_questions(db_session(), application)
    if not asked:
        flash("Everything is answered already. Thank you.", "info")
        return redirect(_back(application_id), 303)
    form = answers_form(asked)

    def deed() -> None:
        answers, files = _given(form, asked)
        actor = acting(candidate, application)
        answer_open_questions(db_session(), file_store(), application, answers, files, actor=actor)

    return keep_own(
        form,
        deed,
        application=application,
        title="Questions about your application",
        said="We have your answers. Thank you.",
        back=_back(application_id),
        advice=("What you send here stays as you send it.",),
    )


@bp.route("/notice", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def notice(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    form, words = PoolForm(), notice_in_use(db_session(), NoticeKind.PRIVACY)
    if form.validate_on_submit():
        with rule_errors_on(form):
            actor = acting(candidate, application)
            seen = form.notice.data or ""
            confirm_privacy_notice(db_session(), application, seen_version=seen, actor=actor)
            flash("Thank you. It is on record.", "success")
            return redirect(_back(application_id), 303)
    form.notice.data = words.version
    own = own_application(candidate, application_id)
    page = render_template(
        "own_page/notice.html",
        form=form,
        application=own,
        notice=rich_text(words.text),
        months=kept_for(own.job),
        back=_back(application_id),
    )
    return page, 422 if form.is_submitted() else 200


def _given(form: Any, asked: list[JobQuestion]) -> tuple[dict[int, str], dict[int, Any]]:
    fields = [(row, form[question_field(row.id)]) for row in asked]
    answers = {row.id: as_text(field.data) for row, field in fields if row.kind is not QuestionKind.FILE}
    files = {
        row.id: file
        for row, field in fields
        if row.kind is QuestionKind.FILE and (file := handed_in(field)) is not None
    }
    return answers, files


def _back(application_id: int) -> str:
    return url_for("own_page.show", application_id=application_id)
