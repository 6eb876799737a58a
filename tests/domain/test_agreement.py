"""Agreement and leniency: the published example, what is told and what is not, and what never matters."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.agreement import (
    FEWEST_CANDIDATES,
    FEWEST_SHARED,
    PULL,
    SITTING_LABELS,
    UNITS,
    Distance,
    Mark,
    Sitting,
    Unit,
    agreement,
    interval,
    krippendorff_alpha,
    leniencies,
    nominal,
    ordinal,
    panel_units,
    separate_units,
)

# Four observers, twelve units, gaps left open: Krippendorff 2011, section C.
PUBLISHED = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
UNITS_OF_TWELVE = [
    [float(value) for value in unit if value != "."]
    for unit in zip(*(line.split() for line in PUBLISHED.strip().splitlines()), strict=True)
]


def paired(*values: tuple[int, ...]) -> list[Unit]:
    return [Unit(number, "row", given) for number, given in enumerate(values)]


marks = st.lists(
    st.builds(
        Mark,
        candidate=st.integers(1, 14),
        session=st.integers(1, 3),
        rater=st.integers(1, 4),
        row=st.sampled_from(["charges", "stock"]),
        value=st.integers(0, 4),
    ),
    max_size=60,
    unique_by=lambda mark: (mark.candidate, mark.session, mark.rater, mark.row),
)


@pytest.mark.parametrize(("distance", "alpha"), [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849)])
def test_alpha_is_that_of_the_published_example(distance: Distance, alpha: float) -> None:
    assert krippendorff_alpha(UNITS_OF_TWELVE, distance) == pytest.approx(alpha, abs=5e-4)


def test_alpha_is_one_when_all_agree_and_undefined_when_nothing_differs() -> None:
    assert krippendorff_alpha([[1, 1], [3, 3], [4, 4]]) == 1
    assert krippendorff_alpha([[3, 3], [3, 3, 3]]) is None
    assert krippendorff_alpha([[2], [3], []]) is None


@given(st.lists(st.lists(st.integers(0, 4).map(float), min_size=2, max_size=4), min_size=2), st.randoms())
def test_alpha_asks_nothing_of_order(units: list[list[float]], rnd: Random) -> None:
    other = [rnd.sample(unit, len(unit)) for unit in rnd.sample(units, len(units))]
    assert krippendorff_alpha(other) == pytest.approx(krippendorff_alpha(units), nan_ok=True)


@given(st.lists(st.lists(st.integers(0, 4).map(float), min_size=2, max_size=4), min_size=2))
def test_ordinal_alpha_asks_only_which_level_is_higher(units: list[list[float]]) -> None:
    stretched = [[value**3 for value in unit] for unit in units]
    assert krippendorff_alpha(stretched) == pytest.approx(krippendorff_alpha(units))


def test_shares_count_pairs_of_ratings() -> None:
    units = paired((3, 3), (3, 4), (1, 3), *[(2, 2)] * 8)
    found = agreement(units)
    assert (found.pairs, found.candidates) == (11, 11)
    assert found.exact == pytest.approx(9 / 11)
    assert found.within_one == pytest.approx(10 / 11)


def test_nothing_is_told_under_ten_candidates() -> None:
    few = agreement(paired(*[(1, 2), (3, 3), (4, 3)] * 3))
    assert few.is_suppressed
    assert (few.exact, few.within_one, few.alpha, few.low) == (None, None, None, None)
    assert few.candidates == FEWEST_CANDIDATES - 1
    assert not agreement(paired(*[(1, 2), (3, 3)] * 5)).is_suppressed


def test_many_rows_of_one_candidate_are_still_one_candidate() -> None:
    units = [Unit(1, row, (row % 4, 3)) for row in range(40)]
    assert agreement(units).is_suppressed


def test_equal_ratings_have_shares_and_no_alpha() -> None:
    found = agreement(paired(*[(3, 3)] * 12))
    assert (found.exact, found.alpha, found.low, found.high) == (1, None, None, None)


def test_interval_holds_alpha_and_is_the_same_every_time() -> None:
    units = paired(*[(1, 2), (3, 3), (4, 3), (2, 2), (0, 1)] * 5)
    found = agreement(units)
    assert found.low is not None
    assert found.high is not None
    assert found.alpha is not None
    assert found.low < found.alpha < found.high
    assert agreement(units) == found


def test_panels_and_separate_sessions_are_counted_apart() -> None:
    given_ = [
        Mark(1, session=1, rater=1, row="charges", value=2),
        Mark(1, session=1, rater=2, row="charges", value=3),
        Mark(1, session=2, rater=3, row="charges", value=4),
    ]
    assert panel_units(given_) == [Unit(1, "charges", (2, 3))]
    assert separate_units(given_) == [Unit(1, "charges", (2.5, 4))]


def test_nobody_agrees_with_themselves() -> None:
    twice = [Mark(1, session, 1, "charges", 3) for session in (1, 2)]
    assert separate_units(twice) == panel_units(twice) == []
    joined = [*twice, Mark(1, 2, 2, "charges", 1)]
    assert separate_units(joined) == [Unit(1, "charges", (1, 3))]


@given(marks, st.randoms())
def test_order_of_the_ratings_changes_nothing(given_: list[Mark], rnd: Random) -> None:
    other = rnd.sample(given_, len(given_))
    assert leniencies(other) == leniencies(given_)
    for sitting in Sitting:
        one, two = (sorted(UNITS[sitting](each), key=repr) for each in (given_, other))
        assert one == two


@given(marks)
def test_leniencies_of_two_raters_are_opposite(given_: list[Mark]) -> None:
    found = leniencies([mark for mark in given_ if mark.rater <= 2])
    assert set(found) in (set(), {1, 2})
    if found:
        assert found[1].difference == pytest.approx(-found[2].difference)


@given(marks)
def test_leniency_is_told_from_five_candidates_and_pulled_toward_none(given_: list[Mark]) -> None:
    for one in leniencies(given_).values():
        assert (one.shrunk is not None) == (one.candidates >= FEWEST_SHARED)
        if one.shrunk is not None:
            assert one.shrunk == pytest.approx(one.difference * one.candidates / (one.candidates + PULL))


def test_leniency_compares_only_the_same_candidates_and_rows() -> None:
    given_ = [Mark(n, 1, rater, "charges", value) for n in range(1, 6) for rater, value in ((1, 3), (2, 2))]
    alone = [Mark(n, 1, 1, "stock", 0) for n in range(1, 30)]
    assert leniencies(given_ + alone)[1].difference == 1
    assert leniencies(alone) == {}


def test_every_way_of_sitting_has_its_label_and_its_units() -> None:
    assert set(SITTING_LABELS) == set(UNITS) == set(Sitting)
