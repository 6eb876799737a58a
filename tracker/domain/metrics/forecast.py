"""A forecast of hires from the applications there are, simulated from how earlier ones went.

Each path draws an earlier stay of the stage, goes where it went and takes as long, stage by stage, until it
is hired or closed. Applications still to come are not in it. Design: reports, "Definitions". Needs numpy, so
it is loaded late.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.stages import STAGES, Stage

FEWEST_STAYS = 20
"""From this many earlier stays of a stage a forecast is told that needs it."""
PATHS = 4_000
SEED = 20_261_127
MOST_STAYS = 50
"""No path is longer: those that go back and forth for ever come to nothing."""
_INTERVAL = (0.05, 0.95)
_DIGITS, _HAIR = 9, 1e-9
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EarlierStay:
    """A kind of stay that is over: how it ended, how many days it took, and how often it was seen."""

    stage: Stage
    end: SpellEnd
    days: float
    number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open applications: their stage, for how many days they have been there, and how many they are."""

    stage: Stage
    days: float
    number: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected by a day: the chance, 0 to 1, that all openings are filled, and how many are.

    `low` and `high` hold 90 % of the numbers there may be.
    """

    probability: float
    expected: float
    low: int
    high: int


class Paths:
    """Simulated ways from coming into a stage: the days of the first stay, and the days to the hire."""

    def __init__(self, earlier: Sequence[EarlierStay]) -> None:
        self._chance = np.random.default_rng(SEED)
        self._stays = {stage: [one for one in earlier if one.stage is stage] for stage in STAGES}
        self._known = {
            stage: sum(one.number for one in own) >= FEWEST_STAYS for stage, own in self._stays.items()
        }
        self._made: dict[Stage, tuple[Numbers, Numbers]] = {}
        self._shares: dict[tuple[Stage, float, tuple[float, ...]], tuple[float, ...]] = {}

    def knows(self, stage: Stage) -> bool:
        """Whether enough is known of this stage and of those that lead from it to a hire."""
        return all(self._known[one] for one in STAGES[stage.place : -1] if self._is_used(one) or one is stage)

    def shares_hired(self, waiting: Waiting, within: Sequence[float]) -> tuple[float, ...]:
        """How likely such an application is hired within each of so many days from now, from 0 to 1."""
        asked = waiting.stage, waiting.days, tuple(within)
        if asked not in self._shares:
            first, whole = self._from(waiting.stage)
            left = whole[first > waiting.days] - waiting.days
            # Who has waited longer than anybody did: what never happened is not expected.
            self._shares[asked] = tuple(float(np.mean(left <= days)) if len(left) else 0.0 for days in within)
        return self._shares[asked]

    def _is_used(self, stage: Stage) -> bool:
        return bool(self._stays[stage])

    def _from(self, stage: Stage) -> tuple[Numbers, Numbers]:
        if stage not in self._made:
            self._made[stage] = self._simulate(stage)
        return self._made[stage]

    def _simulate(self, stage: Stage) -> tuple[Numbers, Numbers]:
        places = np.full(PATHS, stage.place)
        passed, first = np.zeros(PATHS), np.zeros(PATHS)
        hired = np.full(PATHS, np.inf)
        for turn in range(MOST_STAYS):
            moving = np.nonzero(places >= 0)[0]
            if not len(moving):
                break
            for place in np.unique(places[moving]):
                here = moving[places[moving] == place]
                days, onward = self._draw(STAGES[place], len(here))
                passed[here] += days
                if turn == 0:
                    first[here] = days
                came = here[onward >= STAGES[-1].place]
                hired[came] = passed[came]
                places[here] = np.where(onward >= STAGES[-1].place, -1, onward)
        return first, hired

    def _draw(self, stage: Stage, number: int) -> tuple[Numbers, NDArray[np.int64]]:
        """Days of so many stays, and the place of the stage they led to; -1 where they led nowhere."""
        own = self._stays[stage]
        if not own:
            # A stage that nobody was in is passed at once.
            return np.zeros(number), np.full(number, stage.place + 1)
        weights = np.array([one.number for one in own], dtype=float)
        drawn = self._chance.choice(len(own), size=number, p=weights / weights.sum())
        days = np.array([one.days for one in own])[drawn]
        onward = np.array([_onward(one) for one in own])[drawn]
        return days, onward


def outlooks(
    paths: Paths, waiting: Sequence[Waiting], openings: int, within: Sequence[float]
) -> list[Outlook | None]:
    """What these applications come to within each of so many days; none where too little is known of a stage.

    Applications are hired or not without regard to each other, so how many are is told without drawing.
    """
    if not all(paths.knows(stage) for stage in {one.stage for one in waiting}):
        return [None] * len(within)
    chances: list[Counter[float]] = [Counter() for _ in within]
    for one in waiting:
        for seen, share in zip(chances, paths.shares_hired(one, within), strict=True):
            # Most have waited longer than anybody who was hired.
            if share:
                seen[share] += one.number
    return [_of_chances(seen, openings) for seen in chances]


def _of_chances(chances: Mapping[float, int], openings: int) -> Outlook:
    """What so many applications of each chance come to."""
    likely = _numbers_hired(chances)
    up_to = np.minimum(np.cumsum(likely), 1.0)
    most = len(likely) - 1
    probability = 0.0 if openings > most else 1.0 - (up_to[openings - 1] if openings else 0.0)
    expected = float(likely @ np.minimum(np.arange(most + 1), openings))
    low, high = (int(np.searchsorted(up_to, share - _HAIR)) for share in _INTERVAL)
    return Outlook(
        probability=round(float(probability), _DIGITS),
        expected=round(expected, _DIGITS),
        low=min(low, openings),
        high=min(high, openings),
    )


def _numbers_hired(chances: Mapping[float, int]) -> Numbers:
    """How likely each number of hires is, from 0 on: a sum of independent draws.

    By its characteristic function.
    Numbers ten standard deviations above the mean are left out. Source: Hong, On computing the distribution
    function for the Poisson binomial distribution, 2013.
    """
    if not chances:
        return np.ones(1)
    shares = np.fromiter(chances, dtype=float)
    numbers = np.fromiter(chances.values(), dtype=float)
    mean, spread = numbers @ shares, np.sqrt(numbers @ (shares * (1 - shares)))
    size = int(min(numbers.sum(), mean + 10 * spread + 20)) + 1
    turns = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    each = 1 - shares[:, None] + shares[:, None] * turns
    with np.errstate(divide="ignore"):
        lengths = np.exp(numbers @ np.log(np.abs(each)))
    told = np.fft.irfft(lengths * np.exp(1j * (numbers @ np.angle(each))), n=size)
    return np.maximum(told, 0.0)


def _onward(stay: EarlierStay) -> int:
    steps: Mapping[SpellEnd, int] = {SpellEnd.ADVANCED: 1, SpellEnd.RETURNED: -1}
    return max(0, stay.stage.place + steps[stay.end]) if stay.end in steps else -1
