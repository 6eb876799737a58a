"""What candidates say to their sessions: they confirm, or ask for another time; who schedules decides."""

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome
from tracker.domain.texts import written
from tracker.models.candidate_replies import CandidateAnswer, CandidateReply
from tracker.models.interviews import Interview, InterviewStatus
from tracker.services.audit import record
from tracker.services.standing import lock_known

LONGEST_WISH = 1_000  # characters


def confirm_own_session(session: Session, interview: Interview, *, actor: Actor) -> CandidateReply:
    """Say that the candidate will be there. Raises RuleBroken once it has begun or is cancelled, or
    the application is closed.
    """
    return _reply(session, interview, CandidateAnswer.CONFIRMED, None, actor)


def ask_other_time(session: Session, interview: Interview, *, wish: str, actor: Actor) -> CandidateReply:
    """Say that the time does not suit, and which would. Raises RuleBroken at `wish`."""
    wish = written(wish, "Say which times suit you.", field="wish", longest=LONGEST_WISH)
    return _reply(session, interview, CandidateAnswer.OTHER_TIME, wish, actor)


def _reply(
    session: Session, interview: Interview, answer: CandidateAnswer, wish: str | None, actor: Actor
) -> CandidateReply:
    if actor.kind is not ActorKind.CANDIDATE or actor.application_id != interview.application_id:
        raise NotPermitted("Only the candidate answers to their own session.")
    application = lock_known(session, interview.application_id)
    if application.outcome is not Outcome.ACTIVE:
        raise RuleBroken("Your application is closed, so this session does not take place.")
    session.refresh(interview)
    if interview.status is InterviewStatus.CANCELLED:
        raise RuleBroken("This session is cancelled.")
    if interview.has_begun(clock.now()):
        raise RuleBroken("The session has begun. Please call us.")
    reply = session.get(CandidateReply, interview.id)
    if reply is None:
        reply = CandidateReply(interview_id=interview.id)
        session.add(reply)
    reply.answer, reply.wish, reply.answered_at = answer, wish, clock.now()
    session.flush()
    record(session, f"candidate_reply:{answer.value}", interview, actor=actor)
    return reply
