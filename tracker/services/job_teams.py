"""The hiring team of a job: who recruits, who decides, who interviews."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import TEAM_ROLE_LABELS, Actor, TeamRole
from tracker.domain.job_teams import ROLE_NEEDED
from tracker.domain.jobs import why_manager_stays
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job, TeamMember
from tracker.models.users import User
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require


def add_team_member(session: Session, job: Job, user: User, role: TeamRole, *, actor: Actor) -> TeamMember:
    """Give a person a part on the job's hiring team; a second time changes nothing.

    Raises RuleBroken for somebody who has left or does not have the role that the part takes.
    """
    require(actor, Permission.JOB_SET_TEAM, Subject(job_id=job.id))
    label = TEAM_ROLE_LABELS[role].lower()
    if not user.is_active:
        raise RuleBroken(f"{user.name} can no longer sign in.", field="user")
    if ROLE_NEEDED[role] not in user.roles:
        raise RuleBroken(f"{user.name} does not have the role of {label}.", field="user")
    member = session.get(TeamMember, (job.id, user.id, role))
    if member is None:
        member = TeamMember(job_id=job.id, user_id=user.id, role=role)
        session.add(member)
        session.flush()
        session.expire(job, ["team"])
        record(session, "job:add_team_member", job, actor=actor, user_id=user.id, role=role.value)
    return member


def remove_team_member(session: Session, job: Job, user: User, role: TeamRole, *, actor: Actor) -> None:
    """Take a part on the hiring team away from a person; their seats on panels and cards due stay theirs.

    Raises RuleBroken if they do not have it, or are the last hiring manager of a job that runs.
    """
    require(actor, Permission.JOB_SET_TEAM, Subject(job_id=job.id))
    lock_job(session, job)
    member = session.get(TeamMember, (job.id, user.id, role))
    if member is None:
        label = TEAM_ROLE_LABELS[role].lower()
        raise RuleBroken(f"{user.name} is not {label} of this job.", field="user")
    if role is TeamRole.HIRING_MANAGER:
        why_not = why_manager_stays(job.status, _managers_but(session, job, user))
        if why_not:
            raise RuleBroken(why_not, field="user")
    session.delete(member)
    session.flush()
    session.expire(job, ["team"])
    record(session, "job:remove_team_member", job, actor=actor, user_id=user.id, role=role.value)


def _managers_but(session: Session, job: Job, user: User) -> int:
    others = select(func.count()).where(
        TeamMember.job_id == job.id,
        TeamMember.role == TeamRole.HIRING_MANAGER,
        TeamMember.user_id != user.id,
    )
    return session.scalar(others) or 0
