from dataclasses import dataclass
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.frameworks import Level
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import (
    RATING_LABELS,
    RECOMMENDATION_LABELS,
    Card,
    Rating,
    Recommendation,
    aggregate,
    by_disagreement,
    check_scorecard,
    rank_scores,
    scorecard_problems,
)


@dataclass(frozen=True)
class Row:
    key: str
    weight: float = 1.0
    is_required: bool = True
    target_level: Level = Level.DEVELOPING

    @property
    def name(self) -> str:
        return self.key.title()


CHARGES, STOCK = Row("charges"), Row("stock")
YES = Recommendation.YES


def rated(key: str, value: int | None, evidence: str = "Said how.") -> Rating:
    return Rating(key, value, evidence)


def card(rater: str, session: int, **values: int | None) -> Card:
    return Card(rater, session, tuple(rated(key, value) for key, value in values.items()), YES)


def score(*cards: Card, rows: tuple[Row, ...] = (CHARGES, STOCK), needed: int = 2):
    return aggregate(cards, rows, ratings_needed=needed)


@pytest.mark.parametrize("value", [None, 0, 1, 2, 3, 4])
def test_values_of_the_scale_are_accepted_with_evidence(value):
    check_scorecard([rated("charges", value)], YES, [CHARGES])


def test_row_not_assessed_needs_no_evidence():
    check_scorecard([rated("charges", None, "")], YES, [CHARGES])


@pytest.mark.parametrize(
    ("ratings", "recommendation", "field"),
    [
        ([rated("charges", 3, "")], YES, "ratings.charges.evidence"),
        ([rated("charges", 3, " \n ")], YES, "ratings.charges.evidence"),
        ([rated("charges", 0, "")], YES, "ratings.charges.evidence"),
        ([rated("charges", 3, "x" * 10_001)], YES, "ratings.charges.evidence"),
        ([rated("charges", None, "x" * 10_001)], YES, "ratings.charges.evidence"),
        ([rated("charges", 5)], YES, "ratings.charges.value"),
        ([rated("charges", -1)], YES, "ratings.charges.value"),
        ([rated("charges", True)], YES, "ratings.charges.value"),
        ([rated("charges", 2.5)], YES, "ratings.charges.value"),  # type: ignore[arg-type]
        ([], YES, "ratings.charges.value"),
        ([rated("charges", 3), rated("charges", 2)], YES, "ratings.charges.value"),
        ([rated("charges", 3), rated("other", 2)], YES, "ratings.other.value"),
        ([rated("charges", 3)], None, "recommendation"),
    ],
)
def test_card_that_is_not_ready_is_refused_at_its_field(ratings, recommendation, field):
    with pytest.raises(RuleBroken) as broken:
        check_scorecard(ratings, recommendation, [CHARGES])
    assert broken.value.field == field
    assert broken.value.message.endswith(".")


def test_all_problems_of_a_card_are_told_at_once_in_its_order():
    problems = scorecard_problems([rated("stock", 2, "")], None, [CHARGES, STOCK])
    assert [problem.field for problem in problems] == [
        "ratings.charges.value",
        "ratings.stock.evidence",
        "recommendation",
    ]


def test_recommendation_never_enters_the_score():
    cards = [Card("ines", 1, (rated("charges", 2),), choice) for choice in Recommendation]
    assert {score(one, rows=(CHARGES,)).overall for one in cards} == {2.0}


def test_two_raters_give_the_mean_and_three_the_median():
    assert score(card("a", 1, charges=1), card("b", 2, charges=4)).rows[0].score == 2.5
    three = [card("a", 1, charges=1), card("b", 2, charges=1), card("c", 3, charges=4)]
    assert score(*three).rows[0].score == 1.0


def test_two_cards_of_one_person_count_as_one_rater():
    row = score(card("a", 1, charges=1), card("a", 2, charges=4), card("b", 3, charges=4)).rows[0]
    assert (row.score, row.raters) == (3.25, 2)


def test_not_assessed_and_no_evidence_are_never_merged():
    assert score(card("a", 1, charges=None), card("b", 2, charges=4)).rows[0].score == 4.0
    assert score(card("a", 1, charges=0), card("b", 2, charges=4)).rows[0].score == 2.0
    nothing = score(card("a", 1, charges=None)).rows[0]
    assert (nothing.score, nothing.raters, nothing.is_below_bar) == (None, 0, False)


def test_row_nobody_rated_does_not_lower_the_overall_score():
    result = score(card("a", 1, charges=4, stock=None))
    assert (result.overall, result.target) == (4.0, 2.0)


def test_overall_score_is_the_weighted_mean_beside_the_weighted_target():
    rows = (Row("charges", weight=3.0), Row("stock", weight=1.0, target_level=Level.ADVANCED))
    result = score(card("a", 1, charges=4, stock=2), rows=rows)
    assert (result.overall, result.target) == (3.5, 2.5)


