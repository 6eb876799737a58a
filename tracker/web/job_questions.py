"""What a job asks every applicant: the questions asked now, and those asked no longer."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for

from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.questions import check_question
from tracker.domain.screening_answers import QUESTION_KIND_LABELS, QuestionKind, describe_rule
from tracker.models.jobs import Job, JobQuestion
from tracker.places import law_of
from tracker.services.job_plans import add_question, retire_question
from tracker.web.access import current_actor, requires
from tracker.web.forms.job_plans import QuestionForm, RetirementForm
from tracker.web.job_frames import keep_of_job, load_job
from tracker.web.transaction import db_session

bp = Blueprint("job_questions", __name__, url_prefix="/jobs/<int:job_id>/questions")


@bp.get("")
@requires(Permission.JOB_READ)
def index(job_id: int) -> str:
    job = load_job(job_id)
    return render_template(
        "jobs/questions.html",
        job=job,
        asked=[question for question in job.questions if question.retired_at is None],
        retired=[question for question in job.questions if question.retired_at is not None],
        describe=_describe,
        may_edit=can(current_actor(), Permission.JOB_EDIT, Subject(job_id=job_id)),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.JOB_EDIT, writes=True)
def new(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_EDIT)
    form = QuestionForm()

    def deed() -> None:
        question = add_question(
            db_session(),
            job,
            form.text.data,
            is_required=form.is_required.data,
            shape=form.shape(),
            actor=current_actor(),
        )
        for warning in check_question(question.text, law_of(job.jurisdiction)):
            flash(warning.message, "warning")

    return keep_of_job(
        job,
        form,
        deed,
        title="Add a question",
        said="Every applicant is asked from now on.",
        back=url_for(".index", job_id=job_id),
        label="Add the question",
    )


@bp.route("/<int:question_id>/retire", methods=["GET", "POST"])
@requires(Permission.JOB_EDIT, writes=True)
def retire(job_id: int, question_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_EDIT)
    question = _question(job, question_id)
    return keep_of_job(
        job,
        RetirementForm(),
        lambda: retire_question(db_session(), job, question, actor=current_actor()),
        title="Ask no longer",
        said="The question is asked no longer.",
        back=url_for(".index", job_id=job_id),
        label="Ask no longer",
        advice=(question.text, "New applicants are not asked; answers that were given stay on record."),
    )


def _describe(question: JobQuestion) -> str:
    """What follows a question on the list: whether it must be answered, how, and what suggests a no."""
    words = ["required" if question.is_required else "optional"]
    if question.kind is not QuestionKind.TEXT:
        words.append(QUESTION_KIND_LABELS[question.kind].lower())
    return "; ".join(word for word in (*words, describe_rule(question.shape)) if word)


def _question(job: Job, question_id: int) -> JobQuestion:
    question = next((row for row in job.questions if row.id == question_id), None)
    return question if question is not None else abort(404)
