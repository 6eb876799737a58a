"""Whose sign-in a cookie stands for: asked at every request, so it is one plain statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, cast, func, literal_column, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.models.jobs import TeamMember
from tracker.models.users import LoginSession, User, UserRole
from tracker.queries.prepared import prepared

IDLE = timedelta(hours=8)
# A constant of the text, not a value that goes with it.
_SPACE: Any = literal_column("' '")


@dataclass(frozen=True, slots=True)
class Login:
    """A sign-in that is still good, and what pages show of the person it belongs to."""

    id: int
    last_seen_at: datetime
    email: str
    theme: str | None
    time_zone: str | None
    actor: Actor


@prepared
def _logins() -> Select[*tuple[Any, ...]]:
    login, user, role, team = (table.__table__.c for table in (LoginSession, User, UserRole, TeamMember))
    roles = select(_joined(role.role)).where(role.user_id == user.id).correlate(User.__table__)
    place = cast(team.job_id, String) + literal_column("':'") + cast(team.role, String)
    teams = select(_joined(place)).where(team.user_id == user.id).correlate(User.__table__)
    return (
        select(
            login.id,
            login.last_seen_at,
            user.id,
            user.name,
            user.email,
            user.theme,
            user.time_zone,
            roles.scalar_subquery(),
            teams.scalar_subquery(),
        )
        .select_from(LoginSession.__table__)
        .join(User.__table__, login.user_id == user.id)
        .where(
            login.token_hash == bindparam("hash"),
            login.ended_at.is_(None),
            login.expires_at > bindparam("now"),
            login.last_seen_at > bindparam("idle_since"),
            user.is_active,
        )
    )


def _joined(column: Any) -> Any:
    return func.aggregate_strings(cast(column, String), _SPACE)


def find_login(session: Session | Connection, token_hash: str, now: datetime) -> Login | None:
    """The sign-in that is still good and whose it is; none once ended, expired, idle for 8 h or disabled."""
    found = _logins.tuples(session, hash=token_hash, now=now, idle_since=now - IDLE)
    if not found:
        return None
    number, last_seen_at, user_id, name, email, theme, time_zone, roles, teams = found[0]
    actor = Actor(ActorKind.USER, id=user_id, name=name, roles=_roles(roles), teams=_teams(teams))
    return Login(number, last_seen_at, email, theme, time_zone, actor)


@lru_cache(maxsize=64)
def _roles(written: str | None) -> frozenset[Role]:
    return frozenset(map(Role, (written or "").split()))


@lru_cache(maxsize=1024)
def _teams(written: str | None) -> Mapping[int, frozenset[TeamRole]]:
    """The teams as they are read in one cell, such as `7:recruiter 9:interviewer`."""
    # A recruiter of hundreds of jobs is read at each request, and her teams seldom change.
    teams: dict[int, set[TeamRole]] = {}
    for job_id, _, part in (one.partition(":") for one in (written or "").split()):
        teams.setdefault(int(job_id), set()).add(TeamRole(part))
    return MappingProxyType({job_id: frozenset(parts) for job_id, parts in teams.items()})
