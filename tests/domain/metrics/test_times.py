"""What is told of times that are over."""

import random
import statistics
from collections import Counter

import pytest

from tracker.domain.metrics.times import Times, times_of


def test_of_nothing_nothing_is_told():
    assert times_of({}) == times_of({3.0: 0}) == Times()


@pytest.mark.parametrize("number", [1, 2, 3, 10, 11])
def test_median_and_mean_are_those_of_the_times_one_by_one(number):
    seen = random.Random(number).choices([0.0, 1.5, 2.0, 7.25], k=number)
    times = times_of(Counter(seen))
    assert times == Times(
        number, statistics.median(seen), pytest.approx(statistics.mean(seen)), min(seen), max(seen)
    )
