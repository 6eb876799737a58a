"""The candidate's own page: their applications, where each stands, and what is theirs to do."""

from typing import Any

from flask import Blueprint, render_template

from tracker import clock
from tracker.domain.candidate_view import JUDGED_NEXT, STANDING_BADGES, STANDING_LABELS, STANDING_SENTENCES
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries.candidate_access import own_applications
from tracker.queries.own_page import judged_next, own_standing
from tracker.web.access import public
from tracker.web.own_access import for_candidate, own_application
from tracker.web.transaction import db_session

bp = Blueprint("own_page", __name__, url_prefix="/my")


@bp.get("")
@public()
@for_candidate
def index(candidate: Candidate) -> str:
    rows = [(one, standing_facts(one)) for one in own_applications(db_session(), candidate.id)]
    return render_template("own_page/index.html", candidate=candidate, rows=rows)


@bp.get("/applications/<int:application_id>")
@public()
@for_candidate
def show(candidate: Candidate, application_id: int) -> str:
    application = own_application(candidate, application_id)
    return render_template(
        "own_page/show.html",
        candidate=candidate,
        application=application,
        **standing_facts(application),
    )


def standing_facts(application: Application) -> dict[str, Any]:
    """Where one application stands, in the words that candidates read."""
    standing = own_standing(db_session(), application, clock.now())
    judged = judged_next(db_session(), application, standing)
    return {
        "standing": standing,
        "label": STANDING_LABELS[standing],
        "badge_kind": STANDING_BADGES[standing],
        "sentence": STANDING_SENTENCES[standing],
        "judged": JUDGED_NEXT.get(standing, "") if judged.points else "",
        "points": judged.points,
    }
