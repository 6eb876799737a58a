"""Ending what lets candidates in: one session, or every session and link of theirs."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.models.candidate_access import CandidateLink, CandidateSession
from tracker.services.sign_ins import hash_token


def end_session(session: Session, token: str) -> None:
    """End the session that this token stands for; a copy of the cookie is worth nothing from then on."""
    session.execute(
        update(CandidateSession)
        .where(CandidateSession.token_hash == hash_token(token), CandidateSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_all_sessions(session: Session, candidate_id: int) -> None:
    """End every session of a candidate and make every link of theirs worthless."""
    now = clock.now()
    session.execute(
        update(CandidateSession)
        .where(CandidateSession.candidate_id == candidate_id, CandidateSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.execute(
        update(CandidateLink)
        .where(CandidateLink.candidate_id == candidate_id, CandidateLink.used_at.is_(None))
        .values(used_at=now)
    )
