"""Requests of candidates about their data."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from tracker.models.data_requests import DataRequestState, ErasureRequest

MOST_LISTED = 200


def waiting_request(session: Session, candidate_id: int) -> ErasureRequest | None:
    """A candidate's request that HR has not settled yet."""
    return session.scalar(
        select(ErasureRequest).where(
            ErasureRequest.candidate_id == candidate_id, ErasureRequest.state == DataRequestState.WAITING
        )
    )


def latest_request(session: Session, candidate_id: int) -> ErasureRequest | None:
    """What a candidate asked for last."""
    return session.scalar(
        select(ErasureRequest)
        .where(ErasureRequest.candidate_id == candidate_id)
        .order_by(ErasureRequest.id.desc())
        .limit(1)
    )


def erasure_requests(session: Session) -> Sequence[ErasureRequest]:
    """All requests, those that wait first, then the latest."""
    waits = case((ErasureRequest.state == DataRequestState.WAITING, 0), else_=1)
    return session.scalars(
        select(ErasureRequest)
        .order_by(waits, ErasureRequest.id.desc())
        .limit(MOST_LISTED)
        .options(joinedload(ErasureRequest.candidate))
    ).all()
