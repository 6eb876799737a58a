"""Applying for a job by the careers pages, and the voluntary questions afterwards."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from tracker.domain.notices import NoticeKind
from tracker.domain.resume_contacts import Contacts
from tracker.domain.rich_texts import rich_text
from tracker.domain.rules import RuleBroken, RulesBroken
from tracker.domain.self_identification import self_form
from tracker.models.postings import Posting
from tracker.places import law_of
from tracker.queries.notices import notice_in_use
from tracker.queries.postings import asked_questions
from tracker.services.careers import APPLICANT, apply_by_careers_page, check_sheet
from tracker.services.rate_limits import count_asked
from tracker.services.self_identification import (
    answer_voluntarily,
    find_invitation,
    has_answered,
    invite_to_answer,
)
from tracker.services.sign_ins import hash_token
from tracker.web.access import public
from tracker.web.careers import CAME_BY, came_by, load_to_apply, remember_source, today_here
from tracker.web.files import file_store
from tracker.web.forms.applying import ApplyForm, apply_form, voluntary_form
from tracker.web.keeping import kept_for
from tracker.web.prefilling import (
    HELD,
    chosen_file,
    find_held_files,
    hold_chosen_files,
    read_contacts,
    release_held_files,
)
from tracker.web.running import database
from tracker.web.transaction import db_session, rule_errors_on, show_broken
from tracker.web.uploads import look_at_files

bp = Blueprint("applying", __name__)

VOLUNTARY = "voluntary"
# In a quarter of an hour: of one address of the network, and for one e-mail address.
MOST_OF_ADDRESS, MOST_FOR_EMAIL = 120, 6
MOST_READ_OF_ADDRESS, MOST_READ = 30, 300
"""How many résumés are read for the form: of one address, and of everybody."""
FILL = "fill"
TOO_MANY_READ = (
    "Too many résumés are being read just now. Fill in the form yourself; a file named below is kept."
)
TOO_MANY = "Too many applications came from here. Wait a quarter of an hour, then send yours again."


@bp.get("/careers/<int:job_id>/apply")
@public()
def new(job_id: int) -> str:
    load_to_apply(job_id)
    remember_source(str(job_id))
    form, _ = _form(job_id)
    return _page(job_id, form)


@bp.post("/careers/<int:job_id>/apply")
@public(writes=True)
def create(job_id: int) -> Any:
    # Counted before anything else: its own short transaction cannot wait for this request's.
    is_filling = request.form.get("step") == FILL
    wait = _count(_reading_keys() if is_filling else _sending_keys())
    look_at_files()
    find_held_files(job_id)
    told = read_contacts(chosen_file("resume")) if is_filling and not wait else None
    posting = load_to_apply(job_id)
    form, read = _form(job_id)
    if is_filling:
        return _fill(job_id, form, told, wait)
    if wait:
        form.form_errors = [*form.form_errors, TOO_MANY]
        page = _page(job_id, form, hold_chosen_files(job_id, form))
        return page, 429, {"Retry-After": str(wait)}
    if form.validate_on_submit():
        with rule_errors_on(form):
            return _take_in(posting, form, read)
    else:
        _show_what_else(posting, form, read)
    return _page(job_id, form, hold_chosen_files(job_id, form)), 422


def _show_what_else(posting: Posting, form: ApplyForm, read: str) -> None:
    """What the rules say against a form that is not filled in yet, so that all is put right in one go."""
    try:
        check_sheet(db_session(), posting, form.sheet(came_by="", is_staff=False, notice=read))
    except RuleBroken as broken:
        new = [one for one in broken.parts if one.field not in form or not form[one.field].errors]
        if new:
            show_broken(form, RulesBroken(new))


def _fill(job_id: int, form: ApplyForm, told: Contacts | None, wait: int) -> Any:
    """The form with what the résumé tells in its empty fields, and the file held for the sending."""
    given = chosen_file("resume")
    if given is None:
        form.resume.errors = ["Choose your résumé first, then press the button again."]
        return _page(job_id, form, hold_chosen_files(job_id, form)), 422
    try:
        given.look_at()
    except RuleBroken as broken:
        form.resume.errors = [broken.message]
        return _page(job_id, form, hold_chosen_files(job_id, form)), 422
    if wait:
        form.form_errors = [*form.form_errors, TOO_MANY_READ]
        page = _page(job_id, form, hold_chosen_files(job_id, form))
        return page, 429, {"Retry-After": str(wait)}
    filled = form.fill(told) if told else []
    return _page(job_id, form, hold_chosen_files(job_id, form), filled=filled, is_read=told is not None)


def _form(job_id: int) -> tuple[ApplyForm, str]:
    """The form of a job, and the version of the notice that its applicant has read."""
    form = apply_form(asked_questions(db_session(), job_id))
    read = form.notice.data or ""
    form.offer(notice_in_use(db_session(), NoticeKind.PRIVACY).version)
    return form, read


@bp.get("/careers/applied")
@public()
def done() -> str:
    token = session.get(VOLUNTARY, "")
    return render_template(
        "careers/applied.html", may_answer=bool(token) and find_invitation(db_session(), token) is not None
    )


@bp.route("/careers/voluntary", methods=["GET", "POST"])
@public(writes=True)
def voluntary() -> Any:
    token = session.get(VOLUNTARY, "")
    asked = find_invitation(db_session(), token) if token else None
    if asked is None:
        # Sent twice: the token stays with the browser and opens nothing any more.
        return redirect(url_for(".done"), 303) if has_answered(db_session(), token) else abort(404)
    form = voluntary_form(asked)
    if form.validate_on_submit():
        answers = {question.name: _codes(form[question.name].data) for question in asked.questions}
        with rule_errors_on(form):
            answer_voluntarily(db_session(), token, answers, actor=APPLICANT)
            flash("Thank you. Your answers are kept apart from your application.", "success")
            return redirect(url_for(".done"), 303)
    page = render_template("careers/voluntary.html", form=form, asked=asked)
    return page, 422 if form.is_submitted() else 200


def _take_in(posting: Posting, form: ApplyForm, read: str) -> Any:
    is_staff = bool(current_user and current_user.is_authenticated)
    sheet = form.sheet(came_by=came_by(posting.job_id), is_staff=is_staff, notice=read)
    application = apply_by_careers_page(db_session(), file_store(), posting, sheet, today=today_here())
    asked = self_form(law_of(posting.job.jurisdiction), today_here())
    session.pop(VOLUNTARY, None)
    if asked is not None:
        session[VOLUNTARY] = invite_to_answer(db_session(), application.id if application else None, asked)
    session.pop(CAME_BY, None)
    release_held_files()
    return redirect(url_for(".done"), 303)


def _sending_keys() -> Sequence[tuple[str, int]]:
    email = request.form.get("email", "").strip().lower()
    return (
        (f"apply:address:{request.remote_addr or ''}", MOST_OF_ADDRESS),
        (f"apply:email:{hash_token(email)[:32]}", MOST_FOR_EMAIL),
    )


def _reading_keys() -> Sequence[tuple[str, int]]:
    return (
        (f"apply:read:address:{request.remote_addr or ''}", MOST_READ_OF_ADDRESS),
        ("apply:read", MOST_READ),
    )


def _count(keys: Sequence[tuple[str, int]]) -> int:
    """Count the try in a transaction of its own; how many seconds to wait if there were too many."""
    with database().writing() as counting:
        return count_asked(counting, keys)


def _page(
    job_id: int,
    form: ApplyForm,
    held: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    *,
    filled: Sequence[str] = (),
    is_read: bool | None = None,
) -> str:
    # Read anew: what a broken rule began was rolled back.
    posting = load_to_apply(job_id)
    notice = notice_in_use(db_session(), NoticeKind.PRIVACY)
    form.notice.data = notice.version
    return render_template(
        "careers/apply.html",
        posting=posting,
        form=form,
        notice=rich_text(notice.text),
        months=kept_for(posting.job),
        own=[one for one in form if one.name.startswith("question_")],
        held=held,
        HELD=HELD,
        filled=filled,
        is_read=is_read,
    )


def _codes(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []
