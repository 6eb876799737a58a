"""Whose sign-in a cookie stands for: asked at every request, so it is one plain statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.models.jobs import TeamMember
from tracker.models.users import LoginSession, User, UserRole

IDLE = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Login:
    """A sign-in that is still good, and what pages show of the person it belongs to."""

    id: int
    last_seen_at: datetime
    email: str
    theme: str | None
    time_zone: str | None
    actor: Actor


@cache
def _logins() -> Select[*tuple[Any, ...]]:
    login, user, role, team = (table.__table__.c for table in (LoginSession, User, UserRole, TeamMember))
    return (
        select(
            login.id,
            login.last_seen_at,
            user.id,
            user.name,
            user.email,
            user.theme,
            user.time_zone,
            role.role,
            team.job_id,
            team.role,
        )
        .select_from(LoginSession.__table__)
        .join(User.__table__, login.user_id == user.id)
        .outerjoin(UserRole.__table__, role.user_id == user.id)
        .outerjoin(TeamMember.__table__, team.user_id == user.id)
        .where(
            login.token_hash == bindparam("hash"),
            login.ended_at.is_(None),
            login.expires_at > bindparam("now"),
            login.last_seen_at > bindparam("idle_since"),
            user.is_active,
        )
    )


def find_login(session: Session | Connection, token_hash: str, now: datetime) -> Login | None:
    """The sign-in that is still good and whose it is; none once ended, expired, idle for 8 h or disabled."""
    rows = session.execute(_logins(), {"hash": token_hash, "now": now, "idle_since": now - IDLE}).all()
    if not rows:
        return None
    number, last_seen_at, user_id, name, email, theme, time_zone, *_ = rows[0]
    roles: set[Role] = set()
    teams: dict[int, set[TeamRole]] = {}
    for *_, role, job_id, part in rows:
        if role is not None:
            roles.add(role)
        if job_id is not None:
            teams.setdefault(job_id, set()).add(part)
    frozen = {job_id: frozenset(parts) for job_id, parts in teams.items()}
    actor = Actor(ActorKind.USER, id=user_id, name=name, roles=frozenset(roles), teams=frozen)
    return Login(number, last_seen_at, email, theme, time_zone, actor)
