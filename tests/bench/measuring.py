"""Times both sides of a work in turns, so that what the machine does meanwhile falls on both."""

import gc
import statistics
import time
from dataclasses import dataclass

from tests.bench.calling import counted_statements
from tests.bench.works import Call, Work

FEWEST, MOST = 5, 400


@dataclass(frozen=True)
class Side:
    """Milliseconds per call (median and 95th percentile), bytes of an answer, statements sent."""

    median_ms: float
    p95_ms: float
    size: int
    statements: int
    calls: int


@dataclass(frozen=True)
class Line:
    work: Work
    candidates: int
    floor: Side | None
    tracker: Side | None

    @property
    def ratio(self) -> float | None:
        if self.floor is None or self.tracker is None:
            return None
        return self.tracker.median_ms / self.floor.median_ms


def measure(work: Work, candidates: int, seconds: float) -> Line:
    """About this many seconds of calls to each side, in turns, after one call that counts and warms up."""
    calls = [call for call in (work.floor_call, work.tracker_call) if call is not None]
    warm = {call: _counted(call) for call in calls}
    times: dict[Call, list[float]] = {call: [] for call in calls}
    # As the server does: what is there from the start is no rubbish to be looked through at every page.
    gc.collect()
    gc.freeze()
    ends = time.perf_counter() + seconds * len(calls)
    turns = 0
    while turns < FEWEST or (turns < MOST and time.perf_counter() < ends):
        for call in calls if turns % 2 else reversed(calls):
            started = time.perf_counter()
            call()
            times[call].append((time.perf_counter() - started) * 1000)
        turns += 1
    sides = {call: _side(times[call], *warm[call]) for call in calls}
    floor = sides[work.floor_call] if work.floor_call else None
    tracker = sides[work.tracker_call] if work.tracker_call else None
    return Line(work, candidates, floor, tracker)


def _counted(call: Call) -> tuple[int, int]:
    call()
    with counted_statements() as statements:
        size = call()
    return size, len(statements)


def _side(times: list[float], size: int, statements: int) -> Side:
    p95 = statistics.quantiles(times, n=20)[-1]
    return Side(statistics.median(times), p95, size, statements, len(times))
