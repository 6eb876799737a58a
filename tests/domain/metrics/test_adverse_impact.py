"""Adverse impact: published examples, four fifths to the person, and what is not compared."""

import pytest
from scipy import stats

from tracker.domain.metrics.adverse_impact import (
    Selected,
    compare,
    difference_test,
    is_below_four_fifths,
    mantel_haenszel,
    would_flip,
)

# Bickel, Hammel and O'Connell 1975: admitted and rejected at Berkeley, men and women by department.
BERKELEY = [
    ((512, 313), (89, 19)),
    ((353, 207), (17, 8)),
    ((120, 205), (202, 391)),
    ((138, 279), (131, 244)),
    ((53, 138), (94, 299)),
    ((22, 351), (24, 317)),
]


def of(selected, applicants):
    return Selected(applicants, selected)


def test_only_rates_below_four_fifths_of_the_highest_are_flagged():
    rates = {"a": of(60, 100), "b": of(45, 100), "c": of(48, 100), "d": of(51, 100)}
    found = compare(rates)
    assert [one.ratio for one in found.values()] == [1.0, 0.75, 0.8, 0.85]
    assert [one.is_flagged for one in found.values()] == [False, True, False, False]


@pytest.mark.parametrize("scale", [1, 3, 7, 10**6 + 3])
def test_four_fifths_itself_is_never_flagged_whatever_the_numbers(scale):
    highest = of(10 * scale, 11 * scale)
    assert not is_below_four_fifths(of(8 * scale, 11 * scale), highest)
    assert is_below_four_fifths(of(8 * scale - 1, 11 * scale), highest)


def test_the_published_z_comes_out():
    found = compare({"men": of(48, 80), "women": of(12, 40)})["women"]
    assert (found.ratio, found.test) == (0.5, "z")
    assert found.z == pytest.approx(3.098, abs=5e-4)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(found.z))


def test_few_people_take_the_exact_test():
    assert difference_test(of(2, 10), of(5, 10)) == ("fisher", pytest.approx(0.350, abs=5e-4), None)
    # Many people, but few expected to be selected.
    assert difference_test(of(1, 60), of(4, 60))[0] == "fisher"
    assert difference_test(of(10, 60), of(14, 60))[0] == "z"


@pytest.mark.parametrize(
    ("group", "highest", "flips"),
    [
        (of(12, 40), of(48, 80), False),
        (of(3, 10), of(4, 10), True),  # .75; with one more and one fewer they change places
        (of(8, 10), of(9, 10), True),  # .89; one different person makes it .70
        (of(8, 10), of(10, 10), False),  # nobody is left to be selected instead
        (of(80, 100), of(90, 100), False),
        (of(0, 3), of(1, 3), True),
        (of(10, 10), of(10, 10), False),
    ],
)
def test_one_different_person(group, highest, flips):
    assert would_flip(group, highest) is flips


def test_groups_under_two_percent_are_not_compared_and_never_the_highest():
    found = compare({"a": of(50, 98), "b": of(1, 1), "c": of(0, 1)})
    assert found["a"].ratio == 1.0
    assert (found["b"].rate, found["b"].ratio, found["b"].is_flagged) == (1.0, None, None)
    assert compare({"a": of(49, 98), "b": of(1, 2)})["b"].ratio == 1.0


def test_without_people_or_selections_nothing_is_compared():
    assert compare({}) == {}
    found = compare({"a": of(0, 40), "b": of(0, 0)})
    assert [(one.rate, one.ratio, one.test) for one in found.values()] == [
        (0.0, None, None),
        (None, None, None),
    ]


def test_within_departments_the_published_test_finds_no_difference():
    pairs = [(of(w[0], sum(w)), of(m[0], sum(m))) for m, w in BERKELEY]
    ratio, p_value = mantel_haenszel(pairs)
    assert p_value == pytest.approx(0.2323, abs=5e-5)
    assert ratio > 1
    men = of(sum(m[0] for m, _ in BERKELEY), sum(sum(m) for m, _ in BERKELEY))
    women = of(sum(w[0] for _, w in BERKELEY), sum(sum(w) for _, w in BERKELEY))
    strata = [{"men": of(m[0], sum(m)), "women": of(w[0], sum(w))} for m, w in BERKELEY]
    found = compare({"men": men, "women": women}, strata)["women"]
    assert found.is_flagged
    assert found.p_value < 1e-10
    assert found.mh_p_value == pytest.approx(p_value)
    assert compare({"men": men, "women": women}, strata[:1])["women"].mh_ratio is None


def test_strata_that_tell_nothing_are_passed_over():
    assert mantel_haenszel([]) == (None, None)
    assert mantel_haenszel([(of(0, 1), of(0, 0)), (of(3, 3), of(3, 3))]) == (1.0, None)
