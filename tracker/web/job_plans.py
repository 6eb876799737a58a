"""The interview plan of a job: its rounds, how they cover the rubric, and a plan proposed from it."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for

from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS
from tracker.domain.job_setups import SetupPart
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.jobs import InterviewRound, Job
from tracker.queries.job_setups import plan_cover
from tracker.queries.practices import asks_for_practice
from tracker.queries.rubrics import scoring_rows, scoring_rubric
from tracker.services.job_plans import plan_from_rubric, remove_round, round_details, set_rounds
from tracker.web.access import current_actor, requires
from tracker.web.forms.job_plans import ProposalForm, RemovalForm, RoundForm
from tracker.web.job_frames import keep_of_job, load_job, seen_version
from tracker.web.job_setups import setup_href
from tracker.web.transaction import db_session

bp = Blueprint("job_plans", __name__, url_prefix="/jobs/<int:job_id>/plan")


@bp.get("")
@requires(Permission.JOB_READ)
def show(job_id: int) -> str:
    job = load_job(job_id)
    return render_template(
        "jobs/plan.html",
        job=job,
        plan=plan_cover(db_session(), job),
        may_set=can(current_actor(), Permission.JOB_SET_PLAN, Subject(job_id=job_id)),
        needs_practice=asks_for_practice(db_session(), job_id),
        rubric_href=setup_href(job, SetupPart.RUBRIC),
        details_href=setup_href(job, SetupPart.DETAILS),
        KIND_LABELS=INTERVIEW_KIND_LABELS,
    )


@bp.route("/propose", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def propose(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    rubric = scoring_rubric(db_session(), job)
    if rubric is None:
        abort(404)
    form = ProposalForm()
    advice = f"Every competency gets {job.ratings_required} rounds, as far as there is time."
    replaced = "The rounds that are planned now are replaced; sessions that are set up stay as they are."
    return keep_of_job(
        job,
        form,
        lambda: plan_from_rubric(
            db_session(),
            job,
            rubric,
            minutes=form.minutes.data,
            most_sessions=form.most.data,
            version=seen_version(form),
            actor=current_actor(),
        ),
        title="Propose a plan",
        said="The plan is laid out: look it over.",
        back=url_for(".show", job_id=job_id),
        label="Lay out the rounds",
        advice=(advice, replaced) if job.rounds else (advice,),
    )


@bp.route("/rounds/new", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def new(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    form = RoundForm()
    form.offer(scoring_rows(db_session(), job))

    def deed() -> object:
        rounds = [*round_details(job.rounds), form.details()]
        return set_rounds(db_session(), job, rounds, version=seen_version(form), actor=current_actor())

    return keep_of_job(
        job,
        form,
        deed,
        title=f"Add round {len(job.rounds) + 1}",
        said="The round is planned.",
        back=url_for(".show", job_id=job_id),
        label="Add the round",
    )


@bp.route("/rounds/<int:position>", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def edit(job_id: int, position: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    planned = _planned(job, position)
    form = RoundForm()
    form.offer(scoring_rows(db_session(), job))
    if not form.is_submitted():
        form.show(planned)

    def deed() -> object:
        rounds = round_details(job.rounds)
        rounds[position - 1] = form.details(planned.competencies)
        return set_rounds(db_session(), job, rounds, version=seen_version(form), actor=current_actor())

    return keep_of_job(
        job,
        form,
        deed,
        title=f"Round {position}",
        said="The round is changed.",
        back=url_for(".show", job_id=job_id),
    )


@bp.route("/rounds/<int:position>/remove", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def remove(job_id: int, position: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    planned = _planned(job, position)
    form = RemovalForm()
    return keep_of_job(
        job,
        form,
        lambda: remove_round(db_session(), job, position, version=seen_version(form), actor=current_actor()),
        title=f"Remove round {position}",
        said="The round is out of the plan.",
        back=url_for(".show", job_id=job_id),
        label="Remove the round",
        kind="danger",
        advice=(f"{planned.title}: it is planned no longer, and the rounds after it move up.",),
    )


def _planned(job: Job, position: int) -> InterviewRound:
    planned = next((row for row in job.rounds if row.position == position), None)
    return planned if planned is not None else abort(404)
