"""Debriefs: what the scorecards of an application say, by disagreement, and the decision on it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, url_for

from tracker.domain.competencies import Competency
from tracker.domain.frameworks import Level
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.scorecards import RATING_LABELS, RECOMMENDATION_LABELS
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.debriefs import DEBRIEF_DECISION_BADGES, DEBRIEF_DECISION_LABELS, DebriefDecision
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Scorecard
from tracker.queries.debriefs import debrief_rows, debriefs_of
from tracker.queries.interviews import subject_of
from tracker.queries.scorecards import debrief_score, independence, latest_cards
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
    session = db_session()
    subject = subject_of(session, application)
    if current_actor().id in subject.owes_card:
        return render_template("debriefs/due.html", application=application)
    allow(Permission.DEBRIEF_READ, subject)
    values = _cards(application, "debrief")
    score = debrief_score(session, application)
    return render_template(
        "debriefs/show.html",
        subject=subject,
        is_here=stands_in(application, Stage.INTERVIEW),
        score=score,
        rows=debrief_rows(values["cards"], score, _rubric_rows(application)) if score else [],
        debriefs=debriefs_of(session, application.id),
        levels={level.rank: level for level in Level},
        DECISION_LABELS=DEBRIEF_DECISION_LABELS,
        DECISION_BADGES=DEBRIEF_DECISION_BADGES,
        **values,
    )


@bp.get("/scorecards")
@requires(Permission.SCORECARD_READ_OTHERS, writes=True)
def scorecards(application_id: int) -> str:
    """What an interviewer may read once their own cards are in: the cards of their sessions."""
    application = load_application(application_id, Permission.APPLICATION_READ)
    subject = subject_of(db_session(), application)
    if current_actor().id in subject.owes_card:
        return render_template("debriefs/due.html", application=application)
    allow(Permission.SCORECARD_READ_OTHERS, subject)
    return render_template(
        "debriefs/scorecards.html",
        rubric_rows=_rubric_rows(application),
        **_cards(application, "scorecards"),
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
            knows_score=form.knows_score.data,
            actor=current_actor(),
        )

    back = url_for(".show", application_id=application_id)
    return keep(application, form, deed, title="Debrief", said="The decision is on record.", back=back)


def _cards(application: Application, place: str) -> dict[str, Any]:
    """The latest card of each person and session that the reader may see, and how each came about."""
    session = db_session()
    cards = read_others_cards(session, application, actor=current_actor(), place=place)
    alone = independence(session, application.id, cards)
    originals = {(card.interview_id, card.interviewer_id): card for card in cards if not card.amends_id}
    latest = sorted(latest_cards(cards), key=_by_session)
    return {
        "application": application,
        "cards": latest,
        "is_alone": {card.id: alone[originals[card.interview_id, card.interviewer_id].id] for card in latest},
        "RATING_LABELS": RATING_LABELS,
        "RECOMMENDATION_LABELS": RECOMMENDATION_LABELS,
    }


def _by_session(card: Scorecard) -> tuple[Any, ...]:
    return (card.interview.starts_at, card.interview_id, card.interviewer.name, card.id)


def _rubric_rows(application: Application) -> Sequence[Competency]:
    number = application.job.rubric_id
    rubric = db_session().get(Rubric, number) if number is not None else None
    return rubric_from_document(rubric.content).competencies if rubric else ()
