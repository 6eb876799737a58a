"""How long things take while some are still going on: medians after Kaplan and Meier, open ones censored.

Source: Kaplan and Meier, Nonparametric Estimation from Incomplete Observations, 1958; the interval is that of
Brookmeyer and Crowley, with log-log bands. Design: reports, "Definitions" and "Statistics". Needs scipy, so
it is loaded late.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

from tracker.domain.metrics.times import KINDS

Numbers = NDArray[Any]
_HALF = 0.5
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class MedianTime:
    """A median with its 95 % interval, in the unit of the times; none where it is not reached.

    `longest` is the longest time seen, finished or open; `naive` the median of the finished ones alone.
    """

    median: float | None = None
    low: float | None = None
    high: float | None = None
    longest: float | None = None
    naive: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How many times are over, how many still go on, and their median."""

    over: int
    going_on: int
    time: MedianTime


def median_time(finished: Mapping[float, int], going_on: Mapping[float, int]) -> MedianTime:
    """The median of times, given how often each was seen: those finished, and those that still go on."""
    return _median(_spread(finished), _spread(going_on))


def told_of(finished: Mapping[float, int], going_on: Mapping[float, int]) -> Told:
    """The median of times, given how often each was seen, with how many there were."""
    return Told(sum(finished.values()), sum(going_on.values()), median_time(finished, going_on))


def medians_of(coded: "array[int]", units: int) -> dict[int, Told]:
    """The medians of many coded times, by half of what tells them apart, where odd ones still go on.

    6 tells a time of 3 that is over, 7 one that is not; `units` of them make the unit of the medians.
    """
    codes = np.frombuffer(coded, dtype=np.int64)
    kinds, times = codes % KINDS, np.maximum(codes // KINDS, 0)
    found = {}
    for kind in np.unique(kinds >> 1):
        done = np.sort(times[kinds == 2 * kind]) / units
        still = np.sort(times[kinds == 2 * kind + 1]) / units
        found[int(kind)] = Told(len(done), len(still), _median(done, still))
    return found


def _median(done: Numbers, still: Numbers) -> MedianTime:
    """The median of times in order: those finished, and those that still go on."""
    longest = float(max([*done[-1:], *still[-1:]])) if len(done) + len(still) else None
    if not len(done):
        return MedianTime(longest=longest)
    times, begins, ended = np.unique(done, return_index=True, return_counts=True)
    # Whoever still goes on at the instant when others end is at risk there.
    at_risk = len(done) - begins + len(still) - np.searchsorted(still, times, "left")
    shares = np.cumprod(1 - ended / at_risk)
    low, high = _bands(shares, ended, at_risk)
    return MedianTime(
        median=_first_at_half(times, shares),
        low=_first_at_half(times, low),
        high=_first_at_half(times, high),
        longest=longest,
        naive=float(np.median(done)),
    )


def _bands(shares: Numbers, ended: Numbers, at_risk: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % log-log bands of the curve by Greenwood's variance; not a number where there is no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended)))) / np.abs(np.log(shares))
        return shares ** np.exp(_Z * spread), shares ** np.exp(-_Z * spread)


def still_going(finished: Mapping[float, int], going_on: Mapping[float, int], time: float) -> float:
    """The estimated share, 0 to 1, that takes longer than this."""
    curve = ecdf(CensoredData(uncensored=_spread(finished), right=_spread(going_on))).sf
    return float(curve.evaluate(time))


def _spread(times: Mapping[float, int]) -> Numbers:
    """The times in order, each as often as it was seen."""
    ordered = sorted(times)
    return np.repeat(np.array(ordered, dtype=float), [times[time] for time in ordered])


def _first_at_half(times: Numbers, shares: Numbers) -> float | None:
    # A hair of tolerance: products of shares such as 2/3 and 3/4 miss a half by rounding.
    reached = np.nonzero(shares <= _HALF + 1e-12)[0]
    return float(times[reached[0]]) if len(reached) else None
