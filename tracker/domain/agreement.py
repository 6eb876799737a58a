"""How far interviewers agree: shares that managers understand, Krippendorff's alpha, and leniency.

Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011; Huffcutt and others 2013 on why panels
and separate sessions are counted apart. Design: rubrics, "Debrief and agreement".
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from tracker.late import Late

# Every page would wait for numpy at the start of the server; only this report needs it.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
else:
    np, Numbers = Late("numpy"), Any
Distance = Callable[[Numbers, Numbers], Numbers]
"""From the values, ascending, and how often each stands (... × V), the squared distances (... × V × V)."""

FEWEST_CANDIDATES = 10
"""Below this many candidates agreement is not told: it would be chance, and point at people."""
FEWEST_SHARED = 5
"""From this many candidates rated together with others a rater's leniency is told."""
PULL = 5
"""How many candidates the assumption "rates as the others do" weighs in the shrinking of a leniency."""
REDRAWS = 1_000
SEED = 20_110_125
LOW_ALPHA = 0.4
LOW_WITHIN_ONE = 0.8
"""Our own lines, under either of which a row is named for a second look at its anchors."""
LENIENT = 0.25
"""How many levels a rater may lie from the others without a word about it."""
_TAILS = (2.5, 97.5)


class Sitting(StrEnum):
    """How two ratings of one competency come to lie side by side."""

    PANEL = "panel"
    SEPARATE = "separate"


SITTING_LABELS: dict[Sitting, str] = {
    Sitting.PANEL: "In one panel",
    Sitting.SEPARATE: "In separate sessions",
}


class AgreementPart(StrEnum):
    """What is taken away: how far rows are agreed on, or how each rater lies beside the others."""

    ROWS = "rows"
    RATERS = "raters"


