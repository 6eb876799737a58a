"""Reads about candidates' access: which link is still good, and whose session a cookie stands for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.models.applications import Application
from tracker.models.candidate_access import AddressChange, CandidateLink, CandidateSession
from tracker.models.candidates import Candidate
from tracker.queries.merges import members_of


def find_open_link(session: Session, token_hash: str, now: datetime) -> CandidateLink | None:
    """The link of this hash, if it was not used and has not expired."""
    return session.scalar(
        select(CandidateLink).where(
            CandidateLink.token_hash == token_hash,
            CandidateLink.used_at.is_(None),
            CandidateLink.expires_at > now,
        )
    )


def find_address_change(session: Session, token_hash: str, now: datetime) -> AddressChange | None:
    """The change of address whose link has this hash, if it was not used and has not expired."""
    return session.scalar(
        select(AddressChange).where(
            AddressChange.token_hash == token_hash,
            AddressChange.used_at.is_(None),
            AddressChange.expires_at > now,
        )
    )


def find_candidate_session(session: Session, token_hash: str, now: datetime) -> Candidate | None:
    """Whose open session this hash stands for; nobody's once it ended, or the person was erased or merged."""
    return session.scalar(
        select(Candidate)
        .join(CandidateSession, CandidateSession.candidate_id == Candidate.id)
        .where(
            CandidateSession.token_hash == token_hash,
            CandidateSession.ended_at.is_(None),
            CandidateSession.expires_at > now,
            Candidate.erased_at.is_(None),
            Candidate.merged_into_id.is_(None),
        )
    )


def own_applications(session: Session, candidate_id: int) -> Sequence[Application]:
    """The applications of one person with their jobs, of all records that were made one, latest first."""
    return session.scalars(
        select(Application)
        .where(
            Application.candidate_id.in_(members_of(session, candidate_id)), Application.stage.is_not(None)
        )
        .order_by(Application.applied_at.desc(), Application.id.desc())
        .options(joinedload(Application.job))
    ).all()
