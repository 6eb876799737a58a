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
Seen = tuple[Numbers, Numbers]
"""Times in order, and how often each was seen."""
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
    return _median(_seen(finished), _seen(going_on))


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
        seen = np.unique(done, return_counts=True)
        found[int(kind)] = Told(len(done), len(still), _median(seen, (still, np.ones_like(still, int))))
    return found


def _median(done: Seen, still: Seen) -> MedianTime:
    """The median of times, each as often as it was seen: those finished, and those that still go on."""
    times, ended = done
    longest = float(max([*times[-1:], *still[0][-1:]])) if len(times) + len(still[0]) else None
    if not len(times):
        return MedianTime(longest=longest)
    # Whoever still goes on at the instant when others end is at risk there.
    before = np.concatenate(([0], np.cumsum(still[1])))[np.searchsorted(still[0], times, "left")]
    at_risk = ended[::-1].cumsum()[::-1] + still[1].sum() - before
    shares = np.cumprod(1 - ended / at_risk)
    low, high = _bands(shares, ended, at_risk)
    return MedianTime(
        median=_first_at_half(times, shares),
        low=_first_at_half(times, low),
        high=_first_at_half(times, high),
        longest=longest,
        naive=_middle(times, ended),
    )


def _middle(times: Numbers, often: Numbers) -> float:
    """The median of times in order, each as often as seen: of an even number the middle two's mean."""
    until = often.cumsum()
    low, high = (np.searchsorted(until, (until[-1] + more) // 2, "left") for more in (1, 2))
    return float((times[low] + times[high]) / 2)


def _bands(shares: Numbers, ended: Numbers, at_risk: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % log-log bands of the curve by Greenwood's variance; not a number where there is no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended)))) / np.abs(np.log(shares))
        return shares ** np.exp(_Z * spread), shares ** np.exp(-_Z * spread)


def still_going(finished: Mapping[float, int], going_on: Mapping[float, int], time: float) -> float:
    """The estimated share, 0 to 1, that takes longer than this."""
    curve = ecdf(CensoredData(uncensored=_spread(finished), right=_spread(going_on))).sf
    return float(curve.evaluate(time))


def _seen(times: Mapping[float, int]) -> Seen:
    """The times in order, and how often each was seen; there may be very many of few."""
    ordered = sorted(time for time, often in times.items() if often)
    return np.array(ordered, dtype=float), np.array([times[time] for time in ordered], dtype=np.int64)


def _spread(times: Mapping[float, int]) -> Numbers:
    """The times in order, each as often as it was seen."""
    return np.repeat(*_seen(times))


def _first_at_half(times: Numbers, shares: Numbers) -> float | None:
    # A hair of tolerance: products of shares such as 2/3 and 3/4 miss a half by rounding.
    reached = np.nonzero(shares <= _HALF + 1e-12)[0]
    return float(times[reached[0]]) if len(reached) else None
