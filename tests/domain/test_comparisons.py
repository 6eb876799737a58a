"""Candidates side by side: how ratings add up, what is final, and ranks that ask nothing of order."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.comparisons import compare
from tracker.domain.frameworks import Level
from tracker.domain.scorecards import Card, Rating, aggregate


@dataclass(frozen=True)
class Row:
    key: str
    weight: float = 1.0
    is_required: bool = True
    target_level: Level = Level.DEVELOPING

    @property
    def name(self) -> str:
        return self.key.title()


KEYS = ("charges", "stock", "orders")
values = st.none() | st.integers(0, 4)
cards = st.builds(
    lambda rater, session, given: Card(
        rater, session, tuple(Rating(key, value, "Said how.") for key, value in given.items())
    ),
    st.integers(1, 4),
    st.integers(1, 3),
    st.dictionaries(st.sampled_from(KEYS), values),
)
decks = st.lists(cards, max_size=6)
rows_of_a_rubric = st.tuples(
    *[
        st.builds(
            Row,
            key=st.just(key),
            weight=st.sampled_from([0.5, 1.0, 2.0]),
            is_required=st.booleans(),
            target_level=st.sampled_from(list(Level)),
        )
        for key in KEYS
    ]
)
fields = st.dictionaries(st.integers(1, 30), decks, max_size=8)


def means_by_rater(deck: list[Card], key: str) -> list[Fraction]:
    given_: dict[object, list[int]] = {}
    for card in deck:
        for rating in card.ratings:
            if rating.competency == key and rating.value is not None:
                given_.setdefault(card.rater, []).append(rating.value)
    return [Fraction(sum(own), len(own)) for own in given_.values()]


@given(decks)
def test_row_is_the_mean_of_two_raters_and_the_median_from_three(deck: list[Card]) -> None:
    for row in aggregate(deck, [Row(key) for key in KEYS]).rows:
        raters = means_by_rater(deck, row.key)
        assert row.raters == len(raters)
        if not raters:
            assert row.score is None
        elif len(raters) < 3:
            assert row.score == float(sum(raters) / len(raters))
        else:
            assert row.score == float(median(raters))


@given(decks, st.integers(1, 4), st.integers(0, 4))
def test_second_card_of_the_same_word_changes_no_score(deck: list[Card], rater: int, value: int) -> None:
    """Two cards of one person are one rater: saying the same again weighs nothing."""
    others = [card for card in deck if card.rater != rater]
    once = [*others, Card(rater, 1, (Rating("charges", value, "Said how."),))]
    twice = [*once, Card(rater, 2, (Rating("charges", value, "Said how."),))]
    one, two = (aggregate(each, [Row("charges")]).rows[0] for each in (once, twice))
    assert (one.score, one.raters) == (two.score, two.raters)


@given(decks, rows_of_a_rubric)
def test_not_assessed_is_never_counted_as_nothing(deck: list[Card], rows: tuple[Row, ...]) -> None:
    without = [
        Card(card.rater, card.session, tuple(one for one in card.ratings if one.value is not None))
        for card in deck
    ]
    assert aggregate(deck, rows) == aggregate(without, rows)


@given(decks, rows_of_a_rubric)
def test_overall_is_the_mean_of_the_rated_rows_by_weight(deck: list[Card], rows: tuple[Row, ...]) -> None:
    found = aggregate(deck, rows)
    rated = [row for row in found.rows if row.score is not None]
    if not rated:
        assert found.overall is None
        return
    weights = sum(row.weight for row in rated)
    assert found.overall is not None
    assert abs(found.overall - sum(row.weight * (row.score or 0) for row in rated) / weights) < 1e-9


@given(decks, rows_of_a_rubric, st.integers(1, 3))
def test_scaling_all_weights_changes_no_overall(deck: list[Card], rows: tuple[Row, ...], times: int) -> None:
    scaled = [Row(r.key, r.weight * times, r.is_required, r.target_level) for r in rows]
    assert aggregate(deck, scaled).overall == aggregate(deck, rows).overall


@given(decks, rows_of_a_rubric, st.integers(1, 3))
def test_score_is_final_only_when_every_required_row_is_covered(
    deck: list[Card], rows: tuple[Row, ...], needed: int
) -> None:
    found = aggregate(deck, rows, ratings_needed=needed)
    required = [row for row in found.rows if row.is_required]
    assert found.is_final == (
        found.overall is not None and all(row.independent >= needed for row in required)
    )
    assert found.progress == f"{sum(row.is_covered for row in required)} of {len(required)} covered"


@given(fields, rows_of_a_rubric, st.randoms())
def test_ranks_ask_nothing_of_the_order_of_candidates(
    field: Mapping[int, list[Card]], rows: tuple[Row, ...], rnd: Random
) -> None:
    shuffled = {who: field[who] for who in rnd.sample(list(field), len(field))}
    one, two = (
        {each.who: each.rank for each in compare(given_, rows, ratings_needed=1)}
        for given_ in (field, shuffled)
    )
    assert one == two


@given(fields, rows_of_a_rubric)
def test_ranks_follow_the_unrounded_score_and_ties_share_one(
    field: Mapping[int, list[Card]], rows: tuple[Row, ...]
) -> None:
    compared = compare(field, rows, ratings_needed=1)
    assert {each.who for each in compared} == set(field)
    for each in compared:
        assert (each.rank is not None) == each.score.is_final
        if each.rank is not None and each.score.overall is not None:
            better = [o for o in compared if o.rank and (o.score.overall or 0) > each.score.overall]
            assert each.rank == 1 + len(better)


@given(fields, rows_of_a_rubric)
def test_who_is_not_final_comes_last_in_the_order_given(
    field: Mapping[int, list[Card]], rows: tuple[Row, ...]
) -> None:
    compared = compare(field, rows)
    ranks = [each.rank for each in compared if each.rank is not None]
    assert ranks == sorted(ranks)
    assert all(each.rank is None for each in compared[len(ranks) :])
    unfinished = [each.who for each in compared[len(ranks) :]]
    assert unfinished == [who for who in field if who in unfinished]


def test_thirds_tie_on_the_unrounded_score() -> None:
    def deck(*given_: int) -> list[Card]:
        return [Card(n, n, (Rating("charges", v, "Said how."),)) for n, v in enumerate(given_)]

    compared = compare({1: deck(3, 2), 2: deck(2, 3), 3: deck(4, 4), 4: deck(1, 2)}, [Row("charges")])
    assert [(each.who, each.rank) for each in compared] == [(3, 1), (1, 2), (2, 2), (4, 4)]
