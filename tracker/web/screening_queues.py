"""The screening queue of a job: one application at a time, its résumé beside what the job asks for."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker.domain.contact_masks import without_person
from tracker.domain.permissions import Permission
from tracker.domain.qualifications import VERDICT_BADGES, VERDICT_LABELS, asked_of, verdict_of
from tracker.domain.resume_profiles import profile_lines
from tracker.domain.rules import RuleBroken
from tracker.domain.screening_answers import answer_in_words, suggests_no
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, Stage
from tracker.models.applications import Application
from tracker.models.file_texts import TextState
from tracker.models.jobs import Job
from tracker.queries.applications import Event, move_events, moves_since, questions_with_answers
from tracker.queries.screening_queues import (
    first_in_queue,
    latest_review,
    place_of,
    queued_application,
    resumes_of,
    what_is_ahead,
)
from tracker.services.files import note_read
from tracker.services.mails import rejection_of
from tracker.services.moves import KeyReused, StaleVersion
from tracker.services.screening_queues import AlreadyReviewed, pass_resume, reject_at_screening
from tracker.web.access import current_actor, requires
from tracker.web.forms.screening_queues import QueueForm
from tracker.web.job_frames import load_job
from tracker.web.moves import tell_of_move
from tracker.web.outbox import sender
from tracker.web.records import stands_in
from tracker.web.transaction import db_session

bp = Blueprint("screening_queues", __name__, url_prefix="/jobs/<int:job_id>/screen")


@bp.get("")
@requires(Permission.SCREENING_RECORD)
def index(job_id: int) -> Any:
    """The one that waits longest; at the end of the queue, or of an empty one, what comes next."""
    job = load_job(job_id, Permission.SCREENING_RECORD)
    first = first_in_queue(db_session(), job_id, current_actor())
    if first is not None and request.args.get("at") != "end":
        return redirect(url_for(".show", job_id=job_id, application_id=first), 303)
    ahead = what_is_ahead(db_session(), job_id, current_actor())
    return render_template("screenings/queue_end.html", job=job, ahead=ahead, first=first)


@bp.get("/<int:application_id>")
@requires(Permission.SCREENING_RECORD, writes=True)
def show(job_id: int, application_id: int) -> Any:
    application = _load(job_id, application_id)
    form = _form(application.job, formdata=None)
    return _page(application, form)


@bp.post("/<int:application_id>")
@requires(Permission.SCREENING_RECORD, writes=True)
def decide(job_id: int, application_id: int) -> Any:
    application = _load(job_id, application_id)
    form = _form(application.job)
    following = place_of(db_session(), application, current_actor()).next_id
    try:
        seen = form.seen()
    except ValueError:
        abort(400)
    is_pass = request.form.get("decision") == "pass"
    if not is_pass and request.form.get("decision") != "reject":
        abort(400)
    if not form.validate():
        return _page(application, form), 422
    try:
        _pass(application, form, seen) if is_pass else _reject(application, form, seen)
    except RuleBroken as broken:
        return _explain(job_id, application_id, form, broken)
    if following is None:
        return redirect(url_for(".index", job_id=job_id, at="end"), 303)
    return redirect(url_for(".show", job_id=job_id, application_id=following), 303)


def _pass(application: Application, form: QueueForm, seen: tuple[int, int | None]) -> None:
    pass_resume(
        db_session(),
        application,
        form.judged(),
        seen_version=seen[0],
        seen_review_id=seen[1],
        actor=current_actor(),
    )
    flash(f"{_name(application)}: the résumé passes.", "success")


def _reject(application: Application, form: QueueForm, seen: tuple[int, int | None]) -> None:
    move = reject_at_screening(
        db_session(),
        application,
        form.judged(),
        disposition=form.disposition.data or None,
        note=form.note.data,
        seen_version=seen[0],
        seen_review_id=seen[1],
        actor=current_actor(),
        idempotency_key=form.key.data or None,
        # Who sends no box at all is no page that offered one.
        mails="asks_mails" not in request.form or form.mails.data,
    )
    tell_of_move(move, _name(application), "screen")


def _name(application: Application, *, is_shown: bool = False) -> str:
    """Who it is, or the number of the application where the job's queue hides that."""
    if application.job.has_hidden_names and not is_shown:
        return f"Application {application.id}"
    return application.candidate.name or "Erased"


