"""What is counted for adverse impact, and which of it would tell one person's answer and is left out.

Counts stand by group in blocks: of a stage, on the basis of all applicants or of those in the stage before.
Cells of fewer than five people are hidden, and with them whatever would give them away: another group of the
block, the blocks that share their numbers, the same group on another job.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.domain.keys import Key
from tracker.domain.metrics.adverse_impact import Selected
from tracker.domain.stages import Stage

FEWEST = 5
"""Cells of fewer people are not told, nor are changes by fewer."""
HIRED = "hired"
GOALS: tuple[str, ...] = (Stage.SCREENING, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER, HIRED)
"""What applicants are selected for, in order; coming into Onboarding is being hired."""


class Basis(Key):
    """Of whom a rate is: of all applicants, or of those who were in the stage before."""

    TOTAL = "total"
    STEP = "step"


BASIS_LABELS = {Basis.TOTAL: "All", Basis.STEP: "Step"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """How many of one group on one job got to the same goals; `got_to` has a place for each of GOALS."""

    job_id: int
    group: str
    got_to: tuple[bool, ...]
    number: int


Block = tuple[str, Basis]
Groups = dict[str, Selected]
Blocks = dict[Block, Groups]
Cells = set[tuple[Block, str]]
"""Groups in blocks."""
BLOCKS: tuple[Block, ...] = tuple((goal, basis) for goal in GOALS for basis in Basis)


def margins(patterns: Iterable[Pattern]) -> Counter[str]:
    """How many applied, and how many got to each goal, whatever their group."""
    found: Counter[str] = Counter()
    for pattern in patterns:
        found["applied"] += pattern.number
        for goal, got_there in zip(GOALS, pattern.got_to, strict=True):
            found[goal] += pattern.number if got_there else 0
    return found


def may_follow(before: Iterable[Pattern], now: Iterable[Pattern]) -> bool:
    """Whether new counts may be told after those told before: each margin is as it was, or moved by five."""
    old, new = margins(before), margins(now)
    return all(new[key] == old[key] or abs(new[key] - old[key]) >= FEWEST for key in old.keys() | new.keys())


def blocks_by_job(patterns: Iterable[Pattern]) -> dict[int, Blocks]:
    """The blocks of each job; the stage before is the nearest that anybody on the job was in."""
    by_job: dict[int, list[Pattern]] = {}
    for pattern in patterns:
        by_job.setdefault(pattern.job_id, []).append(pattern)
    return {job_id: _blocks(own) for job_id, own in by_job.items()}


def pooled(jobs: Iterable[Blocks]) -> Blocks:
    """The blocks of several jobs put together."""
    found: Blocks = {block: {} for block in BLOCKS}
    for blocks in jobs:
        for block, groups in blocks.items():
            for group, counts in groups.items():
                found[block][group] = _sum([found[block].get(group, Selected(0, 0)), counts])
    return found


def is_small(counts: Selected) -> bool:
    """Whether one of the numbers, or what is left between them, is of one to four people."""
    numbers = (counts.applicants, counts.selected, counts.applicants - counts.selected)
    return any(0 < number < FEWEST for number in numbers)


def hidden_cells(blocks: Blocks, also: Iterable[tuple[Block, str]] = ()) -> Cells:
    """The cells of one report that must not be told, those of `also` among them."""
    hidden = set(also)
    hidden |= {
        (block, group) for block, groups in blocks.items() for group in groups if is_small(groups[group])
    }
    while True:
        more = {cell for block in blocks for cell in _given_away(blocks, block, hidden)}
        if more <= hidden:
            return hidden
        hidden |= more


def hidden_by_job(
    jobs: Mapping[int, Blocks], unsettled: Iterable[int] = ()
) -> tuple[Cells, dict[int, Cells]]:
    """The hidden cells of the report on all jobs, and of the report on each: no sum gives one away.

    Of the unsettled jobs nothing is told.
    """
    whole = pooled(jobs.values())
    of_all = hidden_cells(whole)
    of_job = {job_id: hidden_cells(blocks) for job_id, blocks in jobs.items()}
    for job_id in set(unsettled) & jobs.keys():
        of_job[job_id] = {(block, group) for block, groups in jobs[job_id].items() for group in groups}
    is_stable = False
    while not is_stable:
        is_stable = True
        for block, groups in whole.items():
            for group in groups:
                if (block, group) not in of_all and _hide_beside(jobs, block, group, of_all, of_job):
                    of_all = hidden_cells(whole, of_all)
                    is_stable = False
    return of_all, of_job


def _hide_beside(
    jobs: Mapping[int, Blocks], block: Block, group: str, of_all: Cells, of_job: dict[int, Cells]
) -> bool:
    """Hide one cell more where the jobs that are shown give away those that are not: whether one was."""
    own = {
        job_id: blocks[block][group]
        for job_id, blocks in jobs.items()
        if group in blocks[block] and blocks[block][group].applicants
    }
    hidden = [job_id for job_id in own if (block, group) in of_job[job_id]]
    shown = [job_id for job_id in own if job_id not in hidden]
    if not hidden or not (len(hidden) == 1 or is_small(_sum(own[job_id] for job_id in hidden))):
        return False
    if not shown:
        # Nothing on any job is told of the group: the sum alone gives away no part of it.
        return False
    smallest = min(shown, key=lambda job_id: (own[job_id].applicants, job_id))
    of_job[smallest] = hidden_cells(jobs[smallest], {*of_job[smallest], (block, group)})
    return True


def _given_away(blocks: Blocks, block: Block, hidden: Cells) -> Cells:
    """What must go with the hidden cells of a block: linked blocks, a second group beside a single one."""
    groups = blocks[block]
    found: Cells = set()
    for group in groups:
        if (block, group) in hidden:
            found |= {(other, group) for other in _linked(blocks, block, group, hidden)}
    told = [group for group in groups if (block, group) not in hidden and groups[group].applicants]
    gone = [group for group in groups if (block, group) in hidden and groups[group].applicants]
    if gone and told and (len(gone) == 1 or is_small(_sum(groups[group] for group in gone))):
        found.add((block, min(told, key=lambda group: (groups[group].applicants, group))))
    return found


def _linked(blocks: Blocks, block: Block, group: str, hidden: Cells) -> list[Block]:
    """The blocks that would give a hidden cell of this one away.

    A step is what lies between two totals; its selected are those of the total, its applicants those selected
    before.
    """
    goal, basis = block
    place = GOALS.index(goal)
    if basis is Basis.TOTAL:
        return [(goal, Basis.STEP), *((later, Basis.STEP) for later in _next_goals(blocks, place))]
    before = [one for one in GOALS[:place] if _is_used(blocks, one)]
    if before and ((before[-1], Basis.TOTAL), group) in hidden:
        return []
    return [(goal, Basis.TOTAL)]


def _next_goals(blocks: Blocks, place: int) -> list[str]:
    """The goals of which this one may be the stage before: up to the next that anybody got to."""
    found = []
    for goal in GOALS[place + 1 :]:
        found.append(goal)
        if _is_used(blocks, goal):
            break
    return found


def _is_used(blocks: Blocks, goal: str) -> bool:
    return any(counts.selected for counts in blocks[goal, Basis.TOTAL].values())


def _blocks(patterns: list[Pattern]) -> Blocks:
    groups = sorted({pattern.group for pattern in patterns})
    found: Blocks = {block: {} for block in BLOCKS}
    for place, goal in enumerate(GOALS):
        used = [one for one in range(place) if any(pattern.got_to[one] for pattern in patterns)]
        before = used[-1] if used else None
        for group in groups:
            own = [pattern for pattern in patterns if pattern.group == group]
            came = own if before is None else [pattern for pattern in own if pattern.got_to[before]]
            found[goal, Basis.TOTAL][group] = _selected(own, place)
            found[goal, Basis.STEP][group] = _selected(came, place)
    return found


def _selected(patterns: list[Pattern], place: int) -> Selected:
    got_there = sum(pattern.number for pattern in patterns if pattern.got_to[place])
    return Selected(sum(pattern.number for pattern in patterns), got_there)


def _sum(parts: Iterable[Selected]) -> Selected:
    each = list(parts)
    return Selected(sum(one.applicants for one in each), sum(one.selected for one in each))
