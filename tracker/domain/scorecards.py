"""Scorecards: what may be handed in, and how independent ratings become a candidate's score.

Design: rubrics, "Scorecards". Evidence comes before the rating, nothing missing is averaged as 0, and no
score moves or rejects anyone by itself.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import Protocol

from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.matching import largest_matching
from tracker.domain.rules import RuleBroken

LOWEST_RATING, HIGHEST_RATING = 0, 4
RATINGS_NEEDED = 2
WIDE_SPREAD = 2  # levels between the lowest and the highest rater, from which a row is talked about first
LONGEST_EVIDENCE = 10_000  # characters

RATING_LABELS: dict[int | None, str] = {
    None: "Not assessed",
    0: "No evidence",
    **{level.rank: label for level, label in LEVEL_LABELS.items()},
}


class Recommendation(StrEnum):
    """The interviewer's overall word, asked last and never part of the mean."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"


RECOMMENDATION_LABELS: dict[Recommendation, str] = {
    Recommendation.STRONG_NO: "Strong no",
    Recommendation.NO: "No",
    Recommendation.YES: "Yes",
    Recommendation.STRONG_YES: "Strong yes",
}


class RatedRow(Protocol):
    """What scoring needs to know of a competency of the rubric."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def weight(self) -> float: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def target_level(self) -> Level: ...


@dataclass(frozen=True, slots=True)
class Rating:
    """One row of a card: `value` is 0 to 4, or none for not assessed; evidence is what was said or done."""

    competency: str
    value: int | None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A submitted scorecard: who rated, in which session, and the ratings."""

    rater: Hashable
    session: Hashable
    ratings: tuple[Rating, ...]
    recommendation: Recommendation | None = None


def scorecard_problems(
    ratings: Sequence[Rating], recommendation: Recommendation | None, competencies: Sequence[RatedRow]
) -> list[RuleBroken]:
    """Everything that keeps a card from being handed in, in the order of the card.

    Fields are `ratings.KEY.value`, `ratings.KEY.evidence` and `recommendation`.
    """
    problems: list[RuleBroken] = []
    given: dict[str, Rating] = {}
    known = {row.key for row in competencies}
    for rating in ratings:
        if rating.competency not in known:
            problems.append(RuleBroken("This row is not part of the session.", _field(rating, "value")))
        elif rating.competency in given:
            problems.append(RuleBroken("A competency is rated once per card.", _field(rating, "value")))
        given.setdefault(rating.competency, rating)
    for row in competencies:
        problems.extend(_row_problems(row, given.get(row.key)))
    if recommendation is None:
        problems.append(RuleBroken("Give your overall recommendation.", "recommendation"))
    return problems


def check_scorecard(
    ratings: Sequence[Rating], recommendation: Recommendation | None, competencies: Sequence[RatedRow]
) -> None:
    """Refuse a card that is not ready to be handed in; raises the first of `scorecard_problems`."""
    for problem in scorecard_problems(ratings, recommendation, competencies):
        raise problem


def _row_problems(row: RatedRow, rating: Rating | None) -> list[RuleBroken]:
    if rating is None:
        return [RuleBroken(f"Rate {row.name}, or mark it as not assessed.", f"ratings.{row.key}.value")]
    value = rating.value
    if value is not None and (type(value) is not int or not LOWEST_RATING <= value <= HIGHEST_RATING):
        sentence = f"The rating of {row.name} must be 0 to 4, or not assessed."
        return [RuleBroken(sentence, _field(rating, "value"))]
    if value is not None and not rating.evidence.strip():
        sentence = f"Write down what the candidate said or did on {row.name} before rating it."
        return [RuleBroken(sentence, _field(rating, "evidence"))]
    if len(rating.evidence) > LONGEST_EVIDENCE:
        sentence = f"The evidence on {row.name} is longer than {LONGEST_EVIDENCE:,} characters."
        return [RuleBroken(sentence, _field(rating, "evidence"))]
    return []


def _field(rating: Rating, part: str) -> str:
    return f"ratings.{rating.competency}.{part}"


