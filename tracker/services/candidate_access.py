"""Candidates come to their own page: a link that works once, and the session that it opens.

Design: trust, "Links to candidates". Of a token only its hash is kept.
"""

import secrets
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.mails import MailEvent
from tracker.domain.names import clean_email
from tracker.domain.rules import RuleBroken
from tracker.models.candidate_access import CandidateLink, CandidateSession
from tracker.models.candidates import Candidate
from tracker.models.outbox import OutboxMessage
from tracker.queries.candidate_access import own_applications
from tracker.services.audit import record
from tracker.services.candidates import find_by_email
from tracker.services.outbox import queue_message
from tracker.services.sign_ins import hash_token

LINK_LASTS = timedelta(days=3)
LINK_LASTS_ASKED = timedelta(hours=1)
SESSION_LASTS = timedelta(hours=4)
_BYTES = 32
NO_LINK = "This link has been used, or its time is over. Ask for a new one; it takes a minute."


def issue_link(session: Session, candidate_id: int, *, lasts: timedelta = LINK_LASTS) -> str:
    """A new link of a candidate: its token, of 256 random bits, which is told this once."""
    token = secrets.token_urlsafe(_BYTES)
    now = clock.now()
    session.add(
        CandidateLink(
            token_hash=hash_token(token), candidate_id=candidate_id, created_at=now, expires_at=now + lasts
        )
    )
    session.flush()
    return token


def open_session(session: Session, token: str, *, address: str | None) -> str:
    """Use a link up and open the session it stands for: the token of that session.

    Raises RuleBroken for a link that was used, has expired or never was. Of two at once, one gets in.
    """
    now = clock.now()
    candidate_id = session.execute(
        update(CandidateLink)
        .where(
            CandidateLink.token_hash == hash_token(token),
            CandidateLink.used_at.is_(None),
            CandidateLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(CandidateLink.candidate_id)
    ).scalar()
    candidate = session.get(Candidate, candidate_id) if candidate_id is not None else None
    # Whoever reads the mail of a record that was made part of another need not be the person who stayed.
    if candidate is None or candidate.erased_at is not None or candidate.merged_into_id is not None:
        raise RuleBroken(NO_LINK)
    return _begin(session, candidate, address)


def request_link(session: Session, email: str) -> None:
    """Mail a new link to whoever has this address and has applied; nobody is told if there is such a person.

    Raises RuleBroken at `email` for what is no address.
    """
    candidate = find_by_email(session, clean_email(email))
    is_known = candidate is not None and candidate.erased_at is None
    latest = next(iter(own_applications(session, candidate.id if candidate else 0)), None)
    application_id = latest.id if is_known and latest else None
    key = f"link:{secrets.token_hex(8)}"
    queue_message(
        session,
        MailEvent.LINK_REQUESTED,
        key=key,
        application_id=application_id,
        not_before=clock.now(),
    )
    session.flush()
    # Whether there is such a person is not told by the time it takes either: the same row is written for
    # nobody, and taken away again.
    nobodys = OutboxMessage.application_id.is_(None)
    session.execute(delete(OutboxMessage).where(OutboxMessage.key == key, nobodys))


def candidate_actor(candidate: Candidate, application_id: int | None = None) -> Actor:
    """The candidate as one who acts, on one application of theirs."""
    return Actor(ActorKind.CANDIDATE, name=candidate.name, application_id=application_id)


def _begin(session: Session, candidate: Candidate, address: str | None) -> str:
    token, now = secrets.token_urlsafe(_BYTES), clock.now()
    opened = CandidateSession(
        token_hash=hash_token(token),
        candidate_id=candidate.id,
        created_at=now,
        expires_at=now + SESSION_LASTS,
        address=(address or "")[:64] or None,
    )
    session.add(opened)
    session.flush()
    record(session, "candidate:come_in", candidate, actor=candidate_actor(candidate))
    return token
