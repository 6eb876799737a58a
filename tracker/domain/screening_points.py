"""The few points of a job that a screening call is scored on, and what each rating takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tracker.domain.names import clean_line, clean_text
from tracker.domain.rules import RuleBroken

FEWEST_POINTS = 3
MOST_POINTS = 5
LONGEST_POINT = 200  # characters
LONGEST_EVIDENCE = 4_000  # characters


class PointRating(StrEnum):
    """How the call went on one point."""

    STRONG = "strong"
    SUFFICIENT = "sufficient"
    WEAK = "weak"
    NOT_ASKED = "not_asked"


POINT_RATING_LABELS = {
    PointRating.STRONG: "Strong",
    PointRating.SUFFICIENT: "Sufficient",
    PointRating.WEAK: "Weak",
    PointRating.NOT_ASKED: "Not asked",
}

POINT_RATING_BADGES = {
    PointRating.STRONG: "good",
    PointRating.SUFFICIENT: "good",
    PointRating.WEAK: "warn",
    PointRating.NOT_ASKED: "plain",
}


@dataclass(frozen=True, slots=True)
class RatedPoint:
    """One point in the job's words, how the call went on it (none: not said), and what the candidate said."""

    point: str
    rating: PointRating | None
    evidence: str = ""

    @property
    def key(self) -> str:
        """The name of its rating in a form."""
        return point_key(self.point)


def point_key(point: str) -> str:
    """Such as `point_1a2b3c4d`: by its words, so that reordering loses nothing."""
    return f"point_{sha256(point.encode()).hexdigest()[:8]}"


def checked_points(lines: Sequence[str]) -> tuple[str, ...]:
    """The points cleaned: three to five, or none for a call that is not scored. RuleBroken at `points`."""
    cleaned = (clean_line(line, "A point", "points", longest=LONGEST_POINT) for line in lines)
    points = tuple(dict.fromkeys(line for line in cleaned if line))
    if points and not FEWEST_POINTS <= len(points) <= MOST_POINTS:
        raise RuleBroken(
            f"Name {FEWEST_POINTS} to {MOST_POINTS} points, one a line, or none at all.", field="points"
        )
    return points


def check_rated(rated: Sequence[RatedPoint], points: Sequence[str]) -> list[dict[str, str]]:
    """The ratings as a call keeps them, each {point, rating, evidence?} in the words that were asked.

    Raises RuleBroken at the key of a point: one that the job does not ask, that was not rated, or that was
    rated without evidence; at the key with `_evidence` for a text that cannot be kept.
    """
    given = {one.point: one for one in rated}
    for one in rated:
        if one.point not in points:
            raise RuleBroken("The calls of this job are not scored on this point.", field=one.key)
    return [_kept(given.get(point, RatedPoint(point, None))) for point in points]


def _kept(rated: RatedPoint) -> dict[str, str]:
    if rated.rating is None:
        raise RuleBroken("Rate this point, or say that it was not asked.", field=rated.key)
    field = f"{rated.key}_evidence"
    evidence = clean_text(rated.evidence, "The evidence", field, longest=LONGEST_EVIDENCE)
    if rated.rating is not PointRating.NOT_ASKED and not evidence:
        raise RuleBroken("Say what the candidate said or did.", field=field)
    kept = {"point": rated.point, "rating": rated.rating.value}
    return {**kept, "evidence": evidence} if evidence else kept
