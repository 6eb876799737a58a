"""Adverse impact: selection rates by group, beside the group with the highest, and what may be told of them.

Source: Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (four fifths), and their
Questions and Answers 20 to 22 (one different person, small groups); Mantel and Haenszel, Statistical Aspects
of the Analysis of Data from Retrospective Studies, 1959. Design: reports, "Definitions" and "Statistics".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import erfc, sqrt
from typing import TYPE_CHECKING

from tracker.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

FEWEST_EXPECTED = 5
FEWEST_COMPARED = 30
"""Below either the exact test is taken."""
TEST_LABELS = {"fisher": "Fisher", "z": "z"}
LEAST_SHARE = Fraction(2, 100)
"""Groups with a smaller share of the applicants are not compared."""


@dataclass(frozen=True, slots=True)
class Selected:
    """How many of a group applied, and how many of them were selected."""

    applicants: int
    selected: int

    @property
    def rate(self) -> Fraction:
        """The selection rate; of nobody there is none, ask only where there are applicants."""
        return Fraction(self.selected, self.applicants)


@dataclass(frozen=True, slots=True)
class Compared:
    """A group beside the one with the highest rate: rates and ratio from 0 to 1, none where undefined.

    `test` is fisher or z, with its two-sided `p_value`; `z` is positive where the group is selected less.
    `mh_ratio` and `mh_p_value` are of the comparison within jobs, put together after Mantel and Haenszel.
    """

    counts: Selected
    rate: float | None = None
    ratio: float | None = None
    is_flagged: bool | None = None
    test: str | None = None
    p_value: float | None = None
    z: float | None = None
    would_flip: bool | None = None
    mh_ratio: float | None = None
    mh_p_value: float | None = None


def is_below_four_fifths(group: Selected, highest: Selected) -> bool:
    """Whether the group's rate is below four fifths of the highest, in whole numbers: .80 itself is not."""
    return 5 * group.selected * highest.applicants < 4 * highest.selected * group.applicants


def would_flip(group: Selected, highest: Selected) -> bool:
    """Whether one different person, of the one group in place of the other, would turn the flag."""
    is_flagged = is_below_four_fifths(group, highest)
    step = 1 if is_flagged else -1
    one = replace(group, selected=group.selected + step)
    other = replace(highest, selected=highest.selected - step)
    if not (0 <= one.selected <= one.applicants and 0 <= other.selected <= other.applicants):
        return False
    return is_below_four_fifths(one, other) is not is_flagged


def highest_of(groups: Mapping[str, Selected]) -> str | None:
    """The compared group with the highest rate, the first by name of several; none if nobody is selected."""
    whole = sum(group.applicants for group in groups.values())
    found = [
        (-group.rate, name)
        for name, group in groups.items()
        if group.applicants and Fraction(group.applicants, whole) >= LEAST_SHARE and group.selected
    ]
    return min(found)[1] if found else None


def compare(
    groups: Mapping[str, Selected], strata: Sequence[Mapping[str, Selected]] = ()
) -> dict[str, Compared]:
    """Each group beside the one with the highest rate; `strata` are the same people job by job."""
    whole = sum(group.applicants for group in groups.values())
    top = highest_of(groups)
    found: dict[str, Compared] = {}
    for name, group in groups.items():
        rate = float(group.rate) if group.applicants else None
        is_small = not group.applicants or Fraction(group.applicants, whole) < LEAST_SHARE
        if top is None or is_small:
            found[name] = Compared(group, rate)
        elif name == top:
            found[name] = Compared(group, rate, ratio=1.0, is_flagged=False)
        else:
            found[name] = _beside(group, groups[top], [(one.get(name), one.get(top)) for one in strata])
    return found


def _beside(
    group: Selected, highest: Selected, strata: Sequence[tuple[Selected | None, Selected | None]]
) -> Compared:
    test, p_value, z = difference_test(group, highest)
    pairs = [(one, other) for one, other in strata if one and other]
    mh_ratio, mh_p_value = mantel_haenszel(pairs) if len(strata) > 1 else (None, None)
    return Compared(
        counts=group,
        rate=float(group.rate),
        ratio=float(group.rate / highest.rate),
        is_flagged=is_below_four_fifths(group, highest),
        test=test,
        p_value=p_value,
        z=z,
        would_flip=would_flip(group, highest),
        mh_ratio=mh_ratio,
        mh_p_value=mh_p_value,
    )


def difference_test(group: Selected, highest: Selected) -> tuple[str, float, float | None]:
    """Fisher's exact test where an expected count is under 5 or there are under 30 people, else two
    proportions by z: the test, its two-sided p and, of the latter, z.
    """
    people = group.applicants + highest.applicants
    selected = group.selected + highest.selected
    expected = min(
        Fraction(size * part, people)
        for size in (group.applicants, highest.applicants)
        for part in (selected, people - selected)
    )
    if people < FEWEST_COMPARED or expected < FEWEST_EXPECTED:
        table = [[one.selected, one.applicants - one.selected] for one in (group, highest)]
        return "fisher", float(stats.fisher_exact(table).pvalue), None
    pooled = selected / people
    spread = sqrt(pooled * (1 - pooled) * (1 / group.applicants + 1 / highest.applicants))
    z = float(highest.rate - group.rate) / spread
    return "z", erfc(abs(z) / sqrt(2)), z


def mantel_haenszel(pairs: Sequence[tuple[Selected, Selected]]) -> tuple[float | None, float | None]:
    """The ratio of two groups' rates within strata, and the p of their difference there; none if undefined.

    Each pair is the group and the one it is compared with, in one stratum. The p is of the test with
    correction for continuity, by one degree of freedom.
    """
    above = below = apart = spread = 0.0
    for group, other in pairs:
        people = group.applicants + other.applicants
        if people < 2:
            continue
        chosen = group.selected + other.selected
        above += group.selected * other.applicants / people
        below += other.selected * group.applicants / people
        apart += group.selected - group.applicants * chosen / people
        spread += group.applicants * other.applicants * chosen * (people - chosen) / people**2 / (people - 1)
    if not spread:
        return (above / below if below else None), None
    # The correction never turns the direction round.
    chi = max(0.0, abs(apart) - 0.5) ** 2 / spread
    return (above / below if below else None), erfc(sqrt(chi / 2))
