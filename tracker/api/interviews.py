"""Interviews by API: setting up a session, one's own scorecard for it, and the debrief's decision."""

from typing import Any

from flask import Blueprint

from tracker.api.contracts import answers, body_of
from tracker.api.loading import load_application
from tracker.api.problems import answer_problem, problem
from tracker.api.shapes.base import PersonName
from tracker.api.shapes.interviews import (
    DebriefBody,
    DebriefShape,
    InterviewShape,
    NewInterview,
    RatingShape,
    ScorecardBody,
    ScorecardShape,
)
from tracker.domain.permissions import Permission
from tracker.domain.scorecards import Rating
from tracker.models.interviews import Interview
from tracker.models.scorecards import Scorecard
from tracker.queries.interviews import interview_subject
from tracker.services.debriefs import decide_debrief
from tracker.services.interviews import schedule_interview
from tracker.services.scorecards import DraftChanged, save_draft, submit_scorecard
from tracker.web.access import allow, current_actor, requires
from tracker.web.interviews import load_interview
from tracker.web.transaction import db_session

bp = Blueprint("api_interviews", __name__, url_prefix="/api/v1")


@bp.post("/applications/<int:application_id>/interviews")
@requires(Permission.INTERVIEW_SCHEDULE, writes=True)
@answers(InterviewShape, "Set up a session; its panel joins the hiring team.", status=201, body=NewInterview)
def schedule(application_id: int) -> InterviewShape:
    application = load_application(application_id, Permission.INTERVIEW_SCHEDULE)
    given = body_of(NewInterview)
    interview = schedule_interview(db_session(), application, **given.model_dump(), actor=current_actor())
    return _interview(interview)


@bp.post("/interviews/<int:interview_id>/scorecards")
@requires(Permission.SCORECARD_SUBMIT, writes=True)
@answers(ScorecardShape, "Save one's own card, or hand it in.", status=201, body=ScorecardBody)
def write_scorecard(interview_id: int) -> Any:
    interview = load_interview(interview_id)
    allow(Permission.SCORECARD_SUBMIT, interview_subject(db_session(), interview))
    given = body_of(ScorecardBody)
    deed = submit_scorecard if given.submit else save_draft
    try:
        card = deed(
            db_session(),
            interview,
            ratings=[Rating(r.competency, r.value, r.evidence) for r in given.ratings],
            recommendation=given.recommendation,
            summary=given.summary,
            seen_version=given.version,
            actor=current_actor(),
        )
    except DraftChanged as changed:
        # Written out before the rollback forgets what was read.
        current = _card(changed.card).model_dump(mode="json")
        return answer_problem(problem(409, changed.message, current=current))
    return _card(card)


@bp.post("/applications/<int:application_id>/debrief")
@requires(Permission.DEBRIEF_DECIDE, writes=True)
@answers(DebriefShape, "Decide whether an application goes on.", status=201, body=DebriefBody)
def debrief(application_id: int) -> DebriefShape:
    application = load_application(application_id, Permission.DEBRIEF_DECIDE)
    given = body_of(DebriefBody)
    actor = current_actor()
    kept = decide_debrief(db_session(), application, **given.model_dump(), actor=actor)
    return DebriefShape(
        id=kept.id,
        application_id=kept.application_id,
        decision=kept.decision,
        reason=kept.reason,
        is_against_score=kept.is_against_score,
        decided_by=PersonName(id=kept.decided_by_id, name=actor.name),
        at=kept.at,
    )


def _interview(interview: Interview) -> InterviewShape:
    panel = [PersonName(id=member.user_id, name=member.user.name) for member in interview.panel]
    copied = {name: getattr(interview, name) for name in InterviewShape.model_fields if name != "panel"}
    return InterviewShape(**copied, panel=panel)


def _card(card: Scorecard) -> ScorecardShape:
    rows = sorted(card.ratings, key=lambda row: card.interview.competencies.index(row.competency))
    return ScorecardShape(
        id=card.id,
        interview_id=card.interview_id,
        ratings=[RatingShape(competency=r.competency, value=r.value, evidence=r.evidence) for r in rows],
        recommendation=card.recommendation,
        summary=card.summary,
        version=card.draft_version,
        saved_at=card.saved_at,
        submitted_at=card.submitted_at,
    )
