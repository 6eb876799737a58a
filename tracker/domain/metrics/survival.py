"""How long things take while some are still going on: medians after Kaplan and Meier, open ones censored.

Source: Kaplan and Meier, Nonparametric Estimation from Incomplete Observations, 1958; the interval is that of
Brookmeyer and Crowley, with log-log bands. Design: reports, "Definitions" and "Statistics". Needs scipy, so
it is loaded late.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

Numbers = NDArray[np.float64]
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


def median_time(finished: Mapping[float, int], going_on: Mapping[float, int]) -> MedianTime:
    """The median of times, given how often each was seen: those finished, and those that still go on."""
    done, still = _spread(finished), _spread(going_on)
    longest = float(max([*done[-1:], *still[-1:]])) if len(done) + len(still) else None
    if not len(done):
        return MedianTime(longest=longest)
    times = np.unique(done)
    shares = ecdf(CensoredData(uncensored=done, right=still)).sf.evaluate(times)
    low, high = _bands(times, shares, done, still)
    return MedianTime(
        median=_first_at_half(times, shares),
        low=_first_at_half(times, low),
        high=_first_at_half(times, high),
        longest=longest,
        naive=float(np.median(done)),
    )


def _bands(times: Numbers, shares: Numbers, done: Numbers, still: Numbers) -> tuple[Numbers, Numbers]:
    """The 95 % log-log bands of the curve by Greenwood's variance; not a number where there is no spread."""
    ended = np.searchsorted(done, times, "right") - np.searchsorted(done, times, "left")
    everybody = np.sort(np.concatenate([done, still]))
    at_risk = len(everybody) - np.searchsorted(everybody, times, "left")
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
