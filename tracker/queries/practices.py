"""Reads about practices: a person's own, and whether a first scorecard is still before them."""

from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.actors import Actor
from tracker.models.practices import Practice, PracticeNeed
from tracker.models.scorecards import Scorecard


@dataclass(frozen=True, slots=True)
class PracticeState:
    """Where a person stands: how often they practised, the latest, and whether any card of theirs is in."""

    times: int
    latest: Practice | None
    has_handed_in: bool

    @property
    def is_first_ahead(self) -> bool:
        """Whether the first live scorecard is still to come, and nothing was practised for it."""
        return not self.times and not self.has_handed_in


def own_practices(actor: Actor) -> Select[Practice]:
    """The practices of the person, latest first: nobody reads another's."""
    return (
        select(Practice)
        .where(Practice.user_id == actor.id)
        .options(selectinload(Practice.ratings))
        .order_by(Practice.attempt.desc())
    )


def practice_state(session: Session, actor: Actor) -> PracticeState:
    """How far the person is with practising, in two queries."""
    latest = session.scalars(own_practices(actor).limit(1)).first()
    has_handed_in = session.scalar(
        select(exists().where(Scorecard.interviewer_id == actor.id, Scorecard.submitted_at.is_not(None)))
    )
    return PracticeState(latest.attempt + 1 if latest else 0, latest, bool(has_handed_in))


def attempts_of(session: Session, user_id: int) -> int:
    """How many practices the person has done: the number of the next one."""
    return session.scalar(select(func.count()).where(Practice.user_id == user_id)) or 0


def asks_for_practice(session: Session, job_id: int) -> bool:
    """Whether the job asks people to practise before the first scorecard they ever hand in."""
    return session.get(PracticeNeed, job_id) is not None
