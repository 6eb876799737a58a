"""My work: what waits for the person who is signed in, each line with its one action."""

from flask import Blueprint, render_template, url_for

from tracker import clock
from tracker.queries.my_work import Work, my_work
from tracker.queries.work_lists import Waiting
from tracker.web.access import current_actor, signed_in
from tracker.web.transaction import db_session

bp = Blueprint("my_work", __name__)

# Where a line leads, and what is done there.
ACTIONS: dict[Work, tuple[str, str]] = {
    Work.SCORECARD: ("scorecards.show", "Write"),
    Work.SESSION: ("interviews.show", "Open the kit"),
    Work.DEBRIEF: ("debriefs.show", "Decide"),
    Work.APPROVE_OFFER: ("offers.index", "Approve"),
    Work.READY: ("applications.show", "Move on"),
    Work.REVIEW: ("applications.show", "Review"),
    Work.SEND_OFFER: ("offers.index", "Send"),
    Work.OFFER_ENDING: ("offers.index", "Open"),
    Work.CHASE_CARD: ("interviews.show", "Open"),
    Work.CHASE_REFERENCE: ("references.index", "Open"),
    Work.ASSESS: ("background_checks.show", "Assess"),
    Work.OPEN_JOB: ("jobs.show", "Open"),
    Work.TASK: ("onboarding.index", "Open"),
}
ENDS = {Work.OFFER_ENDING, Work.TASK, Work.SESSION}
"""Kinds whose instant is when they are due; of the others it is since when they wait."""


@bp.get("/my-work")
@signed_in()
def index() -> str:
    groups = my_work(db_session(), current_actor(), clock.now())
    return render_template("my_work/index.html", groups=groups, ACTIONS=ACTIONS, ENDS=ENDS, href=_href)


def _href(work: Work, one: Waiting) -> str:
    endpoint = ACTIONS[work][0]
    if endpoint in ("scorecards.show", "interviews.show"):
        return url_for(endpoint, interview_id=one.id)
    if endpoint == "jobs.show":
        return url_for(endpoint, job_id=one.id)
    return url_for(endpoint, application_id=one.application_id)
