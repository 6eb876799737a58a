"""What panel members say to their sessions: they confirm, or hand over and may propose a colleague."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written
from tracker.models.interviews import Interview, InterviewStatus, PanelAnswer, PanelReply
from tracker.models.jobs import TeamMember
from tracker.models.users import User
from tracker.queries.interviews import interview_subject
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_known

LONGEST_REASON = 1_000  # characters


def confirm_session(session: Session, interview: Interview, *, actor: Actor) -> PanelReply:
    """Say that the actor will be there. Raises RuleBroken once the session has begun or is cancelled."""
    reply = _reply(session, interview, actor)
    reply.answer, reply.reason, reply.proposed_id = PanelAnswer.CONFIRMED, None, None
    session.flush()
    record(session, "panel:confirm", interview, actor=actor)
    return reply


def hand_over_session(
    session: Session, interview: Interview, *, reason: str, proposed_id: int | None, actor: Actor
) -> PanelReply:
    """Say that the actor cannot be there, why, and which colleague of the job's team could.

    Nothing else changes: whoever schedules chooses the panel. Raises RuleBroken at `reason` or `proposed`.
    """
    reply = _reply(session, interview, actor)
    reason = written(reason, "Say why you cannot be there.", longest=LONGEST_REASON)
    if proposed_id is not None and proposed_id not in {user.id for user in could_sit(session, interview)}:
        raise RuleBroken("Choose a colleague of the hiring team who is not on the panel.", field="proposed")
    reply.answer, reply.reason, reply.proposed_id = PanelAnswer.HANDED_OVER, reason, proposed_id
    session.flush()
    record(session, "panel:hand_over", interview, actor=actor, proposed=proposed_id)
    return reply


def could_sit(session: Session, interview: Interview) -> list[User]:
    """The active people of the job's hiring team who are not on the session's panel, by name."""
    panel = [member.user_id for member in interview.panel]
    team = select(TeamMember.user_id).where(TeamMember.job_id == interview.application.job_id)
    people = select(User).where(User.id.in_(team), User.id.not_in(panel), User.is_active)
    return list(session.scalars(people.order_by(User.name, User.id)))


def _reply(session: Session, interview: Interview, actor: Actor) -> PanelReply:
    require(actor, Permission.SCORECARD_SUBMIT, interview_subject(session, interview))
    lock_known(session, interview.application_id)
    session.refresh(interview)
    if actor.id not in {member.user_id for member in interview.panel}:
        raise RuleBroken("You are no longer on the panel of this session.")
    if interview.status is InterviewStatus.CANCELLED:
        raise RuleBroken("This session is cancelled.")
    if interview.has_begun(clock.now()):
        raise RuleBroken("The session has begun: talk to whoever schedules it.")
    reply = session.get(PanelReply, (interview.id, actor.id))
    if reply is None:
        reply = PanelReply(interview_id=interview.id, user_id=actor.id)
        session.add(reply)
    reply.answered_at = clock.now()
    return reply
