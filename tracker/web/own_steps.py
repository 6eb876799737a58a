"""What candidates do on an application of theirs: sessions, referees, background check, files, tasks."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker.domain.deciding import MoveRequest
from tracker.domain.dispositions import DecidedBy, reasons_for
from tracker.domain.moves import MoveKind
from tracker.domain.notices import NoticeKind
from tracker.domain.onboarding import TaskOwner
from tracker.domain.rich_texts import rich_text
from tracker.domain.rules import RuleBroken
from tracker.domain.signing import checked_signature
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.models.interviews import Interview
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import Reference
from tracker.queries.merges import person_of
from tracker.queries.notices import notice_in_use
from tracker.services import background_checks, candidate_replies, references
from tracker.services.moves import make_move
from tracker.services.notices import keep_consent
from tracker.services.onboarding import finish_task, keep_paper
from tracker.services.own_files import hand_in_own_file
from tracker.web.access import load_or_404, public
from tracker.web.files import file_store
from tracker.web.forms.own_page import (
    DisclosureForm,
    OwnFileForm,
    RefereeForm,
    StepForm,
    TaskForm,
    WishForm,
    WithdrawalForm,
)
from tracker.web.own_access import acting, for_candidate, own_application
from tracker.web.own_forms import keep_own
from tracker.web.transaction import db_session, rule_errors_on
from tracker.web.uploads import handed_in

bp = Blueprint("own_steps", __name__, url_prefix="/my/applications/<int:application_id>")


@bp.post("/sessions/<int:interview_id>/confirm")
@public(writes=True)
@for_candidate
def confirm(candidate: Candidate, application_id: int, interview_id: int) -> Response:
    application, interview = _session(candidate, application_id, interview_id)
    try:
        candidate_replies.confirm_own_session(db_session(), interview, actor=acting(candidate, application))
        flash("Thank you. We look forward to meeting you.", "success")
    except RuleBroken as broken:
        db_session().rollback()
        flash(broken.message, "error")
    return redirect(_back(application_id), 303)


@bp.route("/sessions/<int:interview_id>/other-time", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def other_time(candidate: Candidate, application_id: int, interview_id: int) -> Any:
    application, interview = _session(candidate, application_id, interview_id)
    form = WishForm()
    return keep_own(
        form,
        lambda: candidate_replies.ask_other_time(
            db_session(), interview, wish=form.wish.data or "", actor=acting(candidate, application)
        ),
        application=application,
        title="Ask for another time",
        said="We have your wish and will write to you.",
        back=_back(application_id),
    )


@bp.route("/referees/new", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def name_referee(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    form = RefereeForm()
    return keep_own(
        form,
        lambda: references.add_reference(
            db_session(),
            application,
            referee_name=form.referee_name.data or "",
            relationship=form.relationship.data,
            email=form.email.data,
            actor=acting(candidate, application),
        ),
        application=application,
        title="Name a referee",
        said="Thank you. We are writing to them.",
        back=_back(application_id),
        advice=(
            "Somebody who has worked with you: a manager, a colleague, a customer.",
            "By naming them you agree that we ask them about your work.",
        ),
    )


@bp.route("/referees/<int:reference_id>/take-back", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def take_back(candidate: Candidate, application_id: int, reference_id: int) -> Any:
    application = own_application(candidate, application_id)
    rows = select(Reference).where(Reference.id == reference_id, Reference.application_id == application.id)
    reference = load_or_404(db_session(), rows)
    return keep_own(
        StepForm(),
        lambda: references.take_back_referee(db_session(), reference, actor=acting(candidate, application)),
        application=application,
        title=f"Take back {reference.referee_name or 'a referee'}",
        said="We do not ask them any more.",
        back=_back(application_id),
        label="Take back",
        advice=("Their link stops working. You can name somebody else.",),
    )


@bp.route("/background-check", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def disclosure(candidate: Candidate, application_id: int) -> Any:
    """The disclosure on a page of its own, with nothing else on it (15 USC 1681b(b)(2))."""
    application = own_application(candidate, application_id)
    if not application.job.needs_background_check or application.stage not in background_checks.STAGES:
        abort(404)
    form = DisclosureForm()
    notice = notice_in_use(db_session(), NoticeKind.BACKGROUND_CHECK)
    if form.validate_on_submit():
        with rule_errors_on(form):
            _answer_disclosure(candidate, application, form)
            flash("Your answer is on record.", "success")
            return redirect(_back(application_id), 303)
    form.notice.data = notice.version
    page = render_template(
        "own_page/disclosure.html", form=form, notice=rich_text(notice.text), back=_back(application_id)
    )
    return page, 422 if form.is_submitted() else 200


def _answer_disclosure(candidate: Candidate, application: Application, form: DisclosureForm) -> None:
    actor, is_given = acting(candidate, application), form.answer.data == "yes"
    name = checked_signature(form.typed_name.data or "", person_of(db_session(), application).name)
    background_checks.answer_disclosure(db_session(), application, is_given=is_given, actor=actor)
    keep_consent(
        db_session(),
        NoticeKind.BACKGROUND_CHECK,
        candidate_id=candidate.id,
        application_id=application.id,
        seen_version=form.notice.data or "",
        is_given=is_given,
        typed_name=name,
        address=request.remote_addr,
        actor=actor,
    )


@bp.route("/files/new", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def hand_in(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    if application.outcome is not Outcome.ACTIVE:
        abort(404)
    is_paper = application.stage is Stage.ONBOARDING
    form = OwnFileForm()
    form.take(has_pictures=is_paper)
    kind = FileKind.ONBOARDING if is_paper else FileKind.OTHER
    return keep_own(
        form,
        lambda: _attach(candidate, application, form.file, kind),
        application=application,
        title="Hand in a file",
        said="We have your file.",
        back=_back(application_id),
        label="Hand in",
    )


@bp.route("/tasks/<int:task_id>", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def finish(candidate: Candidate, application_id: int, task_id: int) -> Any:
    application = own_application(candidate, application_id)
    task = load_or_404(
        db_session(),
        select(OnboardingTask).where(
            OnboardingTask.id == task_id,
            OnboardingTask.application_id == application.id,
            OnboardingTask.owner == TaskOwner.CANDIDATE,
        ),
    )
    form = TaskForm()
    form.ask(needs_file=task.needs_file)

    def deed() -> None:
        actor = acting(candidate, application)
        if handed_in(form.file) is not None:
            keep_paper(
                db_session(),
                task,
                _attach(candidate, application, form.file, FileKind.ONBOARDING),
                actor=actor,
            )
        finish_task(db_session(), task, actor=actor)

    return keep_own(
        form,
        deed,
        application=application,
        title=task.title,
        said="Done. Thank you.",
        back=_back(application_id),
        label="It is done",
    )


@bp.route("/withdraw", methods=["GET", "POST"])
@public(writes=True)
@for_candidate
def withdraw(candidate: Candidate, application_id: int) -> Any:
    application = own_application(candidate, application_id)
    if _is_withdrawn(application):
        return _withdrawn_already(application_id)
    if application.outcome is not Outcome.ACTIVE:
        abort(404)
    form = WithdrawalForm()
    theirs = [
        one for one in reasons_for(Outcome.WITHDRAWN, application.stage) if one.decided_by is DecidedBy.THEM
    ]
    form.offer((one.key, one.label) for one in theirs)
    answer = keep_own(
        form,
        lambda: _withdraw(candidate, application, form),
        application=application,
        title="Withdraw your application",
        said="Your application is withdrawn. We wish you well.",
        back=_back(application_id),
        label="Withdraw",
        kind="danger",
        advice=("You are then no longer considered for this job.",),
    )
    # Of two that were sent at once, the later finds it withdrawn.
    return _withdrawn_already(application_id) if form.errors and _is_withdrawn(application) else answer


def _withdraw(candidate: Candidate, application: Application, form: WithdrawalForm) -> None:
    make_move(
        db_session(),
        application.id,
        MoveRequest(MoveKind.WITHDRAW, disposition=form.disposition.data, note=form.note.data or None),
        actor=acting(candidate, application),
        seen_stage=application.stage or Stage.APPLICATION,
        seen_version=form.seen(),
    )


def _is_withdrawn(application: Application) -> bool:
    return application.outcome is Outcome.WITHDRAWN


def _withdrawn_already(application_id: int) -> Response:
    flash("This application is withdrawn already.", "info")
    return redirect(_back(application_id), 303)


def _attach(candidate: Candidate, application: Application, field: Any, kind: FileKind) -> StoredFile:
    given = handed_in(field)
    if given is None:
        raise RuleBroken("Choose a file.", field="file")
    return hand_in_own_file(
        db_session(),
        file_store(),
        candidate,
        given,
        application=application,
        kind=kind,
        actor=acting(candidate, application),
    )


def _session(candidate: Candidate, application_id: int, interview_id: int) -> tuple[Application, Interview]:
    application = own_application(candidate, application_id)
    rows = select(Interview).where(Interview.id == interview_id, Interview.application_id == application.id)
    return application, load_or_404(db_session(), rows)


def _back(application_id: int) -> str:
    return url_for("own_page.show", application_id=application_id)
