"""What the sessions, panels and scorecards of applications add up to, as facts for the rules."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from tracker.domain.matching import largest_matching
from tracker.models.interviews import Interview, InterviewStatus, PanelMember, counts_as_held
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.users import User
from tracker.queries.by_ids import among
from tracker.queries.prepared import prepared


@dataclass(slots=True)
class InterviewSums:
    """What the sessions and cards of one application add up to."""

    rounds: set[int]
    sessions: int = 0
    expected: int = 0
    due: tuple[tuple[int, str], ...] = ()


@prepared
def _sessions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Interview.application_id,
            Interview.id,
            Interview.title,
            Interview.status,
            Interview.round_position,
            Interview.starts_at,
            Interview.minutes,
            PanelMember.user_id,
            User.name,
            Scorecard.submitted_at,
        )
        .outerjoin(PanelMember, PanelMember.interview_id == Interview.id)
        .outerjoin(User, User.id == PanelMember.user_id)
        .outerjoin(
            Scorecard,
            and_(
                Scorecard.interview_id == Interview.id,
                Scorecard.interviewer_id == PanelMember.user_id,
                Scorecard.amends_id.is_(None),
            ),
        )
        .where(among(Interview.application_id), Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.id, PanelMember.user_id)
    )


def interview_sums(session: Session, ids: Collection[int], now: datetime) -> dict[int, InterviewSums]:
    """Rounds held by now, cards expected and cards due of each application.

    A round is held once its session is over and was not called off: that says nothing of anybody's card.
    """
    found: dict[int, InterviewSums] = defaultdict(lambda: InterviewSums(set()))
    for row in _sessions.rows(session, ids=ids):
        sums = found[row.application_id]
        is_held = counts_as_held(row.status, row.starts_at, row.minutes, now)
        if row.round_position is not None and is_held:
            sums.rounds.add(row.round_position)
        if row.user_id is not None:
            sums.expected += 1
            if row.submitted_at is None:
                sums.due += ((row.user_id, f"{row.title} by {row.name}"),)
    return found


@prepared
def _rated() -> Select[*tuple[Any, ...]]:
    return (
        select(Interview.application_id, Rating.competency, Scorecard.interviewer_id, Interview.id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(
            among(Interview.application_id),
            Scorecard.submitted_at.is_not(None),
            Scorecard.amends_id.is_(None),
            Rating.value.is_not(None),
        )
        .order_by(Interview.application_id, Interview.id, Scorecard.interviewer_id)
    )


def times_rated(session: Session, ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How often each competency of each application was rated by different people in different sessions."""
    pairs: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for application_id, competency, person, sitting in _rated.tuples(session, ids=ids):
        pairs[application_id][competency].append((person, sitting))
    return {
        application_id: {competency: largest_matching(of_row) for competency, of_row in of_rows.items()}
        for application_id, of_rows in pairs.items()
    }
