"""Reads about mentions: which colleagues a note may mention, whom notes mention, and what waits for one."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind, TeamRole
from tracker.domain.mentions import Colleague, sorted_by_name
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job, TeamMember
from tracker.models.mentions import NoteMention
from tracker.models.users import User
from tracker.queries.interviews import owed_by, subject_of
from tracker.queries.users import actor_of


def colleagues_of(session: Session, application: Application) -> tuple[Colleague, ...]:
    """Everybody who may sign in, by name, with whether they may read the notes of this application.

    Whoever still owes a scorecard may be mentioned: they read the note once it is in.
    """
    teams: dict[int, set[TeamRole]] = defaultdict(set)
    members = select(TeamMember.user_id, TeamMember.role).where(TeamMember.job_id == application.job_id)
    for user_id, role in session.execute(members):
        teams[user_id].add(role)
    subject = Subject(job_id=application.job_id, application_id=application.id)
    users = session.scalars(select(User).where(User.is_active).order_by(User.id)).all()
    return sorted_by_name(
        Colleague(
            user.id,
            user.name,
            user.email,
            can(_acting(user, application.job_id, frozenset(teams[user.id])), Permission.NOTE_READ, subject),
        )
        for user in users
    )


def _acting(user: User, job_id: int, roles: frozenset[TeamRole]) -> Actor:
    teams = {job_id: roles} if roles else {}
    return Actor(ActorKind.USER, id=user.id, name=user.name, roles=user.roles, teams=teams)


def may_read_note(session: Session, user: User, application: Application) -> bool:
    """Whether somebody may read the notes of an application now."""
    return user.is_active and can(
        actor_of(session, user), Permission.NOTE_READ, subject_of(session, application)
    )


def mentions_in(session: Session, note_ids: Collection[int]) -> dict[int, list[tuple[int, str, bool]]]:
    """Whom these notes mention, by note: (user id, name, whether they have seen it), by name."""
    found: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    rows = session.execute(
        select(NoteMention.note_id, User.id, User.name, NoteMention.seen_at)
        .join(User, User.id == NoteMention.user_id)
        .where(NoteMention.note_id.in_(note_ids))
        .order_by(User.name, User.id)
    )
    for note_id, user_id, name, seen_at in rows:
        found[note_id].append((user_id, name, seen_at is not None))
    return found


def mentions_waiting(whose: ColumnElement[bool], user_id: int) -> Select[Any]:
    """Notes that mention this person and that they have not seen, oldest first, with who wrote each.

    Where they owe a scorecard nothing is told: not even that somebody wrote.
    """
    columns: tuple[Any, ...] = (
        ApplicationNote.id,
        ApplicationNote.application_id,
        Candidate.name,
        Job.title,
        NoteMention.at.label("at"),
        User.name.label("detail"),
    )
    return (
        select(*columns)
        .select_from(NoteMention)
        .join(ApplicationNote, ApplicationNote.id == NoteMention.note_id)
        .join(Application, Application.id == ApplicationNote.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .outerjoin(User, User.id == ApplicationNote.author_id)
        .where(
            whose,
            NoteMention.user_id == user_id,
            NoteMention.seen_at.is_(None),
            ApplicationNote.text.is_not(None),
            Application.id.not_in(owed_by(user_id)),
        )
        .order_by(NoteMention.at, ApplicationNote.id)
    )
