"""Practising before a first scorecard: two sample answers, their key, and the jobs that ask for it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.frameworks import LEVEL_LABELS
from tracker.domain.permissions import Permission
from tracker.domain.practices import feedback
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.scorecards import RATING_LABELS
from tracker.models.practices import Practice
from tracker.queries.interviews import interview_subject
from tracker.queries.practices import asks_for_practice, attempts_of, own_practices
from tracker.services.practices import ask_for_practice, samples_for, take_practice
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.forms.practices import PracticeNeedForm, practice_form
from tracker.web.interviews import load_interview
from tracker.web.job_frames import keep_of_job, load_job
from tracker.web.levels import anchors_of
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("practices", __name__)


@bp.route("/interviews/<int:interview_id>/practice", methods=["GET", "POST"])
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def take(interview_id: int) -> Any:
    interview = load_interview(interview_id)
    actor = current_actor()
    allow(Permission.SCORECARD_SUBMIT, interview_subject(db_session(), interview))
    attempt = attempts_of(db_session(), actor.id or 0)
    samples = samples_for(interview, attempt=attempt, actor=actor)
    form = practice_form(samples)
    if form.is_submitted() and form.attempt.data is not None and form.attempt.data < attempt:
        flash("This practice is kept already: here is what you chose.", "info")
        return redirect(url_for(".show", practice_id=_nth(form.attempt.data).id), 303)
    if form.validate_on_submit():
        with rule_errors_on(form):
            practice = take_practice(
                db_session(), interview, form.given(), attempt=form.attempt.data, actor=actor
            )
            return redirect(url_for(".show", practice_id=practice.id), 303)
    form.attempt.raw_data, form.attempt.data = None, attempt
    interview = load_interview(interview_id)
    shown = [(one, {str(a["value"]): a["text"] for a in anchors_of(one.competency)}) for one in samples]
    page = render_template("practices/take.html", interview=interview, form=form, samples=shown)
    return page, 422 if form.is_submitted() else 200


@bp.get("/practices/<int:practice_id>")
@requires(Permission.INTERVIEW_READ)
def show(practice_id: int) -> str:
    """One's own practice with its key; anybody else's does not exist."""
    mine = own_practices(current_actor()).where(Practice.id == practice_id)
    practice = load_or_404(db_session(), mine)
    rubric = rubric_from_document(practice.rubric.content)
    rows = [(one, rubric.competency(one.competency)) for one in practice.ratings]
    return render_template(
        "practices/show.html",
        practice=practice,
        rows=[(one, row, anchors_of(row), feedback(one.shown_level, one.value)) for one, row in rows],
        right=sum(one.value == one.shown_level.rank for one in practice.ratings),
        RATING_LABELS=RATING_LABELS,
        LEVEL_LABELS=LEVEL_LABELS,
    )


@bp.route("/jobs/<int:job_id>/practice", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def ask(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    form = PracticeNeedForm()
    if not form.is_submitted():
        form.is_needed.data = asks_for_practice(db_session(), job_id)
    return keep_of_job(
        job,
        form,
        lambda: ask_for_practice(db_session(), job, is_needed=form.is_needed.data, actor=current_actor()),
        title="Practice before a first scorecard",
        said="Kept.",
        back=url_for("job_plans.show", job_id=job_id),
    )


def _nth(attempt: int) -> Practice:
    mine = own_practices(current_actor()).where(Practice.attempt == attempt)
    return load_or_404(db_session(), mine)
