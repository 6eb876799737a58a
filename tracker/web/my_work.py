"""My work: what waits for the person who is signed in, each line with its one action."""

from flask import Blueprint, abort, render_template, request, url_for

from tracker import clock
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import MOST, SHOWN, Waiting, Work
from tracker.web.access import current_actor, signed_in
from tracker.web.requirement_places import PLACES
from tracker.web.transaction import db_session

bp = Blueprint("my_work", __name__)

# Where a line leads, and what is done there.
ACTIONS: dict[Work, tuple[str, str]] = {
    Work.SCORECARD: ("scorecards.show", "Write"),
    Work.SESSION: ("interviews.show", "Open the kit"),
    Work.DEBRIEF: ("debriefs.show", "Decide"),
    Work.APPROVE_OFFER: ("offers.index", "Approve"),
    Work.MENTION: ("applications.show", "Read"),
    Work.READY: ("moves.show", "Move on"),
    Work.STEP: ("applications.show", "Open"),
    Work.REVIEW: ("applications.show", "Review"),
    Work.SCREEN: ("screening_queues.index", "Screen"),
    Work.NO_OPENING: ("offers.index", "See what to do"),
    Work.SEND_OFFER: ("offers.index", "Send"),
    Work.OFFER_ENDING: ("offers.index", "Open"),
    Work.OFFER_DECLINED: ("applications.show", "Look"),
    Work.OFFER_ACCEPTED: ("onboarding.index", "See onboarding"),
    Work.MAIL: ("applications.show", "Read"),
    Work.CHASE_CARD: ("interviews.show", "Open"),
    Work.HANDED_OVER: ("interviews.show", "Open"),
    Work.OTHER_TIME: ("interviews.show", "Open"),
    Work.CHASE_REFERENCE: ("references.index", "Open"),
    Work.ASSESS: ("background_checks.show", "Open"),
    Work.OPEN_JOB: ("jobs.show", "Open"),
    Work.ERASURE: ("erasure_requests.settle", "Settle"),
    Work.TASK: ("onboarding.index", "Open"),
    Work.NEW_COLLEAGUE: ("buddies.show", "Open"),
}
DETAILS = {
    Work.APPROVE_OFFER: "drafted by %s",
    Work.MENTION: "by %s",
    Work.OFFER_DECLINED: "because: %s",
    Work.CHASE_CARD: "owed by %s",
    Work.HANDED_OVER: "%s cannot come",
    Work.CHASE_REFERENCE: "asked: %s",
    Work.SCREEN: "%s to review",
    Work.NEW_COLLEAGUE: "your open tasks: %s",
}
"""What a detail is, where it does not say so itself."""
DUE = {Work.OFFER_ENDING, Work.TASK, Work.SESSION, Work.HANDED_OVER, Work.OTHER_TIME}
"""Kinds whose instant is when they are due; of the others it is since when they wait."""


@bp.get("/my-work")
@signed_in()
def index() -> str:
    only = _kind_asked()
    groups = my_work(db_session(), current_actor(), clock.here())
    shown = [
        (group, group.rows if only else group.rows[:SHOWN]) for group in groups if only in (None, group.work)
    ]
    return render_template(
        "my_work/index.html",
        groups=shown,
        only=only,
        MOST=MOST,
        action=_action,
        DETAILS=DETAILS,
        DUE=DUE,
        href=_href,
    )


def _kind_asked() -> Work | None:
    try:
        return Work(request.args["show"]) if request.args.get("show") else None
    except ValueError:
        abort(404)


def _action(work: Work, one: Waiting) -> str:
    """What is done there, in a word."""
    return PLACES[one.need][1] if one.need in PLACES else ACTIONS[work][1]


def _href(work: Work, one: Waiting) -> tuple[str, str]:
    """Where the line itself leads, and where its action is done."""
    endpoint = ACTIONS[work][0]
    if endpoint in ("scorecards.show", "interviews.show"):
        place = url_for(endpoint, interview_id=one.id)
    elif endpoint == "erasure_requests.settle":
        place = url_for(endpoint, request_id=one.id)
    elif endpoint in ("jobs.show", "screening_queues.index"):
        place = url_for(endpoint, job_id=one.id)
    elif one.need is not None:
        place = url_for(PLACES.get(one.need, ACTIONS[work])[0], application_id=one.application_id)
    elif work is Work.MENTION:
        place = url_for(endpoint, application_id=one.application_id, _anchor=f"note-{one.id}")
    else:
        place = url_for(endpoint, application_id=one.application_id)
    page = url_for("applications.show", application_id=one.application_id) if work is Work.READY else place
    return page, place
