"""Cumulative incidence: by hand, and beside what it must equal where nothing competes or nothing is open."""

from collections import Counter

import pytest

from tests.domain.metrics.test_survival import IN_REMISSION, PUBLISHED, RELAPSED
from tracker.domain.metrics.incidence import Incidence, incidence
from tracker.domain.metrics.survival import still_going


def test_without_anything_instead_it_is_one_minus_the_published_curve():
    found = incidence(RELAPSED, [], IN_REMISSION)
    for weeks, share in PUBLISHED.items():
        assert found.by(weeks) == pytest.approx(1 - share, abs=5e-5)
    assert found.by(35) == pytest.approx(1 - 0.4482, abs=5e-5)
    assert found.by(36) is None


def test_without_open_ones_it_is_the_share_of_all():
    found = incidence({1: 2, 3: 1}, [{2: 4}, {3: 3}], {})
    assert [found.by(day) for day in (0.5, 1, 2, 3)] == [0.0, 0.2, 0.2, pytest.approx(0.3)]


def test_by_hand():
    # Ten: two come on day 1, one leaves on day 2, three are open at 2, one comes on day 3 of the four left.
    found = incidence({1: 2, 3: 1}, [{2: 1}], {2: 3, 9: 3})
    assert found.by(1) == pytest.approx(0.2)
    # 7/10 are left after day 2.
    assert found.by(3) == pytest.approx(0.2 + 0.7 * 1 / 4)
    assert found.by(9) == found.by(3)


def test_all_that_may_come_and_what_is_left_are_one():
    came, instead, still = Counter([1, 2, 2, 5, 8]), Counter([1, 3, 5, 5]), Counter([2, 4, 6, 9, 9])
    for day in (1, 2, 3, 5, 8, 9):
        ours, others = incidence(came, [instead], still), incidence(instead, [came], still)
        left = still_going(came + instead, still, day)
        assert ours.by(day) + others.by(day) + left == pytest.approx(1)


def test_one_minus_kaplan_and_meier_is_too_much_where_others_leave():
    came, instead = Counter([2, 4]), Counter([1, 3])
    assert incidence(came, [instead], {}).by(4) == pytest.approx(0.5)
    assert 1 - still_going(came, instead, 4) == pytest.approx(1)


def test_of_nobody_nothing_is_known():
    assert incidence({}, [], {}) == Incidence()
    assert Incidence().by(1) is None
    assert incidence({}, [{1: 3}], {}).by(1) == 0.0


def test_once_nobody_is_left_the_share_stays_and_else_it_is_not_known():
    assert incidence({1: 2, 3: 1}, [{2: 1}], {}).by(99) == pytest.approx(0.75)
    assert incidence({1: 2, 3: 1}, [{2: 1}], {3: 1}).by(99) is None
