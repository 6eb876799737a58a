"""The smallest valid objects; each call makes a new one."""

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, ActorKind, Role, TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import FORWARD_EDGES, MoveKind
from tracker.domain.stages import STAGES, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job, TeamMember
from tracker.models.users import User, UserRole
from tracker.services.entries import open_application
from tracker.services.move_rows import write_move

_numbers = itertools.count(1)
AN_INSTANT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def make_user(session: Session, name: str = "Rita", *roles: Role) -> User:
    number = next(_numbers)
    user = User(email=f"{name.lower()}{number}@example.org", name=name, is_active=True, created_at=AN_INSTANT)
    user.role_rows = [UserRole(role=role) for role in roles]
    session.add(user)
    session.flush()
    return user


def make_job(session: Session, **values: object) -> Job:
    given = {
        "title": f"Order clerk {next(_numbers)}",
        "status": JobStatus.OPEN,
        "openings": 3,
        "approved_at": AN_INSTANT,
        "created_at": AN_INSTANT,
        "minimum_qualifications": [],
        "preferred_qualifications": [],
        "description": "",
    }
    job = Job(**{**given, **values})
    session.add(job)
    session.flush()
    return job


def make_candidate(session: Session, name: str = "Amina Yusuf", **values: object) -> Candidate:
    number = next(_numbers)
    given = {
        "name": name,
        "sort_name": name.casefold(),
        "email": f"candidate{number}@example.net",
        "search_text": name.casefold(),
        "created_at": AN_INSTANT,
    }
    candidate = Candidate(**{**given, **values})
    session.add(candidate)
    session.flush()
    return candidate


def join_team(session: Session, job: Job, user: User, role: TeamRole) -> None:
    session.execute(insert(TeamMember), [{"job_id": job.id, "user_id": user.id, "role": role}])


def actor_of(session: Session, user: User) -> Actor:
    teams: dict[int, frozenset[TeamRole]] = {}
    for job_id, role in session.execute(
        select(TeamMember.job_id, TeamMember.role).where(TeamMember.user_id == user.id)
    ):
        teams[job_id] = teams.get(job_id, frozenset()) | {role}
    return Actor(ActorKind.USER, id=user.id, name=user.name, roles=user.roles, teams=teams)


def make_actor(
    session: Session,
    role: Role,
    job: Job | None = None,
    team_roles: Iterable[TeamRole] = (),
    name: str = "Rita",
) -> Actor:
    user = make_user(session, name, role)
    for team_role in team_roles:
        assert job is not None
        join_team(session, job, user, team_role)
    return actor_of(session, user)


def make_application(
    session: Session,
    job: Job | None = None,
    *,
    stage: Stage = Stage.APPLICATION,
    candidate: Candidate | None = None,
    actor: Actor = SYSTEM,
) -> Application:
    """An active application that was advanced to this stage by moves without requirements being asked."""
    application = open_application(
        session,
        job or make_job(session),
        (candidate or make_candidate(session)).id,
        actor=actor,
        source="website",
        consent_notice="2026-01",
    )
    for edge in FORWARD_EDGES:
        if edge.kind is MoveKind.ADVANCE and edge.to_stage in STAGES[1 : stage.place + 1]:
            write_move(session, application, edge, MoveRequest(MoveKind.ADVANCE), actor=actor, at=clock.now())
    assert (application.stage, application.outcome) == (stage, Outcome.ACTIVE)
    return application
