"""People of the organisation: giving accounts, roles and passwords, and taking them away."""

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, Role
from tracker.domain.passwords import check_password
from tracker.domain.rules import RuleBroken
from tracker.models.users import User, UserRole
from tracker.queries.users import count_others_of_hr, find_user
from tracker.services.audit import record
from tracker.services.passwords import hash_password
from tracker.services.report_exports import end_exports
from tracker.services.sign_ins import end_sessions, end_tokens

_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


def add_user(
    session: Session,
    *,
    email: str,
    name: str,
    roles: Iterable[Role],
    actor: Actor,
    password: str | None = None,
) -> User:
    """Give somebody an account; without a password they cannot sign in yet.

    Raises RuleBroken at `email`, `name`, `roles` or `password`.
    """
    email, name = email.strip().lower(), _checked_name(name)
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise RuleBroken("Enter an e-mail address, such as rita@example.org.", field="email")
    if find_user(session, email):
        raise RuleBroken("Somebody with this address has an account already.", field="email")
    chosen = _checked_roles(roles)
    user = User(email=email, name=name, is_active=True, created_at=clock.now())
    user.role_rows = [UserRole(role=role) for role in sorted(chosen)]
    if password is not None:
        check_password(password, email=email, name=name)
        user.password_hash = hash_password(password)
    session.add(user)
    session.flush()
    record(session, "user:added", user, actor=actor, roles=sorted(chosen))
    return user


def rename_user(session: Session, user: User, name: str, *, actor: Actor) -> None:
    """Correct how a person is called. Raises RuleBroken at `name`."""
    name = _checked_name(name)
    if name != user.name:
        user.name = name
        record(session, "user:renamed", user, actor=actor)


def set_password(session: Session, user: User, password: str, *, actor: Actor) -> None:
    """Give a person a new password; they are signed out everywhere. Raises RuleBroken at `password`."""
    check_password(password, email=user.email, name=user.name)
    user.password_hash = hash_password(password)
    record(session, "user:password_set", user, actor=actor)
    end_sessions(session, user, actor=actor)


def change_roles(session: Session, user: User, roles: Iterable[Role], *, actor: Actor) -> None:
    """Change what a person may do and sign them out everywhere. Raises RuleBroken for the last of HR."""
    chosen = _checked_roles(roles)
    before = user.roles
    if chosen == before:
        return
    if Role.HR in before - chosen:
        _require_other_hr(session, user, field="roles")
    user.role_rows = [row for row in user.role_rows if row.role in chosen]
    user.role_rows += [UserRole(role=role) for role in sorted(chosen - before)]
    session.flush()
    record(session, "user:roles_changed", user, actor=actor, before=sorted(before), after=sorted(chosen))
    end_sessions(session, user, actor=actor)


def disable_user(session: Session, user: User, *, actor: Actor) -> None:
    """Take access away at once: sessions and tokens end. Raises RuleBroken for the last of HR."""
    if not user.is_active:
        return
    if Role.HR in user.roles:
        _require_other_hr(session, user, field=None)
    user.is_active = False
    user.disabled_at = clock.now()
    record(session, "user:disabled", user, actor=actor)
    end_exports(session, user)
    end_sessions(session, user, actor=actor)
    end_tokens(session, user, actor=actor)


def enable_user(session: Session, user: User, *, actor: Actor) -> None:
    """Let somebody sign in again, with new sessions and tokens only."""
    if user.is_active:
        return
    user.is_active = True
    user.disabled_at = None
    record(session, "user:enabled", user, actor=actor)
    end_sessions(session, user, actor=actor)


def set_appearance(
    session: Session, user: User, *, actor: Actor, theme: str | None = None, time_zone: str | None = None
) -> None:
    """Keep a person's own colours (auto, light, dark) and the zone in which they read instants."""
    if theme is not None:
        if theme not in ("auto", "light", "dark"):
            raise RuleBroken("Choose light, dark, or as the device.", field="theme")
        user.theme = theme
    if time_zone is not None:
        user.time_zone = _checked_zone(time_zone)
    record(session, "user:settings_changed", user, actor=actor)


def set_mail_wishes(session: Session, user: User, *, is_mailed_mentions: bool, actor: Actor) -> None:
    """Keep about what a person wishes to be written to."""
    user.is_mailed_mentions = is_mailed_mentions
    session.flush()
    record(session, "user:mail_wishes_changed", user, actor=actor, mentions=is_mailed_mentions)


def _checked_zone(name: str) -> str | None:
    """The name of a time zone there is; none for nothing written. Raises RuleBroken at `time_zone`."""
    written = name.strip()
    if not written:
        return None
    try:
        return ZoneInfo(written).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleBroken("Choose a time zone from the list.", field="time_zone") from None


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise RuleBroken("Enter a name of at most 200 characters.", field="name")
    return name


def _checked_roles(roles: Iterable[Role]) -> frozenset[Role]:
    chosen = frozenset(roles)
    if not chosen:
        raise RuleBroken("Choose at least one role.", field="roles")
    return chosen


def _require_other_hr(session: Session, user: User, *, field: str | None) -> None:
    # Locked before counting: two people of HR who take the role from each other come one after the other.
    session.execute(
        select(User.id)
        .join(UserRole)
        .where(UserRole.role == Role.HR)
        .order_by(User.id)
        .with_for_update(of=User)
    )
    if not count_others_of_hr(session, user):
        raise RuleBroken("Nobody of HR would be left. Give the role to somebody else first.", field=field)
