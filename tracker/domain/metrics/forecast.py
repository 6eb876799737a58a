"""A forecast of hires from the applications there are, simulated from how earlier ones went.

Each path draws an earlier stay of the stage, goes where it went and takes as long, stage by stage, until it
is hired or closed. Applications still to come are not in it. Design: reports, "Definitions". Needs numpy, so
it is loaded late.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.stages import STAGES, Stage

FEWEST_STAYS = 20
"""From this many earlier stays of a stage a forecast is told that needs it."""
PATHS = 4_000
RUNS = 10_000
SEED = 20_261_127
MOST_STAYS = 50
"""No path is longer: those that go back and forth for ever come to nothing."""
_INTERVAL = (5, 95)
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

    `low` and `high` hold 90 % of the simulated numbers.
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

    def knows(self, stage: Stage) -> bool:
        """Whether enough is known of this stage and of those that lead from it to a hire."""
        return all(self._known[one] for one in STAGES[stage.place : -1] if self._is_used(one) or one is stage)

    def share_hired(self, waiting: Waiting, within: float) -> float:
        """How likely such an application is hired within so many days from now, from 0 to 1."""
        first, whole = self._from(waiting.stage)
        longer = first > waiting.days
        if not longer.any():
            # It has waited longer than anybody did: what never happened is not expected.
            return 0.0
        return float(np.mean(whole[longer] - waiting.days <= within))

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


def outlook(paths: Paths, waiting: Sequence[Waiting], openings: int, within: float) -> Outlook | None:
    """What these applications come to within so many days; none where too little is known of a stage."""
    if not all(paths.knows(stage) for stage in {one.stage for one in waiting}):
        return None
    chance = np.random.default_rng(SEED)
    hires = np.zeros(RUNS, dtype=np.int64)
    for one in waiting:
        # Most have waited longer than anybody who was hired: nothing is drawn for them.
        if share := paths.share_hired(one, within):
            hires += chance.binomial(one.number, share, size=RUNS)
    filled = np.minimum(hires, openings)
    low, high = np.percentile(filled, _INTERVAL, method="nearest")
    return Outlook(float(np.mean(hires >= openings)), float(np.mean(filled)), int(low), int(high))


def _onward(stay: EarlierStay) -> int:
    steps: Mapping[SpellEnd, int] = {SpellEnd.ADVANCED: 1, SpellEnd.RETURNED: -1}
    return max(0, stay.stage.place + steps[stay.end]) if stay.end in steps else -1
