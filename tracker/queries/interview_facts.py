"""What the sessions, panels and scorecards of applications add up to, as facts for the rules."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.users import User


@dataclass(slots=True)
class InterviewSums:
    """What the sessions and cards of one application add up to."""

    rounds: set[int]
    sessions: int = 0
    expected: int = 0
    due: tuple[tuple[int, str], ...] = ()


def interview_sums(session: Session, ids: Collection[int]) -> dict[int, InterviewSums]:
    """Rounds held, cards expected and cards due of each application."""
    found: dict[int, InterviewSums] = defaultdict(lambda: InterviewSums(set()))
    rows = session.execute(
        select(
            Interview.application_id,
            Interview.id,
            Interview.title,
            Interview.status,
            Interview.round_position,
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
        .where(Interview.application_id.in_(ids), Interview.status != InterviewStatus.CANCELLED)
        .order_by(Interview.id, PanelMember.user_id)
    )
    for application_id, _, title, status, position, user_id, name, submitted_at in rows:
        sums = found[application_id]
        if status is InterviewStatus.HELD and position is not None:
            sums.rounds.add(position)
        if user_id is not None:
            sums.expected += 1
            if submitted_at is None:
                sums.due += ((user_id, f"{title} by {name}"),)
    return found


def rated_rows(session: Session, ids: Collection[int]) -> dict[int, dict[str, set[tuple[int, int]]]]:
    """Which (interviewer, session) pairs rated each competency of each application."""
    found: dict[int, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    rows = session.execute(
        select(Interview.application_id, Rating.competency, Scorecard.interviewer_id, Interview.id)
        .join(Scorecard, Scorecard.interview_id == Interview.id)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(
            Interview.application_id.in_(ids),
            Scorecard.submitted_at.is_not(None),
            Scorecard.amends_id.is_(None),
            Rating.value.is_not(None),
        )
    )
    for application_id, competency, interviewer_id, interview_id in rows:
        found[application_id][competency].add((interviewer_id, interview_id))
    return found


def independent(pairs: set[tuple[int, int]]) -> int:
    """How many ratings are by different people in different sessions."""
    return min(len({person for person, _ in pairs}), len({sitting for _, sitting in pairs}))
