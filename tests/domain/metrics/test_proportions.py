"""Wilson's interval: the published examples, and the ends of the scale."""

import pytest

from tracker.domain.metrics.proportions import wilson

# Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("part", "whole", "low", "high"), PUBLISHED)
def test_the_published_intervals_come_out(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_the_ends_of_the_scale_are_kept_and_of_nothing_there_is_no_interval():
    assert wilson(0, 0) == (None, None)
    assert wilson(0, 3)[0] == 0
    assert wilson(3, 3)[1] == 1
