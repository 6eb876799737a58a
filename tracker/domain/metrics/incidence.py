"""How likely something has come by a time, where other things may come instead: cumulative incidence.

Source: Aalen and Johansen, An Empirical Transition Matrix for Non-homogeneous Markov Chains Based on Censored
Observations, 1978. One minus Kaplan and Meier would count those who left otherwise as if they still might.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share, 0 to 1, to which something has come by each time at which it did; times ascend.

    `longest` is the longest time seen, beyond which nothing is known unless it `is_settled`: nobody was
    left for whom anything might still come.
    """

    times: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    longest: float | None = None
    is_settled: bool = False

    def by(self, time: float) -> float | None:
        """The share by this time; none where nobody was watched for so long and it might still come."""
        if self.longest is None or (time > self.longest and not self.is_settled):
            return None
        place = bisect_right(self.times, time)
        return self.shares[place - 1] if place else 0.0


def incidence(
    came: Mapping[float, int], otherwise: Sequence[Mapping[float, int]], going_on: Mapping[float, int]
) -> Incidence:
    """The cumulative incidence of what came, given how often each time was seen.

    `otherwise` are the times of what came instead, `going_on` of those for whom nothing has come yet; these
    count as watched up to their time, after what came at it.
    """
    every = [came, *otherwise, going_on]
    at_risk = sum(sum(times.values()) for times in every)
    left, share = 1.0, 0.0
    times: list[float] = []
    shares: list[float] = []
    for time in sorted({time for one in every for time in one}):
        ours = came.get(time, 0)
        gone = ours + sum(one.get(time, 0) for one in otherwise)
        if ours:
            share += left * ours / at_risk
            times.append(time)
            shares.append(share)
        if gone:
            left *= 1 - gone / at_risk
        at_risk -= gone + going_on.get(time, 0)
    longest = max((time for one in every for time in one), default=None)
    return Incidence(tuple(times), tuple(shares), longest, longest is not None and left == 0)