def _masking(application: Application) -> Callable[[object], str]:
    """What somebody wrote themselves, without who it is and how to reach them."""
    return lambda written: without_person(str(written), application.candidate.name)


def _load(job_id: int, application_id: int) -> Application:
    load_job(job_id, Permission.SCREENING_RECORD)
    found = queued_application(db_session(), job_id, application_id, current_actor())
    return found if found is not None and found.stage is not None else abort(404)


def _form(job: Job, **values: Any) -> QueueForm:
    asked = asked_of(job.minimum_qualifications, job.preferred_qualifications)
    return QueueForm.for_job(asked, **values)


def _explain(job_id: int, application_id: int, form: QueueForm, broken: RuleBroken) -> Any:
    """The page that says why not, with all that was typed; a conflict says what happened in between."""
    db_session().rollback()
    fresh = _load(job_id, application_id)
    if isinstance(broken, StaleVersion):
        since = move_events(
            db_session(), moves_since(db_session(), fresh.id, form.seen()[0]), shows_texts=False
        )
        return _page(fresh, form, since=since), 409
    if isinstance(broken, AlreadyReviewed):
        return _page(fresh, form, is_reviewed_meanwhile=True), 409
    if isinstance(broken, KeyReused):
        form.form_errors.append(
            "This form was sent before with other content. Look at it again, then send it."
        )
        return _page(fresh, form), 409
    if broken.field and broken.field in form:
        form[broken.field].errors = [*form[broken.field].errors, broken.message]
    else:
        form.form_errors.append(broken.message)
    return _page(fresh, form), 422


def _page(
    application: Application,
    form: QueueForm,
    *,
    since: list[Event] | None = None,
    is_reviewed_meanwhile: bool = False,
) -> str:
    session, actor = db_session(), current_actor()
    review = latest_review(session, application.id)
    resumes = resumes_of(session, application, actor)
    if request.method == "GET" and resumes and resumes[0][1] and resumes[0][1].text:
        note_read(session, resumes[0][0], actor=actor)
    is_here = stands_in(application, Stage.SCREENING)
    # A review that came between is not this person's decision: what is hidden stays so for them.
    is_shown = not is_here or (review is not None and not is_reviewed_meanwhile)
    is_hidden = application.job.has_hidden_names and not is_shown
    # The page shows how things stand now, so what is sent next is about that.
    form.version.data = str(application.version)
    form.review.data = str(review[0].id) if review else ""
    form.key.data = secrets.token_urlsafe(12)
    return render_template(
        "screenings/queue.html",
        application=application,
        name=_name(application, is_shown=is_shown),
        is_hidden=is_hidden,
        of_person=_masking(application) if is_hidden else str,
        form=form,
        place=place_of(session, application, actor),
        is_here=is_here,
        review=review,
        is_reviewed_meanwhile=is_reviewed_meanwhile,
        since=since,
        resumes=resumes,
        profile=() if resumes else profile_lines(application.candidate.profile),
        TextState=TextState,
        answered=[
            (question, answer_in_words(question.shape, answer or ""), suggests_no(question.shape, answer))
            for question, answer in questions_with_answers(session, application)
        ],
        rejection=rejection_of(session, application, sender()) if is_here else None,
        verdict_of=verdict_of,
        VERDICT_LABELS=VERDICT_LABELS,
        VERDICT_BADGES=VERDICT_BADGES,
        STAGE_LABELS=STAGE_LABELS,
        OUTCOME_LABELS=OUTCOME_LABELS,
    )
