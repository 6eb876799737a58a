"""Referees come to their form: a link that works once, and the time at the form that it opens."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.rules import RuleBroken
from tracker.models.referees import RefereeLink, RefereeSession
from tracker.models.references import Reference, ReferenceResult
from tracker.services.sign_ins import hash_token

LINK_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(hours=4)
NO_LINK = "This link has been used, or its time is over."
ANSWERED = (ReferenceResult.RECEIVED, ReferenceResult.REFUSED)


def is_over(reference: Reference) -> bool:
    """Whether nothing is asked of a referee any more: they answered, or the candidate took them back."""
    return reference.result in ANSWERED or reference.taken_back_at is not None


def issue_referee_link(session: Session, reference_id: int) -> str:
    """A new link of a referee: its token, of 256 random bits, which is told this once."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session.add(
        RefereeLink(
            token_hash=hash_token(token),
            reference_id=reference_id,
            created_at=now,
            expires_at=now + LINK_LASTS,
        )
    )
    session.flush()
    return token


def open_form(session: Session, token: str) -> str:
    """Use a link up and open the form it stands for: the token of that time at it.

    Raises RuleBroken for a link that was used, has expired or never was, or once the referee has answered.
    """
    now = clock.now()
    reference_id = session.execute(
        update(RefereeLink)
        .where(
            RefereeLink.token_hash == hash_token(token),
            RefereeLink.used_at.is_(None),
            RefereeLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(RefereeLink.reference_id)
    ).scalar()
    reference = session.get(Reference, reference_id) if reference_id is not None else None
    if reference is None or is_over(reference):
        raise RuleBroken(NO_LINK)
    opened = secrets.token_urlsafe(32)
    session.add(
        RefereeSession(
            token_hash=hash_token(opened),
            reference_id=reference.id,
            created_at=now,
            expires_at=now + SESSION_LASTS,
        )
    )
    session.flush()
    return opened


def is_good_link(session: Session, token: str) -> bool:
    """Whether a link would still open the form; asking uses nothing up."""
    found = session.scalar(
        select(Reference)
        .join(RefereeLink, RefereeLink.reference_id == Reference.id)
        .where(
            RefereeLink.token_hash == hash_token(token),
            RefereeLink.used_at.is_(None),
            RefereeLink.expires_at > clock.now(),
        )
    )
    return found is not None and not is_over(found)


def find_reference(session: Session, token: str) -> Reference | None:
    """Whose form this time at it stands for; nobody's once it is over or the referee has answered."""
    found = session.scalar(
        select(Reference)
        .join(RefereeSession, RefereeSession.reference_id == Reference.id)
        .where(
            RefereeSession.token_hash == hash_token(token),
            RefereeSession.ended_at.is_(None),
            RefereeSession.expires_at > clock.now(),
        )
    )
    return found if found is not None and not is_over(found) else None


def has_answered(session: Session, token: str) -> bool:
    """Whether the referee of this time at the form, which may be over, has answered or refused."""
    found = session.scalar(
        select(Reference.result)
        .join(RefereeSession, RefereeSession.reference_id == Reference.id)
        .where(RefereeSession.token_hash == hash_token(token))
    )
    return found in ANSWERED


def reference_behind(session: Session, token: str) -> Reference | None:
    """The reference that any link of ours was made for, used or late, if the referee has not answered yet."""
    found = session.scalar(
        select(Reference)
        .join(RefereeLink, RefereeLink.reference_id == Reference.id)
        .where(RefereeLink.token_hash == hash_token(token))
    )
    return found if found is not None and not is_over(found) else None


def end_forms(session: Session, reference_id: int) -> None:
    """End every time at the form and every link of a referee who has answered."""
    now = clock.now()
    session.execute(
        update(RefereeSession)
        .where(RefereeSession.reference_id == reference_id, RefereeSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.execute(
        update(RefereeLink)
        .where(RefereeLink.reference_id == reference_id, RefereeLink.used_at.is_(None))
        .values(used_at=now)
    )
