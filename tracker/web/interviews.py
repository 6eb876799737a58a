"""Interviews: a person's own sessions, and setting up, changing, holding and calling off an application's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.agendas import agenda, asked_in, meeting
from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS, InterviewKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.applications import Application
from tracker.models.candidate_replies import (
    CANDIDATE_ANSWER_BADGES,
    CANDIDATE_ANSWER_LABELS,
    CandidateReply,
)
from tracker.models.interviews import (
    INTERVIEW_STATUS_BADGES,
    INTERVIEW_STATUS_LABELS,
    PANEL_ANSWER_BADGES,
    PANEL_ANSWER_LABELS,
    Interview,
    InterviewStatus,
)
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.interviews import Clash, clashes, interview_subject, my_interviews, open_rounds
from tracker.queries.panel_cover import lacking_cover
from tracker.queries.panel_replies import replies_to
from tracker.queries.practices import practice_state
from tracker.queries.rubrics import scoring_rows
from tracker.queries.scorecards import own_card, session_rows
from tracker.queries.users import list_users
from tracker.services import interviews
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.interviews import InterviewEditForm, InterviewForm
from tracker.web.forms.records import ReasonForm, StepForm
from tracker.web.levels import anchors_of
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("interviews", __name__)


@bp.get("/interviews")
@requires(Permission.INTERVIEW_READ)
def index() -> str:
    now = clock.now()
    sessions = my_interviews(db_session(), current_actor().id or 0)
    owed = [one for one, card in sessions if card is None or card.submitted_at is None]
    done = [one for one, card in reversed(sessions) if card is not None and card.submitted_at is not None]
    due = [one for one in owed if one.has_begun(now)]
    to_come = [one for one in owed if not one.has_begun(now)]
    return render_template(
        "interviews/index.html",
        due=due,
        to_come=to_come,
        done=done,
        practice=practice_state(db_session(), current_actor()),
    )


@bp.route("/applications/<int:application_id>/interviews/new", methods=["GET", "POST"])
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.INTERVIEW_SCHEDULE)
    rows = scoring_rows(db_session(), application.job)
    rounds = open_rounds(db_session(), application)
    form = InterviewForm()
    form.offer(_people(), rows, reader_zone())
    named = next((one for one in rounds if one.position == request.args.get("round", type=int)), None)
    if named is not None and not form.is_submitted():
        form.show_round(named)
    if rows and form.validate_on_submit():
        with rule_errors_on(form):
            starts_at = form.starts_in(reader_zone())
            if not form.stops_at(_clashes(application, form, starts_at)):
                session = _schedule(application, form, starts_at)
                note = form.note_on(session.starts_at, reader_zone())
                flash(f"The session is set up.{note}", "success")
                return redirect(url_for(".show", interview_id=session.id), 303)
    page = render_template(
        "interviews/new.html",
        application=load_application(application_id, Permission.APPLICATION_READ),
        form=form,
        has_rubric=bool(rows),
        rounds=rounds if named is None else [],
        has_clash=bool(form.is_submitted() and form.panel.errors),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/interviews/<int:interview_id>")
@requires(Permission.INTERVIEW_READ)
def show(interview_id: int) -> str:
    interview = load_interview(interview_id)
    actor, session = current_actor(), db_session()
    sits = actor.id in {member.user_id for member in interview.panel}
    card = own_card(session, interview.id, actor.id) if sits and actor.id is not None else None
    subject = interview_subject(session, interview)
    status = InterviewStatus.HELD if interview.is_held(clock.now()) else interview.status
    may_schedule = can(actor, Permission.INTERVIEW_SCHEDULE, subject)
    is_cancelled = status is InterviewStatus.CANCELLED
    return render_template(
        "interviews/show.html",
        interview=interview,
        sits=sits,
        is_due=sits and (card is None or card.submitted_at is None),
        has_begun=interview.has_begun(clock.now()),
        replies=replies_to(session, interview.id),
        own_reply=session.get(CandidateReply, interview.id),
        OWN_LABELS=CANDIDATE_ANSWER_LABELS,
        OWN_BADGES=CANDIDATE_ANSWER_BADGES,
        may_answer=sits and not is_cancelled and not interview.has_begun(clock.now()),
        ANSWER_LABELS=PANEL_ANSWER_LABELS,
        ANSWER_BADGES=PANEL_ANSWER_BADGES,
        is_cancelled=is_cancelled,
        # What stands here depends on the time and the reader's own card alone, never on another's.
        may_hold=may_schedule and interview.status is InterviewStatus.SCHEDULED,
        may_change=may_schedule and not is_cancelled and interviews.may_change(interview, subject, actor),
        lacking=lacking_cover(session, interview.application) if may_schedule else (),
        status=(INTERVIEW_STATUS_LABELS[status], INTERVIEW_STATUS_BADGES[status]),
        **_kit(interview),
    )


@bp.get("/interviews/<int:interview_id>/kit")
@requires(Permission.INTERVIEW_READ)
def kit(interview_id: int) -> str:
    """What an interviewer takes into the room, on paper."""
    interview = load_interview(interview_id)
    return render_template("interviews/kit.html", interview=interview, **_kit(interview))


@bp.route("/interviews/<int:interview_id>/edit", methods=["GET", "POST"])
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
def edit(interview_id: int) -> Any:
    interview = _load_to_change(interview_id)
    form = InterviewEditForm()
    form.offer_people(_people(interview), reader_zone())
    if not form.is_submitted():
        form.show(interview, reader_zone())
    if form.validate_on_submit():
        with rule_errors_on(form):
            starts_at = form.start_of(interview, reader_zone())
            if not form.stops_at(_clashes(interview.application, form, starts_at, interview)):
                _change(interview, form, starts_at)
                note = form.note_on(interview.starts_at, reader_zone())
                flash(f"The session is changed.{note}", "success")
                return redirect(url_for(".show", interview_id=interview_id), 303)
    page = render_template(
        "interviews/edit.html",
        interview=load_interview(interview_id),
        form=form,
        has_clash=bool(form.is_submitted() and form.panel.errors),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/interviews/<int:interview_id>/hold", methods=["GET", "POST"])
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
def hold(interview_id: int) -> Any:
    interview = _load_to_change(interview_id)
    return keep(
        interview.application,
        StepForm(),
        lambda: interviews.hold_interview(db_session(), interview, actor=current_actor()),
        title="The session was held",
        said="It is on record that the session was held.",
        back=url_for(".show", interview_id=interview_id),
        label="Mark as held",
        advice=f"{interview.title}: for a session that took place before its time. Otherwise it counts as "
        "held once its time is over.",
    )


@bp.route("/interviews/<int:interview_id>/cancel", methods=["GET", "POST"])
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
def cancel(interview_id: int) -> Any:
    interview = _load_to_change(interview_id)
    form = ReasonForm()

    def deed() -> object:
        return interviews.cancel_interview(
            db_session(), interview, reason=form.reason.data, actor=current_actor()
        )

    return keep(
        interview.application,
        form,
        deed,
        title="Cancel the session",
        said="The session is cancelled.",
        back=url_for(".show", interview_id=interview_id),
        label="Cancel the session",
        advice=interview.title,
    )


def load_interview(interview_id: int) -> Interview:
    """The session, if the person may know of it."""
    rows = visible.interviews(current_actor()).where(Interview.id == interview_id)
    return load_or_404(db_session(), rows)


def _load_to_change(interview_id: int) -> Interview:
    interview = load_interview(interview_id)
    allow(Permission.INTERVIEW_SCHEDULE, Subject(job_id=interview.application.job_id))
    return interview


def _people(interview: Interview | None = None) -> list[User]:
    """Who can be asked to interview: the active people, and whoever sits there already."""
    sitting = {member.user_id for member in interview.panel} if interview else set[int]()
    return [user for user in list_users(db_session()) if user.is_active or user.id in sitting]


def _clashes(
    application: Application,
    form: InterviewForm | InterviewEditForm,
    starts_at: datetime,
    changed: Interview | None = None,
) -> Sequence[Clash]:
    minutes = form.minutes.data
    interviews.check_time(starts_at, minutes)
    return clashes(
        db_session(),
        starts_at=starts_at,
        minutes=minutes,
        panel=form.panel_ids(),
        candidate_id=application.candidate_id,
        actor=current_actor(),
        except_for=changed.id if changed else None,
    )


def _schedule(application: Application, form: InterviewForm, starts_at: datetime) -> Interview:
    return interviews.schedule_interview(
        db_session(),
        application,
        kind=InterviewKind(form.kind.data),
        starts_at=starts_at,
        minutes=form.minutes.data,
        title=form.title.data,
        place=form.place.data,
        panel=form.panel_ids(),
        competencies=form.competencies.data,
        round_position=form.round.data,
        actor=current_actor(),
    )


def _change(interview: Interview, form: InterviewEditForm, starts_at: datetime) -> None:
    actor, session = current_actor(), db_session()
    interviews.reschedule_interview(
        session,
        interview,
        starts_at=starts_at,
        minutes=form.minutes.data,
        place=form.place.data,
        actor=actor,
    )
    # Whoever owes a card may have moved the session to a time that is over: its panel is left alone then.
    if set(form.panel_ids()) != {member.user_id for member in interview.panel}:
        interviews.set_panel(session, interview, form.panel_ids(), actor=actor)


def _kit(interview: Interview) -> dict[str, Any]:
    """What is asked in a session, with the minutes of each question and the anchors; nothing of scores."""
    rows = session_rows(interview)
    first = rubric_from_document(interview.rubric.content).is_situational_first
    return {
        "application": interview.application,
        "agenda": agenda(interview.minutes, [(row.key, row.name) for row in rows]),
        "rows": [
            (row, asked_in(row.questions, interview.kind, is_situational_first=first), anchors_of(row))
            for row in rows
        ],
        "meeting": meeting(len(interview.panel)),
        "attribution": interview.rubric.content["framework"]["attribution"],
        "KIND_LABELS": INTERVIEW_KIND_LABELS,
    }
