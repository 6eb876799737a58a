"""Debriefs: what the scorecards of an application say, by disagreement, and the decision on it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, url_for

from tracker.domain.permissions import Permission
from tracker.domain.scorecards import RATING_LABELS, RECOMMENDATION_LABELS, by_disagreement
from tracker.domain.stages import Stage
from tracker.models.debriefs import DEBRIEF_DECISION_BADGES, DEBRIEF_DECISION_LABELS, DebriefDecision
from tracker.models.scorecards import Scorecard
from tracker.queries.debriefs import debriefs_of
from tracker.queries.interviews import subject_of
from tracker.queries.scorecards import debrief_score, latest_cards
from tracker.services.debriefs import decide_debrief
from tracker.services.scorecards import read_others_cards
from tracker.web.access import allow, current_actor, requires
from tracker.web.forms.debriefs import DebriefForm
from tracker.web.records import keep, load_application, stands_in
from tracker.web.transaction import db_session

bp = Blueprint("debriefs", __name__, url_prefix="/applications/<int:application_id>/debrief")


@bp.get("")
@requires(Permission.DEBRIEF_READ, writes=True)
def show(application_id: int) -> str:
    """Opening the page writes: each card of somebody else's keeps who read it."""
    application = load_application(application_id, Permission.APPLICATION_READ)
    session, actor = db_session(), current_actor()
    subject = subject_of(session, application)
    if actor.id in subject.owes_card:
        return render_template("debriefs/due.html", application=application)
    allow(Permission.DEBRIEF_READ, subject)
    cards = latest_cards(read_others_cards(session, application, actor=actor, place="debrief"))
    score = debrief_score(session, application)
    return render_template(
        "debriefs/show.html",
        application=application,
        subject=subject,
        is_here=stands_in(application, Stage.INTERVIEW),
        cards=cards,
        score=score,
        rows=by_disagreement(score) if score else [],
        said=_by_row(cards),
        debriefs=debriefs_of(session, application.id),
        RATING_LABELS=RATING_LABELS,
        RECOMMENDATION_LABELS=RECOMMENDATION_LABELS,
        DECISION_LABELS=DEBRIEF_DECISION_LABELS,
        DECISION_BADGES=DEBRIEF_DECISION_BADGES,
    )


@bp.route("/decision", methods=["GET", "POST"])
@requires(Permission.DEBRIEF_DECIDE, writes=True)
def decide(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.DEBRIEF_DECIDE)
    form = DebriefForm()

    def deed() -> object:
        return decide_debrief(
            db_session(),
            application,
            decision=DebriefDecision(form.decision.data),
            reason=form.reason.data,
            actor=current_actor(),
        )

    back = url_for(".show", application_id=application_id)
    return keep(application, form, deed, title="Debrief", said="The decision is on record.", back=back)


def _by_row(cards: Sequence[Scorecard]) -> dict[str, list[tuple[Scorecard, Any]]]:
    """For each competency, the cards that speak of it, each with its rating."""
    said: dict[str, list[tuple[Scorecard, Any]]] = {}
    for card in cards:
        for rating in card.ratings:
            said.setdefault(rating.competency, []).append((card, rating))
    return said