@dataclass(frozen=True, slots=True)
class CompetencyScore:
    """One row of a candidate's result; scores are unrounded, 0 to 4, none while nobody has rated the row."""

    key: str
    name: str
    weight: float
    is_required: bool
    target: int
    score: float | None
    raters: int
    independent: int
    is_covered: bool
    spread: float
    is_below_bar: bool

    @property
    def is_disputed(self) -> bool:
        """Whether raters lie two levels or more apart."""
        return self.spread >= WIDE_SPREAD


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """A candidate's result: `overall` is the weighted mean of the rated rows, `target` of their targets."""

    rows: tuple[CompetencyScore, ...]
    overall: float | None
    target: float | None
    covered: int
    required: int

    @property
    def is_final(self) -> bool:
        """Whether every required row has enough independent ratings; before that no rank is given."""
        return self.overall is not None and self.covered == self.required

    @property
    def progress(self) -> str:
        """How far the required rows are covered, as "7 of 10 covered"."""
        return f"{self.covered} of {self.required} covered"

    @property
    def below_bar(self) -> tuple[CompetencyScore, ...]:
        """Required rows more than one level under their target: a flag for the debrief, never a decision."""
        return tuple(row for row in self.rows if row.is_below_bar)


def aggregate(
    cards: Iterable[Card], competencies: Sequence[RatedRow], *, ratings_needed: int = RATINGS_NEEDED
) -> CandidateScore:
    """Bring a candidate's submitted cards together, by row and overall (design: rubrics, "Scorecards")."""
    cards = list(cards)
    exact = {row.key: _rater_values(cards, row.key) for row in competencies}
    rows = tuple(_row_score(row, exact[row.key], cards, ratings_needed) for row in competencies)
    rated = [row for row in competencies if exact[row.key]]
    weights = sum((Fraction(row.weight) for row in rated), Fraction(0))
    overall = target = None
    if weights:
        points = sum((Fraction(row.weight) * _middle(exact[row.key]) for row in rated), Fraction(0))
        aims = sum((Fraction(row.weight) * row.target_level.rank for row in rated), Fraction(0))
        overall, target = float(points / weights), float(aims / weights)
    required = [row for row in rows if row.is_required]
    return CandidateScore(rows, overall, target, sum(row.is_covered for row in required), len(required))


def _rater_values(cards: Sequence[Card], key: str) -> list[Fraction]:
    """One value per rater: two cards of one person count as one, with their mean."""
    by_rater: dict[Hashable, list[int]] = {}
    for card in cards:
        for rating in card.ratings:
            if rating.competency == key and rating.value is not None:
                by_rater.setdefault(card.rater, []).append(rating.value)
    return [Fraction(sum(values), len(values)) for values in by_rater.values()]


def _middle(values: Sequence[Fraction]) -> Fraction:
    """The mean of up to two raters, the median from three."""
    return Fraction(median(values)) if len(values) > 2 else sum(values, Fraction(0)) / len(values)


def _row_score(
    row: RatedRow, values: Sequence[Fraction], cards: Sequence[Card], ratings_needed: int
) -> CompetencyScore:
    score = _middle(values) if values else None
    independent = largest_matching(
        (card.rater, card.session)
        for card in cards
        for rating in card.ratings
        if rating.competency == row.key and rating.value is not None
    )
    target = row.target_level.rank
    return CompetencyScore(
        key=row.key,
        name=row.name,
        weight=row.weight,
        is_required=row.is_required,
        target=target,
        score=None if score is None else float(score),
        raters=len(values),
        independent=independent,
        is_covered=independent >= ratings_needed,
        spread=float(max(values) - min(values)) if values else 0.0,
        is_below_bar=row.is_required and score is not None and score < target - 1,
    )


def rank_scores(scores: Sequence[CandidateScore]) -> list[int | None]:
    """The rank of each candidate by unrounded overall score, ties sharing one; none for scores not final."""
    final = [score.overall for score in scores if score.is_final and score.overall is not None]
    return [
        1 + sum(other > score.overall for other in final)
        if score.is_final and score.overall is not None
        else None
        for score in scores
    ]


def by_disagreement(score: CandidateScore) -> list[CompetencyScore]:
    """The rows in the order of the debrief: widest spread first, equal ones in the order of the rubric."""
    return sorted(score.rows, key=lambda row: -row.spread)


def against_score(score: CandidateScore, *, advances: bool) -> str | None:
    """How a decision goes against what the cards add up to, as a sentence; none where it does not.

    Scores decide nothing by themselves; whoever decides otherwise says that they know.
    """
    if score.overall is None or score.target is None:
        return None
    figures = f"{score.overall:.1f} against a target of {score.target:.1f}"
    is_below = score.overall < score.target
    if advances and is_below:
        return f"The score is below its target: {figures}."
    if advances and score.below_bar:
        return f"Below the bar: {', '.join(row.name for row in score.below_bar)}."
    if not advances and not is_below and not score.below_bar:
        return f"The score reaches its target: {figures}."
    return None
