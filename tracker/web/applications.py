"""One application: where it stands, what is missing, what happened, and what people write about it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from tracker import clock
from tracker.domain.contact_masks import without_person
from tracker.domain.deciding import MoveOption, Refusal, move_options
from tracker.domain.history import State
from tracker.domain.mentions import Colleague
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rules import RuleBroken
from tracker.domain.screening_answers import answer_in_words, suggests_no
from tracker.domain.stages import OUTCOME_BADGES, OUTCOME_LABELS, STAGE_LABELS, STAGES, Outcome
from tracker.models.applications import Application, ApplicationNote
from tracker.models.arrivals import Arrival
from tracker.models.interviews import Interview
from tracker.models.mentions import NoteMention
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.applications import other_applications, questions_with_answers, state_as_of, timeline
from tracker.queries.board import target_days
from tracker.queries.corrections import correction_events
from tracker.queries.facts import gather_facts
from tracker.queries.files import files_of_application
from tracker.queries.incoming_mails import received_events
from tracker.queries.interviews import open_rounds, subject_of
from tracker.queries.mentions import colleagues_of
from tracker.queries.outbox import mail_events
from tracker.queries.tags import tags_of
from tracker.queries.veils import veiled_among
from tracker.services import applications
from tracker.services.mentions import note_seen
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.files import file_lines
from tracker.web.filters import reader_zone
from tracker.web.forms.applications import ConsentNoticeForm, NoteForm
from tracker.web.requirement_places import requirement_items
from tracker.web.suggestions import suggested_now
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("applications", __name__, url_prefix="/applications/<int:application_id>")


@bp.get("")
@requires(Permission.APPLICATION_READ)
def show(application_id: int) -> str:
    return _page(_load(application_id), NoteForm(formdata=None))


@bp.post("/notes")
@requires(Permission.NOTE_CREATE, writes=True)
def add_note(application_id: int) -> Any:
    application = _load(application_id)
    allow(Permission.NOTE_CREATE, Subject(job_id=application.job_id))
    form = NoteForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            applications.add_note(
                db_session(),
                application,
                form.text.data,
                colleagues=colleagues_of(db_session(), application),
                also=form.mention.data or "",
                actor=current_actor(),
            )
            flash("Note added.", "success")
            return redirect(url_for(".show", application_id=application_id), 303)
    return _page(_load(application_id), form), 422


@bp.post("/notes/<int:note_id>/seen")
@requires(Permission.NOTE_READ, writes=True)
def see_note(application_id: int, note_id: int) -> Any:
    """Take a note that mentions whoever asks from their My work."""
    application = _load(application_id)
    allow(Permission.NOTE_READ, subject_of(db_session(), application))
    rows = (
        select(NoteMention)
        .join(NoteMention.note)
        .where(
            NoteMention.note_id == note_id,
            NoteMention.user_id == current_actor().id,
            ApplicationNote.application_id == application_id,
        )
    )
    note_seen(db_session(), load_or_404(db_session(), rows), actor=current_actor())
    return redirect(url_for(".show", application_id=application_id, _anchor=f"note-{note_id}"), 303)


@bp.route("/consent-notice", methods=["GET", "POST"])
@requires(Permission.SCREENING_RECORD, writes=True)
def consent_notice(application_id: int) -> Any:
    application = _load(application_id)
    form = ConsentNoticeForm(consent_notice=application.consent_notice)
    if form.validate_on_submit():
        with rule_errors_on(form):
            applications.record_consent_notice(
                db_session(), application, form.consent_notice.data, actor=current_actor()
            )
            flash("The privacy notice is on record.", "success")
            return redirect(url_for(".show", application_id=application_id), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("applications/consent_notice.html", application=application, form=form), status


@bp.route("/answers", methods=["GET", "POST"])
@requires(Permission.SCREENING_RECORD, writes=True)
def answers(application_id: int) -> Any:
    application = _load(application_id)
    kept = questions_with_answers(db_session(), application)
    asked = [(q, request.form.get(f"answer-{q.id}", answer or "")) for q, answer in kept]
    fault = ""
    if request.method == "POST":
        given = {question.id: answer for question, answer in asked}
        try:
            applications.answer_questions(db_session(), application, given, actor=current_actor())
            flash("The answers are on record.", "success")
            return redirect(url_for(".show", application_id=application_id), 303)
        except RuleBroken as broken:
            db_session().rollback()
            fault = broken.message
    page = {"application": _load(application_id), "asked": asked, "fault": fault}
    return render_template("applications/answers.html", **page), 422 if fault else 200


def _load(application_id: int) -> Application:
    rows = visible.applications(current_actor()).where(Application.id == application_id)
    return load_or_404(db_session(), rows)


def _page(application: Application, note_form: NoteForm) -> str:
    session, actor, now = db_session(), current_actor(), clock.here()
    if application.stage is None or application.stage_entered_at is None:
        abort(404)
    facts = gather_facts(session, [application.id], now=now)[application.id]
    options = tuple(o for o in move_options(facts, actor, now) if o.refused is not Refusal.TOO_LATE)
    onward = next((o for o in options if o.edge.kind in (MoveKind.ADVANCE, MoveKind.COMPLETE)), None)
    subject = subject_of(session, application)
    targets = target_days(session, application.job_id)
    days = max(0, (now - application.stage_entered_at).days)
    others = other_applications(session, application, actor)
    veiled = veiled_among(session, actor, [application.id, *(one.id for one in others)])
    is_veiled = application.id in veiled
    return render_template(
        "applications/show.html",
        application=application,
        subject=subject,
        onward=onward,
        heading=_heading(onward),
        items=requirement_items(application, onward) if onward else [],
        moves=[o for o in options if o.refused is None],
        track=_track(application),
        is_veiled=is_veiled,
        timeline_events=_timeline(application, subject, is_veiled=is_veiled),
        sessions=session.scalars(
            visible.interviews(actor)
            .where(Interview.application_id == application.id)
            .order_by(Interview.starts_at, Interview.id)
        ).all(),
        rounds=open_rounds(session, application),
        files=file_lines(files_of_application(session, actor, application), is_named=not is_veiled),
        others=[] if is_veiled else [one for one in others if one.id not in veiled],
        recruiter=session.get(User, application.recruiter_id) if application.recruiter_id else None,
        tags=tags_of(session, [application.id], actor).get(application.id, ()),
        **_form_facts(application, subject, is_veiled=is_veiled),
        days=days,
        target=targets[application.stage],
        as_of=_as_of(application),
        note_form=note_form,
        suggested=suggested_now(application),
        may_be_mentioned=_may_be_mentioned(application, subject),
        MoveKind=MoveKind,
        STAGE_LABELS=STAGE_LABELS,
        OUTCOME_LABELS=OUTCOME_LABELS,
        OUTCOME_BADGES=OUTCOME_BADGES,
    )


def _may_be_mentioned(application: Application, subject: Subject) -> list[Colleague]:
    """Whom a note of the actor may mention."""
    if not can(current_actor(), Permission.NOTE_CREATE, subject):
        return []
    colleagues = colleagues_of(db_session(), application)
    return [one for one in colleagues if one.may_read and one.id != current_actor().id]


def _form_facts(application: Application, subject: Subject, *, is_veiled: bool) -> dict[str, Any]:
    """What the applicant wrote into the form and by which way they came, for those who manage the hiring."""
    session, actor = db_session(), current_actor()
    if not can(actor, Permission.HISTORY_READ, subject):
        return {"answered": [], "arrival": None, "may_reject": False}
    name = application.candidate.name

    def said(answer: str) -> str:
        return without_person(answer, name) if is_veiled else answer

    answered = [
        (question, said(answer_in_words(question.shape, answer)), suggests_no(question.shape, answer))
        for question, answer in questions_with_answers(session, application)
        if answer
    ]
    is_active = application.outcome is Outcome.ACTIVE
    return {
        "answered": answered,
        "arrival": session.get(Arrival, application.id)
        if not is_veiled and can(actor, Permission.CONTACT_READ, subject)
        else None,
        "may_reject": is_active and can(actor, Permission.APPLICATION_MOVE, subject),
    }


def _heading(onward: MoveOption | None) -> str:
    if onward is None:
        return ""
    if onward.edge.kind is MoveKind.COMPLETE:
        return "Next: hired"
    return f"Next: {STAGE_LABELS[onward.edge.to_stage]}"


def _track(application: Application) -> list[dict[str, str]]:
    here = application.stage.place if application.stage else 0
    is_done = application.outcome is Outcome.HIRED

    def state(place: int) -> str:
        return "done" if place < here or (is_done and place == here) else "here" if place == here else "todo"

    return [{"label": STAGE_LABELS[stage], "state": state(stage.place)} for stage in STAGES]


def _timeline(application: Application, subject: Subject, *, is_veiled: bool) -> list[Any]:
    """Moves for those who may read the history; notes and texts once they owe no scorecard."""
    actor = current_actor()
    if not can(actor, Permission.HISTORY_READ, subject):
        return []
    events = timeline(db_session(), application.id, shows_notes=can(actor, Permission.NOTE_READ, subject))
    reads_mail = can(actor, Permission.CONTACT_READ, subject)
    shows_words = reads_mail and can(actor, Permission.NOTE_READ, subject)
    if is_veiled:
        # Mails name whom they are to, and who wrote.
        return events
    events += mail_events(db_session(), application, actor, clock.now(), shows_words=shows_words)
    events += correction_events(db_session(), application.id)
    if reads_mail:
        events += received_events(db_session(), application.id)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _as_of(application: Application) -> tuple[date, State] | None:
    """Where the application stood at the end of the day that the address names."""
    try:
        asked = date.fromisoformat(request.args["as_of"]) if request.args.get("as_of") else None
        if asked is None:
            return None
        midnight = datetime.combine(asked + timedelta(days=1), time(), reader_zone())
        return asked, state_as_of(db_session(), application.id, midnight - timedelta(microseconds=1))
    except (ValueError, OverflowError):
        abort(400)
