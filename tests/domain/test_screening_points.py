"""The points of a screening call: how many, and what each rating takes."""

import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.screening_points import (
    PointRating,
    RatedPoint,
    check_rated,
    checked_points,
    point_key,
)

POINTS = ("Why this job", "Notice period", "Shifts")


@pytest.mark.parametrize(
    ("lines", "points"),
    [
        ([], ()),
        ([" ", ""], ()),
        (["a", "b", " c  d ", "a"], ("a", "b", "c d")),
        (["a", "b", "c", "d", "e"], ("a", "b", "c", "d", "e")),
    ],
)
def test_points_are_three_to_five_or_none(lines, points):
    assert checked_points(lines) == points


@pytest.mark.parametrize("lines", [["a"], ["a", "b"], ["a", "b", "a"], list("abcdef"), ["x" * 201, "b", "c"]])
def test_too_few_too_many_or_too_long_are_refused_at_the_points(lines):
    with pytest.raises(RuleBroken) as refused:
        checked_points(lines)
    assert refused.value.field == "points"


def rated(*ratings, evidence="Said so"):
    return [RatedPoint(point, rating, evidence) for point, rating in zip(POINTS, ratings, strict=False)]


def test_ratings_are_kept_in_the_order_and_words_that_were_asked():
    given = [*rated(PointRating.STRONG, PointRating.WEAK), RatedPoint("Shifts", PointRating.NOT_ASKED)]
    assert check_rated(given[::-1], POINTS) == [
        {"point": "Why this job", "rating": "strong", "evidence": "Said so"},
        {"point": "Notice period", "rating": "weak", "evidence": "Said so"},
        {"point": "Shifts", "rating": "not_asked"},
    ]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (rated(PointRating.STRONG, PointRating.WEAK), point_key("Shifts"), "Rate this point"),
        (rated(PointRating.STRONG, None, PointRating.WEAK), point_key("Notice period"), "Rate this point"),
        (
            rated(*[PointRating.WEAK] * 3, evidence=" "),
            f"{point_key('Why this job')}_evidence",
            "said or did",
        ),
        ([RatedPoint("Height", PointRating.WEAK, "x")], point_key("Height"), "not scored"),
    ],
)
def test_what_is_missing_is_said_at_its_point(given, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        check_rated(given, POINTS)
    assert refused.value.field == field
