"""Debriefs: the hiring manager's decision after the interviews."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import against_score
from tracker.domain.stages import Stage
from tracker.domain.texts import written
from tracker.models.applications import Application
from tracker.models.debriefs import Debrief, DebriefDecision
from tracker.queries.interviews import subject_of
from tracker.queries.scorecards import debrief_score
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage


def decide_debrief(
    session: Session,
    application: Application,
    *,
    decision: DebriefDecision,
    reason: str,
    knows_score: bool = False,
    actor: Actor,
) -> Debrief:
    """Decide whether an application goes on after its interviews; the latest decision counts.

    Raises NotPermitted while the actor owes a scorecard on it, RuleBroken at `reason` without one, and
    at `knows_score` if they decide against the score without saying that they know.
    """
    locked = lock_in_stage(session, application.id, {Stage.INTERVIEW}, "A debrief decision")
    subject = subject_of(session, locked)
    require(actor, Permission.DEBRIEF_DECIDE, subject)
    if actor.id is None or actor.id in subject.owes_card:
        raise NotPermitted("Your scorecard is due: hand it in before you decide.")
    written_reason = written(reason, "Give the reason for the decision.")
    score = debrief_score(session, locked)
    against = against_score(score, advances=decision is DebriefDecision.ADVANCE) if score else None
    if against and not knows_score:
        message = f"{against} Say in the reason why you decide otherwise, and confirm it."
        raise RuleBroken(message, field="knows_score")
    debrief = Debrief(
        application_id=locked.id,
        decision=decision,
        reason=written_reason,
        decided_by_id=actor.id,
        at_version=locked.version,
        is_against_score=bool(against),
        at=clock.now(),
    )
    session.add(debrief)
    session.flush()
    record(
        session, "debrief:decide", debrief, actor=actor, decision=decision.value, against_score=bool(against)
    )
    return debrief
