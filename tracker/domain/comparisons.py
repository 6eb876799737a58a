"""The candidates of one job side by side on one version of its rubric.

Design: rubrics, "Scorecards". A comparison orders what is final and decides nothing.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tracker.domain.scorecards import (
    RATINGS_NEEDED,
    CandidateScore,
    Card,
    RatedRow,
    aggregate,
    rank_scores,
)

Who = TypeVar("Who", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ComparedCandidate(Generic[Who]):
    """One candidate of a comparison; the rank, 1 for the highest, is none until the score is final."""

    who: Who
    score: CandidateScore
    rank: int | None


def compare(
    cards: Mapping[Who, Iterable[Card]],
    competencies: Sequence[RatedRow],
    *,
    ratings_needed: int = RATINGS_NEEDED,
) -> tuple[ComparedCandidate[Who], ...]:
    """Score each candidate's cards on the same rows: the ranked first, by rank, then who is not final yet.

    Ranks are of unrounded overall scores, and ties share one. Equal ranks, and those without one, keep the
    order in which they are given: an unfinished score puts nobody before anybody.
    """
    scores = {
        who: aggregate(given, competencies, ratings_needed=ratings_needed) for who, given in cards.items()
    }
    ranks = rank_scores(list(scores.values()))
    compared = [
        ComparedCandidate(who, score, rank) for (who, score), rank in zip(scores.items(), ranks, strict=True)
    ]
    return tuple(sorted(compared, key=lambda one: (one.rank is None, one.rank or 0)))
