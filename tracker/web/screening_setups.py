"""How a job screens: the points of its calls, and whether its queue hides who applies."""

from typing import Any

from flask import Blueprint, flash, url_for

from tracker.domain.permissions import Permission
from tracker.domain.questions import check_question
from tracker.places import law_of
from tracker.services.screening_setups import set_screening
from tracker.web.access import current_actor, requires
from tracker.web.forms.screening_setups import ScreeningSetupForm
from tracker.web.job_frames import keep_of_job, load_job, seen_version
from tracker.web.transaction import db_session

bp = Blueprint("screening_setups", __name__, url_prefix="/jobs/<int:job_id>/screening")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.JOB_SET_PLAN, writes=True)
def edit(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_PLAN)
    form = ScreeningSetupForm(
        points="\n".join(job.screening_points or ()),
        has_hidden_names=job.has_hidden_names,
        needs_resume_review=job.needs_resume_review,
        needs_screening_call=job.needs_screening_call,
    )

    def deed() -> None:
        set_screening(
            db_session(),
            job,
            form.lines(),
            has_hidden_names=form.has_hidden_names.data,
            needs_resume_review=form.needs_resume_review.data,
            needs_screening_call=form.needs_screening_call.data,
            version=seen_version(form),
            actor=current_actor(),
        )
        for point in job.screening_points or ():
            for warning in check_question(point, law_of(job.jurisdiction)):
                flash(warning.message, "warning")

    return keep_of_job(
        job,
        form,
        deed,
        title="Screening",
        said="The screening of this job is set.",
        back=url_for("job_setups.show", job_id=job_id),
        advice=("Each point is rated with what the candidate said. Calls that were held stay as they are.",),
    )
