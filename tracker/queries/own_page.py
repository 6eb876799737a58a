"""What a candidate may read of their own applications, and of nobody else's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.candidate_view import Standing, standing_of
from tracker.domain.dispositions import TRANSFER_REASON
from tracker.domain.offers import OfferStatus
from tracker.domain.reference_forms import asked_of_referees
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidate_replies import CandidateReply
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.queries.offers import offers_of, status_of
from tracker.queries.rubrics import scoring_rows

SHOWN_OFFERS = frozenset({OfferStatus.SENT, OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED})


def own_standing(session: Session, application: Application, now: datetime) -> Standing:
    """Where the candidate reads that this application stands."""
    moved_at = session.scalar(
        select(Move.recorded_at).where(
            Move.application_id == application.id, Move.version == application.version
        )
    )
    sent = _latest_sent(session, application)
    return standing_of(
        application.stage or Stage.APPLICATION,
        application.outcome or Outcome.ACTIVE,
        offer=status_of(sent, now) if sent is not None else None,
        moved_at=moved_at or application.applied_at,
        now=now,
        is_transferred=application.disposition_reason == TRANSFER_REASON,
    )


def goes_on_as(session: Session, application: Application) -> Application | None:
    """The application that this one went on as, for the last of the jobs it was transferred to."""
    found, following = None, application
    while following.disposition_reason == TRANSFER_REASON:
        opened = session.scalar(
            select(Application)
            .where(Application.transferred_from_id == following.id, Application.stage.is_not(None))
            .order_by(Application.id.desc())
            .limit(1)
        )
        if opened is None:
            break
        found = following = opened
    return found


def own_offer(session: Session, application: Application, now: datetime) -> Offer | None:
    """The latest offer that was sent to the candidate and not taken back since."""
    latest = _latest_sent(session, application)
    return latest if latest is not None and status_of(latest, now) in SHOWN_OFFERS else None


def _latest_sent(session: Session, application: Application) -> Offer | None:
    sent = [one for one in offers_of(session, application.id) if one.sent_at is not None]
    return sent[-1] if sent else None


def own_sessions(session: Session, application: Application) -> Sequence[Interview]:
    """The sessions of an application that are on, first to begin first."""
    return session.scalars(
        select(Interview)
        .where(Interview.application_id == application.id, Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.starts_at, Interview.id)
    ).all()


def replies_of(session: Session, interview_ids: Collection[int]) -> dict[int, CandidateReply]:
    """What the candidate said to these sessions, by session."""
    rows = session.scalars(select(CandidateReply).where(CandidateReply.interview_id.in_(interview_ids)))
    return {reply.interview_id: reply for reply in rows}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the next decision looks at: the names that a candidate may know beforehand."""

    points: tuple[str, ...]


def judged_next(session: Session, application: Application, standing: Standing) -> Judged:
    """What is judged next: the job's least qualifications, then the competencies of its rubric by name, and
    at last those few of them that referees are asked about.
    """
    if standing in (Standing.RECEIVED, Standing.BEING_READ):
        return Judged(tuple(application.job.minimum_qualifications))
    if standing in (Standing.TALKING, Standing.CHECKING):
        rows = scoring_rows(session, application.job)
        asked = asked_of_referees(rows) if standing is Standing.CHECKING else rows
        return Judged(tuple(row.name for row in asked))
    return Judged(())