AGREEMENT_PART_LABELS: dict[AgreementPart, str] = {
    AgreementPart.ROWS: "Agreement",
    AgreementPart.RATERS: "Leniency by interviewer",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One value, 0 to 4, that one interviewer gave one candidate on one row in one session; never none."""

    candidate: int
    session: int
    rater: int
    row: Hashable
    value: int


@dataclass(frozen=True, slots=True)
class Unit:
    """The values that stand side by side for one candidate on one row: what agreement is counted on."""

    candidate: int
    row: Hashable
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree: shares 0 to 1 of pairs of ratings, alpha with its interval, 1 being perfect.

    All is none under ten candidates; alpha is none, too, where all ratings are equal, and its interval where
    most redraws leave it undefined.
    """

    candidates: int
    pairs: int
    exact: float | None = None
    within_one: float | None = None
    alpha: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_suppressed(self) -> bool:
        """Whether there are too few candidates to tell."""
        return self.candidates < FEWEST_CANDIDATES

    @property
    def is_low(self) -> bool:
        """Whether raters read the row so differently that its anchors should be looked at again."""
        is_apart = self.within_one is not None and self.within_one < LOW_WITHIN_ONE
        return is_apart or (self.alpha is not None and self.alpha < LOW_ALPHA)


@dataclass(frozen=True, slots=True)
class Leniency:
    """How one rater differs from others on the same candidates and rows, in levels; above 0 is higher.

    `shrunk` is pulled toward 0, the more the fewer candidates there are; none under five of them.
    """

    candidates: int
    difference: float
    shrunk: float | None
    pairs: int = 0
    """Own ratings, one a candidate and row, that stand beside others'."""

    @property
    def sentence(self) -> str:
        """What it comes to, in words that help whoever it is about."""
        if self.shrunk is None:
            return f"{_of_candidates(self.candidates)} shared so far: told from {FEWEST_SHARED}."
        if abs(self.shrunk) < LENIENT:
            return "Rates much as the others do."
        aim = "higher" if self.shrunk > 0 else "lower"
        apart = f"{abs(self.shrunk):.1f} levels {aim} than the others"
        return f"Rates {apart}: worth reading the anchors together."


def nominal(values: Numbers, counts: Numbers) -> Numbers:
    """Equal or not: the distance for names."""
    apart: Numbers = (values[:, None] != values[None, :]).astype(float)
    return np.broadcast_to(apart, (*counts.shape, len(values)))


def interval(values: Numbers, counts: Numbers) -> Numbers:
    """The squared difference: the distance for values with equal steps."""
    apart: Numbers = (values[:, None] - values[None, :]) ** 2
    return np.broadcast_to(apart, (*counts.shape, len(values)))


def ordinal(values: Numbers, counts: Numbers) -> Numbers:
    """How many ratings lie between two values, halves of both counted: the distance for levels."""
    middles = np.cumsum(counts, axis=-1) - counts / 2
    apart: Numbers = (middles[..., :, None] - middles[..., None, :]) ** 2
    return apart


def krippendorff_alpha(units: Iterable[Sequence[float]], distance: Distance = ordinal) -> float | None:
    """Krippendorff's alpha over units of two and more values each; none where all of them are equal."""
    kept = [Unit(number, None, tuple(values)) for number, values in enumerate(units) if len(values) > 1]
    if not kept:
        return None
    values, pairings = _pairings(kept)
    return _number(_alpha(pairings.sum(axis=0), values, distance))


def panel_units(marks: Iterable[Mark]) -> list[Unit]:
    """What the people of one panel gave one candidate on one row in one session."""
    found: dict[tuple[int, int, Hashable], list[float]] = defaultdict(list)
    for mark in marks:
        found[mark.candidate, mark.session, mark.row].append(float(mark.value))
    return [Unit(key[0], key[2], tuple(sorted(values))) for key, values in found.items() if len(values) > 1]


def separate_units(marks: Iterable[Mark]) -> list[Unit]:
    """What different sessions gave one candidate on one row: one value a session, the mean of its raters.

    Who rated the row in an earlier session is left out of later ones: they would agree with themselves.
    """
    found: dict[tuple[int, Hashable], list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.candidate, mark.row].append(mark)
    units = []
    for (candidate, row), given in found.items():
        first: dict[int, Mark] = {}
        for mark in sorted(given, key=lambda one: (one.session, one.rater)):
            first.setdefault(mark.rater, mark)
        sessions: dict[int, list[int]] = defaultdict(list)
        for mark in first.values():
            sessions[mark.session].append(mark.value)
        if len(sessions) > 1:
            means = sorted(sum(values) / len(values) for values in sessions.values())
            units.append(Unit(candidate, row, tuple(means)))
    return units


UNITS: dict[Sitting, Callable[[Iterable[Mark]], list[Unit]]] = {
    Sitting.PANEL: panel_units,
    Sitting.SEPARATE: separate_units,
}


def agreement(units: Sequence[Unit]) -> Agreement:
    """How far the values of these units agree, with a bootstrap over candidates, the same at every call."""
    candidates = len({unit.candidate for unit in units})
    gaps = [abs(a - b) for unit in units for a, b in combinations(unit.values, 2)]
    if candidates < FEWEST_CANDIDATES:
        return Agreement(candidates, len(gaps))
    values, pairings = _pairings(units)
    low, high = _bootstrap(values, pairings)
    return Agreement(
        candidates=candidates,
        pairs=len(gaps),
        exact=sum(gap == 0 for gap in gaps) / len(gaps),
        within_one=sum(gap <= 1 for gap in gaps) / len(gaps),
        alpha=_number(_alpha(pairings.sum(axis=0), values, ordinal)),
        low=low,
        high=high,
    )


def leniencies(marks: Iterable[Mark]) -> dict[int, Leniency]:
    """Of each rater: own minus the others' mean on the same candidates and rows, first averaged by candidate.

    Two cards of one person on a row count as one, with their mean.
    """
    given: dict[tuple[int, Hashable], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        given[mark.candidate, mark.row][mark.rater].append(mark.value)
    found: dict[int, dict[int, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for (candidate, _), values in given.items():
        means = {rater: Fraction(sum(own), len(own)) for rater, own in values.items()}
        for rater, own_mean in means.items():
            if len(means) > 1:
                others = (sum(means.values(), Fraction(0)) - own_mean) / (len(means) - 1)
                found[rater][candidate].append(own_mean - others)
    return {rater: _leniency(by_candidate) for rater, by_candidate in found.items()}


def _of_candidates(number: int) -> str:
    return "1 candidate" if number == 1 else f"{number} candidates"


def _leniency(by_candidate: Mapping[int, Sequence[Fraction]]) -> Leniency:
    means = [sum(apart, Fraction(0)) / len(apart) for apart in by_candidate.values()]
    shared, total = len(means), sum(means, Fraction(0))
    shrunk = float(total / (shared + PULL)) if shared >= FEWEST_SHARED else None
    pairs = sum(len(apart) for apart in by_candidate.values())
    return Leniency(shared, float(total / shared), shrunk, pairs)


def _pairings(units: Sequence[Unit]) -> tuple[Numbers, Numbers]:
    """The values there are, ascending, and how often each stands beside each, by candidate (C × V × V)."""
    values = np.array(sorted({value for unit in units for value in unit.values}))
    place = {value: number for number, value in enumerate(values)}
    seats = {candidate: number for number, candidate in enumerate(sorted({u.candidate for u in units}))}
    pairings = np.zeros((len(seats), len(values), len(values)))
    cells: list[tuple[int, int, int]] = []
    shares: list[float] = []
    for unit in units:
        beside = list(permutations((place[value] for value in unit.values), 2))
        cells += [(seats[unit.candidate], one, other) for one, other in beside]
        shares += [1 / (len(unit.values) - 1)] * len(beside)
    np.add.at(pairings, tuple(np.array(cells).T), shares)
    return values, pairings


def _alpha(pairings: Numbers, values: Numbers, distance: Distance) -> Numbers:
    """Alpha of each matrix of pairings (... × V × V); not a number where nothing differs."""
    counts = pairings.sum(axis=-1)
    apart = distance(values, counts)
    observed = (pairings * apart).sum(axis=(-2, -1))
    expected = (counts[..., :, None] * counts[..., None, :] * apart).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha: Numbers = np.where(expected > 0, 1 - (counts.sum(axis=-1) - 1) * observed / expected, np.nan)
    return alpha


def _bootstrap(values: Numbers, pairings: Numbers) -> tuple[float | None, float | None]:
    """The 95 % interval of alpha when candidates are drawn again and again; seeded, so that it stays."""
    candidates = len(pairings)
    drawn = np.random.default_rng(SEED).multinomial(
        candidates, np.full(candidates, 1 / candidates), size=REDRAWS
    )
    alphas = _alpha(np.tensordot(drawn.astype(float), pairings, axes=1), values, ordinal)
    defined = alphas[np.isfinite(alphas)]
    if len(defined) < REDRAWS / 2:
        return None, None
    low, high = np.percentile(defined, _TAILS)
    return float(low), float(high)


def _number(alpha: Numbers) -> float | None:
    return float(alpha) if np.isfinite(alpha) else None
