"""Interviews: a person's own sessions, and setting up, holding and calling off those of an application."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS, InterviewKind
from tracker.domain.permissions import Permission, Subject
from tracker.models.applications import Application
from tracker.models.interviews import (
    INTERVIEW_STATUS_BADGES,
    INTERVIEW_STATUS_LABELS,
    Interview,
    InterviewStatus,
)
from tracker.queries import visible
from tracker.queries.interviews import interview_subject, my_interviews
from tracker.queries.rubrics import scoring_rows
from tracker.queries.scorecards import own_card, session_rows
from tracker.queries.users import list_users
from tracker.services import interviews
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.interviews import InterviewForm
from tracker.web.forms.records import ReasonForm, StepForm
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("interviews", __name__)


@bp.get("/interviews")
@requires(Permission.INTERVIEW_READ)
def index() -> str:
    sessions = my_interviews(db_session(), current_actor().id or 0)
    due = [one for one, card in sessions if card is None or card.submitted_at is None]
    done = [one for one, card in reversed(sessions) if card is not None and card.submitted_at is not None]
    return render_template("interviews/index.html", due=due, done=done)


@bp.route("/applications/<int:application_id>/interviews/new", methods=["GET", "POST"])
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.INTERVIEW_SCHEDULE)
    people = [user for user in list_users(db_session()) if user.is_active]
    rows = scoring_rows(db_session(), application.job)
    form = InterviewForm()
    form.offer(people, rows, reader_zone())
    if rows and form.validate_on_submit():
        with rule_errors_on(form):
            session = _schedule(application, form)
            flash("The session is set up.", "success")
            return redirect(url_for(".show", interview_id=session.id), 303)
    status = 422 if form.is_submitted() else 200
    page = render_template("interviews/new.html", application=application, form=form, has_rubric=bool(rows))
    return page, status


@bp.get("/interviews/<int:interview_id>")
@requires(Permission.INTERVIEW_READ)
def show(interview_id: int) -> str:
    interview = load_interview(interview_id)
    actor, session = current_actor(), db_session()
    sits = actor.id in {member.user_id for member in interview.panel}
    card = own_card(session, interview.id, actor.id) if sits and actor.id is not None else None
    return render_template(
        "interviews/show.html",
        interview=interview,
        application=interview.application,
        subject=interview_subject(session, interview),
        rows=session_rows(interview),
        sits=sits,
        is_due=sits and (card is None or card.submitted_at is None),
        InterviewStatus=InterviewStatus,
        KIND_LABELS=INTERVIEW_KIND_LABELS,
        STATUS_LABELS=INTERVIEW_STATUS_LABELS,
        STATUS_BADGES=INTERVIEW_STATUS_BADGES,
    )


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
        advice=interview.title,
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


def _schedule(application: Application, form: InterviewForm) -> Interview:
    return interviews.schedule_interview(
        db_session(),
        application,
        kind=InterviewKind(form.kind.data),
        starts_at=form.starts_in(reader_zone()),
        minutes=form.minutes.data,
        place=form.place.data,
        panel=[int(user_id) for user_id in form.panel.data],
        competencies=form.competencies.data,
        actor=current_actor(),
    )
