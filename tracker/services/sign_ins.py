"""Signing in and out: sessions and bearer tokens, of which only hashes are kept, and limits on guessing."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.rules import RuleBroken
from tracker.models.users import ApiToken, LoginSession, RateCount, User
from tracker.queries.logins import Login, find_login
from tracker.queries.users import actor_of, find_token_owner, find_user
from tracker.services.audit import record
from tracker.services.passwords import is_password
from tracker.services.rate_limits import count_asked, window_of

LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
# Tries in a window: of one address at one account, at one account, of one address.
TRIES_OF_PAIR, TRIES_AT_ACCOUNT, TRIES_OF_ADDRESS = 10, 50, 100


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256, enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def count_try(session: Session, email: str, address: str) -> int:
    """Count a try to sign in before it is looked at, for a short transaction of its own.

    Answers how many seconds to wait before another try; 0 while there were few.
    """
    return count_asked(session, _keys(email, address))


def forgive_tries(session: Session, email: str, address: str) -> None:
    """Take back what was counted for a person who then signed in."""
    (pair, _), (account, _), (whole, _) = _keys(email, address)
    at_window = RateCount.window_at == window_of(clock.now())
    session.execute(delete(RateCount).where(RateCount.key.in_([pair, account])))
    session.execute(
        update(RateCount)
        .where(RateCount.key == whole, at_window, RateCount.count > 0)
        .values(count=RateCount.count - 1)
    )


def find_by_password(session: Session, email: str, password: str) -> User | None:
    """Who signs in with this address and password; nobody, after the same time, for any mistake in either."""
    user = find_user(session, email)
    may_sign_in = user is not None and user.is_active
    matches = is_password(user.password_hash if user else None, password)
    return user if may_sign_in and matches else None


def sign_in(session: Session, user: User, *, actor: Actor, address: str | None, agent: str | None) -> str:
    """Begin a session of this person and answer the token for their cookie; only its hash is kept."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    login = LoginSession(
        user_id=user.id,
        token_hash=hash_token(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + LASTS,
        address=(address or "")[:64] or None,
        agent=(agent or "")[:300] or None,
    )
    session.add(login)
    session.flush()
    record(session, "user:signed_in", user, actor=actor)
    return token


def sign_out(session: Session, token: str, *, actor: Actor) -> None:
    """End the session that this token stands for; a copy of the cookie is worth nothing from then on."""
    found = find_login(session, hash_token(token), clock.now())
    if found:
        this = update(LoginSession).where(LoginSession.id == found.id)
        session.execute(this.values(ended_at=clock.now()))
        record(session, "user:signed_out", session.get_one(User, found.actor.id), actor=actor)


def end_sessions(session: Session, user: User, *, actor: Actor) -> None:
    """End every session of this person, wherever they are signed in."""
    is_open = LoginSession.user_id == user.id, LoginSession.ended_at.is_(None)
    session.execute(update(LoginSession).where(*is_open).values(ended_at=clock.now()))
    record(session, "user:sessions_ended", user, actor=actor)


def note_seen(session: Session, login: Login) -> None:
    """Write down that the session is in use, for a short transaction of its own."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == login.id, LoginSession.ended_at.is_(None))
        .values(last_seen_at=clock.now())
    )


def issue_token(session: Session, user: User, *, actor: Actor) -> str:
    """A new bearer token for this person, shown this once. Raises RuleBroken for somebody disabled."""
    if not user.is_active:
        raise RuleBroken("This person is disabled and gets no token.")
    token = secrets.token_urlsafe(32)
    session.add(ApiToken(user_id=user.id, token_hash=hash_token(token), created_at=clock.now()))
    session.flush()
    record(session, "user:token_issued", user, actor=actor)
    return token


def end_tokens(session: Session, user: User, *, actor: Actor) -> None:
    """End every bearer token of this person."""
    is_open = ApiToken.user_id == user.id, ApiToken.ended_at.is_(None)
    session.execute(update(ApiToken).where(*is_open).values(ended_at=clock.now()))
    record(session, "user:tokens_ended", user, actor=actor)


def actor_for_token(session: Session, token: str) -> Actor | None:
    """Who acts with this bearer token, with the roles they have now; nobody if it is not good."""
    owner = find_token_owner(session, hash_token(token), clock.now())
    return actor_of(session, owner) if owner else None


def _keys(email: str, address: str) -> tuple[tuple[str, int], ...]:
    # Hashed, for a list of failed sign-ins would be a list of people.
    account = hash_token(email.strip().lower())[:32]
    return (
        (f"sign-in:pair:{account}:{address}"[:200], TRIES_OF_PAIR),
        (f"sign-in:account:{account}", TRIES_AT_ACCOUNT),
        (f"sign-in:address:{address}"[:200], TRIES_OF_ADDRESS),
    )
