"""The candidate's own page: their applications, where each stands, and what is theirs to do."""

from typing import Any

from flask import Blueprint, render_template

from tracker import clock
from tracker.domain.candidate_view import (
    JUDGED_NEXT,
    STANDING_BADGES,
    STANDING_LABELS,
    STANDING_SENTENCES,
    Standing,
)
from tracker.domain.offers import OfferStatus
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidate_replies import CANDIDATE_ANSWER_BADGES, CandidateAnswer
from tracker.models.candidates import Candidate
from tracker.models.references import REFERENCE_RESULT_BADGES, BackgroundCheck, ReferenceResult
from tracker.queries.adverse_notices import notice_sent
from tracker.queries.candidate_access import own_applications
from tracker.queries.offers import status_of
from tracker.queries.own_page import (
    goes_on_as,
    judged_next,
    own_offer,
    own_sessions,
    own_standing,
    replies_of,
)
from tracker.queries.references import references_of
from tracker.services.background_checks import STAGES
from tracker.services.own_answers import open_questions
from tracker.services.own_data import files_with, own_buddy, own_tasks
from tracker.web.access import public
from tracker.web.own_access import for_candidate, own_application
from tracker.web.transaction import db_session

OWN_ANSWER_LABELS = {
    CandidateAnswer.CONFIRMED: "You will be there",
    CandidateAnswer.OTHER_TIME: "You asked for another time",
}
OWN_REFERENCE_LABELS = {
    ReferenceResult.RECEIVED: "answered",
    ReferenceResult.REFUSED: "would rather not answer",
    ReferenceResult.UNREACHABLE: "could not be reached",
}

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
        **_records(application),
    )


def _records(application: Application) -> dict[str, Any]:
    """What is theirs to read and to do on one application."""
    session, now = db_session(), clock.now()
    is_active = application.outcome is Outcome.ACTIVE
    sessions = own_sessions(session, application)
    offer = own_offer(session, application, now)
    job = application.job
    return {
        "is_active": is_active,
        "open_questions": len(open_questions(session, application)) if is_active else 0,
        "asks_notice": is_active and application.consent_notice is None,
        "sessions": sessions,
        "to_answer": {one.id for one in sessions if is_active and not one.has_begun(now)},
        "replies": replies_of(session, [one.id for one in sessions]),
        "ANSWER_LABELS": OWN_ANSWER_LABELS,
        "ANSWER_BADGES": CANDIDATE_ANSWER_BADGES,
        "offer": offer,
        "waits_for_answer": offer is not None and status_of(offer, now) is OfferStatus.SENT,
        "referees": references_of(session, application.id),
        "REFERENCE_LABELS": OWN_REFERENCE_LABELS,
        "REFERENCE_BADGES": REFERENCE_RESULT_BADGES,
        "may_name_referees": is_active and application.stage is Stage.REFERENCES,
        "references_required": job.references_required,
        "asks_background": is_active and job.needs_background_check and application.stage in STAGES,
        "check": session.get(BackgroundCheck, application.id),
        "notice": notice_sent(session, application.id),
        "tasks": own_tasks(session, application),
        "buddy": own_buddy(session, application),
        "files": files_with(session, application),
    }


def standing_facts(application: Application) -> dict[str, Any]:
    """Where one application stands, in the words that candidates read."""
    standing = own_standing(db_session(), application, clock.now())
    goes_on = goes_on_as(db_session(), application) if standing is Standing.GOES_ON else None
    judged = judged_next(db_session(), application, standing)
    return {
        "standing": standing,
        "goes_on": goes_on,
        "label": STANDING_LABELS[standing],
        "badge_kind": STANDING_BADGES[standing],
        "sentence": STANDING_SENTENCES[standing],
        "judged": JUDGED_NEXT.get(standing, "") if judged.points else "",
        "points": judged.points,
    }