def test_no_ratings_give_no_score():
    result = score()
    assert (result.overall, result.target, result.is_final, result.progress) == (
        None,
        None,
        False,
        "0 of 2 covered",
    )


def test_score_is_final_only_when_every_required_row_has_two_independent_ratings():
    first, second = card("a", 1, charges=3, stock=3), card("b", 2, charges=2)
    partly = score(first, second)
    assert (partly.is_final, partly.progress) == (False, "1 of 2 covered")
    assert score(first, second, card("c", 3, stock=2)).is_final


def test_panel_in_one_session_is_no_independent_cover():
    assert score(card("a", 1, charges=3), card("b", 1, charges=3)).rows[0].independent == 1


def test_row_that_is_not_required_is_not_waited_for():
    rows = (CHARGES, Row("stock", is_required=False))
    assert score(card("a", 1, charges=3), card("b", 2, charges=3), rows=rows).is_final


def test_small_firm_may_do_with_one_rating():
    assert score(card("a", 1, charges=3), rows=(CHARGES,), needed=1).is_final


@pytest.mark.parametrize(
    ("values", "target", "is_required", "below"),
    [
        ((2, 2), Level.PROFICIENT, True, False),
        ((2, 1), Level.PROFICIENT, True, True),
        ((2, 1), Level.PROFICIENT, False, False),
        ((0, 0), Level.EMERGING, True, False),
        ((0, 1), Level.DEVELOPING, True, True),
    ],
)
def test_required_row_more_than_a_level_under_its_target_is_below_the_bar(values, target, is_required, below):
    row = Row("charges", is_required=is_required, target_level=target)
    result = score(card("a", 1, charges=values[0]), card("b", 2, charges=values[1]), rows=(row,))
    assert result.rows[0].is_below_bar is below
    assert result.below_bar == (result.rows if below else ())


def test_ranks_use_unrounded_scores_and_ties_share_one():
    def candidate(one: int, two: int):
        return score(card("a", 1, charges=one), card("b", 2, charges=two), rows=(CHARGES,))

    unfinished = score(card("a", 1, charges=4), rows=(CHARGES,))
    results = [candidate(3, 2), candidate(4, 4), candidate(2, 3), unfinished, candidate(1, 1)]
    assert rank_scores(results) == [2, 1, 2, None, 4]


def test_thirds_tie_exactly():
    rows = (Row("a"), Row("b"), Row("c"))
    one = aggregate([card("x", 1, a=1, b=2, c=2), card("y", 2, a=1, b=2, c=2)], rows)
    other = aggregate([card("x", 1, a=2, b=1, c=2), card("y", 2, a=2, b=1, c=2)], rows)
    assert rank_scores([one, other]) == [1, 1]


def test_debrief_begins_with_the_widest_spread():
    rows = (Row("a"), Row("b"), Row("c"))
    result = aggregate([card("x", 1, a=3, b=1, c=2), card("y", 2, a=3, b=3, c=3)], rows)
    assert [(row.key, row.spread, row.is_disputed) for row in by_disagreement(result)] == [
        ("b", 2.0, True),
        ("c", 1.0, False),
        ("a", 0.0, False),
    ]


values = st.sampled_from([None, 0, 1, 2, 3, 4])
cards_of_many = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 4), values, values), max_size=8
).map(lambda rows: [card(rater, session, charges=one, stock=two) for rater, session, one, two in rows])


@given(cards_of_many, st.randoms(use_true_random=False))
def test_order_of_the_cards_changes_nothing(cards, rnd):
    shuffled = list(cards)
    rnd.shuffle(shuffled)
    assert score(*cards) == score(*shuffled)


@given(cards_of_many)
def test_scores_stay_between_the_ratings_given(cards):
    for row in score(*cards).rows:
        by_rater: dict[object, list[int]] = {}
        for one in cards:
            for rating in one.ratings:
                if rating.competency == row.key and rating.value is not None:
                    by_rater.setdefault(one.rater, []).append(rating.value)
        means = [mean(given_values) for given_values in by_rater.values()]
        if not means:
            assert row.score is None
        else:
            assert row.score == pytest.approx(mean(means) if len(means) < 3 else median(means))
            assert row.independent <= row.raters == len(means)


@given(cards_of_many)
def test_unassessed_rows_never_change_a_score(cards):
    silent = card("z", 9, charges=None, stock=None)
    assert score(*cards, silent) == score(*cards)


def test_every_choice_has_its_label():
    assert set(RECOMMENDATION_LABELS) == set(Recommendation)
    assert list(RATING_LABELS) == [None, 0, 1, 2, 3, 4]
