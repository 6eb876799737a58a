"""How long things that are over took: median, mean and range of times, given how often each was seen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

KINDS = 64
"""A coded time is so often itself, and what tells it apart is added: from 0 on, below this."""


@dataclass(frozen=True, slots=True)
class Times:
    """Times in the unit they were given in; nothing but the number where there are none."""

    number: int = 0
    median: float | None = None
    mean: float | None = None
    shortest: float | None = None
    longest: float | None = None


def times_of(seen: Mapping[float, int]) -> Times:
    """What is told of times, each as often as seen; the median of an even number the middle two's mean."""
    number = sum(seen.values())
    if not number:
        return Times()
    ordered = sorted(time for time, often in seen.items() if often)
    middle = (_at(seen, ordered, (number - 1) // 2) + _at(seen, ordered, number // 2)) / 2
    mean = sum(time * often for time, often in seen.items()) / number
    return Times(number, middle, mean, ordered[0], ordered[-1])


def _at(seen: Mapping[float, int], ordered: list[float], place: int) -> float:
    """The time at a place, 0 first, when all stand in order."""
    for time in ordered:
        place -= seen[time]
        if place < 0:
            return time
    raise ValueError("there are not so many times")


def decoded(coded: Iterable[int], units: float) -> Iterator[tuple[int, float, int]]:
    """Coded times as (what tells it apart, the time, how often it was seen); `units` of theirs make one."""
    for code, number in Counter(coded).items():
        time, kind = divmod(code, KINDS)
        yield kind, max(0, time) / units, number
