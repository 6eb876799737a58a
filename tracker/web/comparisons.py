"""The candidates of a job side by side: scores by competency, cover, flags and ranks."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import OUTCOME_BADGES, OUTCOME_LABELS, STAGE_LABELS, Outcome
from tracker.services.comparisons import read_comparison
from tracker.web.access import current_actor, requires
from tracker.web.job_frames import job_frame, load_head, load_job
from tracker.web.transaction import db_session

bp = Blueprint("comparisons", __name__, url_prefix="/jobs/<int:job_id>/compare")

MOST_COMPARED = 200
"""How many candidates a table shows; ranks are counted among all."""
WHO = {"active": "Active", "all": "All"}


@bp.get("")
@requires(Permission.DEBRIEF_READ, writes=True)
def show(job_id: int) -> str:
    """Opening the page writes: each card of somebody else's keeps who read it."""
    job = load_job(job_id, Permission.DEBRIEF_READ)
    who = request.args.get("who", "active")
    if who not in WHO:
        raise RuleBroken("A comparison shows active candidates or all.", field="who")
    comparison = read_comparison(db_session(), job, is_active_only=who == "active", actor=current_actor())
    return render_template(
        "comparisons/show.html",
        **job_frame(load_head(job_id), "compare"),
        ratings_required=job.ratings_required,
        comparison=comparison,
        views=[_view(job_id, key, who) for key in WHO],
        is_active_only=who == "active",
        MOST_COMPARED=MOST_COMPARED,
        STAGE_LABELS=STAGE_LABELS,
        OUTCOME_LABELS=OUTCOME_LABELS,
        OUTCOME_BADGES=OUTCOME_BADGES,
        Outcome=Outcome,
    )


def _view(job_id: int, key: str, who: str) -> dict[str, Any]:
    return {
        "label": WHO[key],
        "href": url_for(".show", job_id=job_id, who=key),
        "is_current": key == who,
    }
