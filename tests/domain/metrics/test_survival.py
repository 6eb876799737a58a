"""Medians with open ones censored: the published example of 6-MP, and what has no median."""

from array import array
from collections import Counter
from random import Random

import pytest

from tracker.domain.metrics.survival import MedianTime, Told, median_time, medians_of, still_going, told_of
from tracker.domain.metrics.times import KINDS

# Freireich and others 1963: weeks in remission under 6-MP; the second are those still in remission.
RELAPSED = Counter([6, 6, 6, 7, 10, 13, 16, 22, 23])
IN_REMISSION = Counter([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
PUBLISHED = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


@pytest.mark.parametrize(("weeks", "share"), PUBLISHED.items())
def test_the_published_curve_comes_out(weeks, share):
    assert still_going(RELAPSED, IN_REMISSION, weeks) == pytest.approx(share, abs=5e-5)


def test_the_published_median_is_later_than_the_naive_one():
    time = median_time(RELAPSED, IN_REMISSION)
    assert (time.median, time.naive, time.longest) == (23, 10, 35)
    assert (time.low, time.high) == (13, None)


def test_a_median_that_half_have_not_reached_is_none_and_never_a_number():
    assert median_time({1: 1}, {5: 3}) == MedianTime(low=1, longest=5, naive=1)
    assert median_time({}, {5: 3}) == MedianTime(longest=5)
    assert median_time({}, {}) == MedianTime()


def test_without_open_ones_half_is_where_half_are_done():
    assert median_time({1: 1, 2: 1, 3: 1, 4: 1}, {}).median == 2
    assert median_time({0: 2}, {}).median == 0


def test_coded_times_say_what_counted_ones_say():
    dice = Random(3)
    coded, seen = array("q"), {kind: Counter() for kind in range(12)}
    for _ in range(3_000):
        kind, seconds = dice.randrange(12), dice.choice([0, 3600, 86_400, dice.randrange(10**6)])
        coded.append(seconds * KINDS + kind)
        seen[kind][seconds / 86_400] += 1
    told = medians_of(coded, 86_400)
    assert told == {of: told_of(seen[2 * of], seen[2 * of + 1]) for of in range(6)}


def test_a_coded_time_below_nothing_counts_as_none():
    assert medians_of(array("q", [-7 * KINDS + 4]), 1) == {2: told_of({0.0: 1}, {})}
    assert medians_of(array("q"), 1) == {}


def test_very_many_of_one_time_take_no_more_room_than_one():
    many = 10**15
    assert median_time({1: many}, {2: many, 3: many}).longest == 3
    told = median_time({1: 2 * many, 4: many}, {2: many})
    assert (told.median, told.naive) == (1, 1)


def test_times_seen_often_are_as_so_many_times():
    often = median_time({1: 3, 2: 4, 5: 1, 7: 0}, {2: 2, 6: 3})
    coded = array("q", [KINDS * time for time, number in ((1, 3), (2, 4), (5, 1)) for _ in range(number)])
    coded.extend(KINDS * time + 1 for time in (2, 2, 6, 6, 6))
    assert medians_of(coded, 1) == {0: Told(8, 5, often)}
    assert often.naive == 2
