"""The set-up of a job: what is there, what is missing, and the target days of its stages."""

from typing import Any

from flask import Blueprint, current_app, render_template, url_for

from tracker.domain.job_setups import (
    SETUP_NEED_LABELS,
    SETUP_PART_LABELS,
    SetupNeed,
    SetupPart,
    missing_for,
    setup_lines,
)
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import STAGES
from tracker.models.jobs import Job
from tracker.queries.job_setups import setup_facts
from tracker.services.job_plans import set_stage_target
from tracker.web.access import current_actor, requires
from tracker.web.forms.job_plans import TargetsForm
from tracker.web.job_frames import job_frame, keep_of_job, load_head, load_job
from tracker.web.transaction import db_session

bp = Blueprint("job_setups", __name__, url_prefix="/jobs/<int:job_id>")

# The endpoint behind each part and the field to look at; a line has its link once the page exists.
PLACES: dict[SetupPart, tuple[str, str]] = {
    SetupPart.DETAILS: ("jobs.edit", ""),
    SetupPart.TEAM: ("job_teams.index", ""),
    SetupPart.RUBRIC: ("rubrics.index", ""),
    SetupPart.PLAN: ("job_plans.show", ""),
    SetupPart.QUESTIONS: ("job_questions.index", ""),
    SetupPart.SCREENING: ("screening_setups.edit", ""),
    SetupPart.POSTING: ("postings.edit", ""),
    SetupPart.TARGETS: ("job_setups.targets", ""),
    SetupPart.REFERENCES: ("jobs.edit", "references_required"),
    SetupPart.BACKGROUND_CHECK: ("jobs.edit", "needs_background_check"),
}


@bp.get("/setup")
@requires(Permission.JOB_READ)
def show(job_id: int) -> str:
    job = load_job(job_id)
    lines = setup_lines(setup_facts(db_session(), job))
    return render_template(
        "jobs/setup.html",
        lines=lines,
        places={line.part: setup_href(job, line.part) for line in lines},
        missing_to_open=missing_for(lines, SetupNeed.OPENING),
        SetupNeed=SetupNeed,
        NEED_LABELS=SETUP_NEED_LABELS,
        PART_LABELS=SETUP_PART_LABELS,
        **job_frame(load_head(job_id), "setup"),
    )


@bp.route("/targets", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def targets(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    own = {target.stage: target.days for target in job.stage_targets}
    form = TargetsForm(data={stage.value: days for stage, days in own.items()})

    def deed() -> None:
        for stage in STAGES:
            days = form[stage.value].data
            if days != own.get(stage):
                set_stage_target(db_session(), job, stage, days, actor=current_actor())

    return keep_of_job(
        job,
        form,
        deed,
        title="Target days",
        said="The target days are set.",
        back=url_for(".show", job_id=job_id),
        advice=("After so many days in a stage, an application counts as waiting too long.",),
    )


def setup_href(job: Job, part: SetupPart) -> str:
    """Where a part of the set-up is seen to; empty where there is no such page, or not for this person."""
    endpoint, field = PLACES[part]
    view = current_app.view_functions.get(endpoint)
    if view is None:
        return ""
    # Every view carries its mark: the app refuses to start with one that does not.
    permission: Permission | None = getattr(view, "access").permission  # noqa: B009
    if permission is not None and not can(current_actor(), permission, Subject(job_id=job.id)):
        return ""
    return url_for(endpoint, job_id=job.id, _anchor=field or None)
