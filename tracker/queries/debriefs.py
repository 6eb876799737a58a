"""Reads about debriefs: the decisions on an application, and its cards laid out row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.competencies import Competency
from tracker.domain.scorecards import (
    HIGHEST_RATING,
    LOWEST_RATING,
    CandidateScore,
    CompetencyScore,
    by_disagreement,
)
from tracker.models.debriefs import Debrief
from tracker.models.scorecards import Rating, Scorecard

_ORDER: tuple[int | None, ...] = (*range(HIGHEST_RATING, LOWEST_RATING - 1, -1), None)


@dataclass(frozen=True, slots=True)
class Said:
    """One card's word on one competency."""

    card: Scorecard
    rating: Rating


@dataclass(frozen=True, slots=True)
class DebriefRow:
    """One competency in the debrief: its score, its rubric row, and by level, highest first, who saw it."""

    score: CompetencyScore
    row: Competency
    levels: tuple[tuple[int | None, tuple[Said, ...]], ...]

    @property
    def is_rated(self) -> bool:
        """Whether any card speaks of it."""
        return any(said for _, said in self.levels)


def debriefs_of(session: Session, application_id: int) -> Sequence[Debrief]:
    """The decisions after the interviews of an application, latest first: the one that counts."""
    return session.scalars(
        select(Debrief).where(Debrief.application_id == application_id).order_by(Debrief.id.desc())
    ).all()


def debrief_rows(
    cards: Iterable[Scorecard], score: CandidateScore, rows: Iterable[Competency]
) -> list[DebriefRow]:
    """The competencies in the order of the debrief, widest spread first, with what the cards say of each."""
    known = {row.key: row for row in rows}
    said: dict[tuple[str, int | None], list[Said]] = {}
    for card in cards:
        for rating in card.ratings:
            said.setdefault((rating.competency, rating.value), []).append(Said(card, rating))
    return [
        DebriefRow(
            one, known[one.key], tuple((value, tuple(said.get((one.key, value), ()))) for value in _ORDER)
        )
        for one in by_disagreement(score)
    ]
