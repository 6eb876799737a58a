"""The forecast: what is certain comes out certain, what arithmetic knows comes close, and it repeats."""

import pytest
from scipy.stats import binom

from tracker.domain.metrics.forecast import EarlierStay, Paths, Waiting, _of_chances, outlooks
from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.stages import Stage

ADVANCED, RETURNED, REJECTED = SpellEnd.ADVANCED, SpellEnd.RETURNED, SpellEnd.REJECTED


def outlook(paths, waiting, openings, within):
    (found,) = outlooks(paths, waiting, openings, [within])
    return found


def earlier(advanced=100, rejected=0, days=2.0, stages=tuple(Stage)[:5]):
    found = [EarlierStay(stage, ADVANCED, days, advanced) for stage in stages if advanced]
    return found + [EarlierStay(stage, REJECTED, days, rejected) for stage in stages if rejected]


def test_what_always_went_well_in_so_many_days_is_certain_then_and_impossible_before():
    paths = Paths(earlier())
    waiting = [Waiting(Stage.APPLICATION, 0, 3)]
    assert outlook(paths, waiting, 3, 9.9).probability == 0
    found = outlook(paths, waiting, 3, 10)
    assert (found.probability, found.expected, found.low, found.high) == (1, 3, 3, 3)
    # A day in the stage has passed already.
    assert outlook(paths, [Waiting(Stage.OFFER, 1, 3)], 3, 1).probability == 1
    assert outlook(paths, waiting, 4, 99).probability == 0


def test_chances_multiply_over_stages_and_add_over_applications():
    paths = Paths(earlier(advanced=50, rejected=50))
    found = outlook(paths, [Waiting(Stage.REFERENCES, 0, 10)], 100, 30)
    assert found.expected == pytest.approx(2.5, abs=0.15)
    assert outlook(paths, [Waiting(Stage.OFFER, 0, 2)], 1, 30).probability == pytest.approx(0.75, abs=0.03)


def test_who_has_waited_longer_than_anybody_is_not_expected():
    assert outlook(Paths(earlier()), [Waiting(Stage.OFFER, 2, 5)], 1, 99).probability == 0


def test_going_back_takes_its_time_again():
    stays = [EarlierStay(Stage.OFFER, ADVANCED, 1, 50), EarlierStay(Stage.OFFER, RETURNED, 1, 50)]
    paths = Paths(stays + earlier(stages=(Stage.REFERENCES,)))
    waiting = [Waiting(Stage.OFFER, 0, 1000)]
    shares = [outlook(paths, waiting, 10**6, days).expected / 1000 for days in (1, 4, 7)]
    assert shares == pytest.approx([0.5, 0.75, 0.875], abs=0.03)


def test_too_little_history_tells_nothing():
    few = Paths(earlier(advanced=19))
    assert outlook(few, [Waiting(Stage.OFFER, 0, 1)], 1, 30) is None
    assert outlook(few, [], 1, 30).probability == 0
    # A stage that nobody ever used is no reason.
    assert (
        outlook(Paths(earlier(stages=(Stage.OFFER,))), [Waiting(Stage.OFFER, 0, 1)], 1, 30).probability == 1
    )


def test_the_same_history_gives_the_same_forecast():
    def once():
        return outlook(Paths(earlier(30, 40)), [Waiting(Stage.SCREENING, 1, 40)], 3, 60)

    assert once() == once()


def test_numbers_of_hires_are_those_of_independent_draws():
    # Scipy's own binomial, and one of two chances by hand.
    chances = {0.25: 40}
    found = _of_chances(chances, 12)
    assert found.probability == pytest.approx(binom.sf(11, 40, 0.25), abs=1e-9)
    assert (found.low, found.high) == (binom.ppf(0.05, 40, 0.25), min(12, binom.ppf(0.95, 40, 0.25)))
    assert _of_chances({0.5: 1, 0.2: 1}, 2).probability == pytest.approx(0.1)
    assert _of_chances({0.5: 1, 0.2: 1}, 1).probability == pytest.approx(0.6)
    assert _of_chances({0.5: 1, 0.2: 1}, 9).expected == pytest.approx(0.7)
    many = _of_chances({0.01: 1_000_000}, 10_000)
    assert many.probability == pytest.approx(binom.sf(9_999, 1_000_000, 0.01), abs=1e-6)


def test_several_days_are_told_at_once_as_each_alone():
    paths, waiting = Paths(earlier(30, 40)), [Waiting(Stage.SCREENING, 1, 40), Waiting(Stage.OFFER, 0, 3)]
    days = [1, 5, 60]
    assert outlooks(paths, waiting, 3, days) == [outlook(paths, waiting, 3, one) for one in days]
