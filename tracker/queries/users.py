"""People of the organisation: who they are when they act, whose bearer token this is."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.models.jobs import TeamMember
from tracker.models.users import ApiToken, User, UserRole


@cache
def _teams() -> Select[int, TeamRole]:
    return select(TeamMember.job_id, TeamMember.role).where(TeamMember.user_id == bindparam("user"))


def actor_of(session: Session, user: User) -> Actor:
    """The person as the rules see them, with their part on every job's hiring team."""
    teams: dict[int, set[TeamRole]] = {}
    for job_id, role in session.execute(_teams(), {"user": user.id}):
        teams.setdefault(job_id, set()).add(role)
    frozen = {job_id: frozenset(roles) for job_id, roles in teams.items()}
    return Actor(ActorKind.USER, id=user.id, name=user.name, roles=user.roles, teams=frozen)


def list_users(session: Session) -> Sequence[User]:
    """Everyone who has an account, those who may sign in first, by name."""
    return session.scalars(select(User).order_by(User.is_active.desc(), User.name, User.id)).all()


def recruiters(session: Session) -> Sequence[User]:
    """The recruiters who may sign in, by name: those an application can be given to."""
    is_recruiter = select(UserRole.user_id).where(UserRole.role == Role.RECRUITER)
    return session.scalars(
        select(User).where(User.is_active, User.id.in_(is_recruiter)).order_by(User.name, User.id)
    ).all()


def find_user(session: Session, email: str) -> User | None:
    """The person with this address, in any case of its letters."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def find_token_owner(session: Session, token_hash: str, now: datetime) -> User | None:
    """Whose bearer token this is; nobody's once ended, expired or its owner disabled."""
    return session.scalar(
        select(User)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(
            ApiToken.token_hash == token_hash,
            ApiToken.ended_at.is_(None),
            (ApiToken.expires_at.is_(None)) | (ApiToken.expires_at > now),
            User.is_active,
        )
    )


def count_others_of_hr(session: Session, user: User) -> int:
    """How many people of HR besides this one may sign in."""
    count = (
        select(func.count())
        .select_from(User)
        .join(UserRole)
        .where(UserRole.role == Role.HR, User.is_active, User.id != user.id)
    )
    return session.scalar(count) or 0
