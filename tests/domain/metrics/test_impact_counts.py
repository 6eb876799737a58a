"""What is told of adverse impact: small cells go, and whatever would give them away goes with them."""

import random
from itertools import product

import pytest

from tracker.domain.metrics.adverse_impact import Selected
from tracker.domain.metrics.impact_counts import (
    BLOCKS,
    GOALS,
    HIRED,
    Basis,
    Pattern,
    blocks_by_job,
    hidden_by_job,
    hidden_cells,
    is_small,
    may_follow,
    pooled,
)
from tracker.domain.stages import Stage

TOTAL, STEP = Basis


def got(*goals):
    return tuple(goal in goals for goal in GOALS)


def people(group, *numbers, job=1):
    """So many of a group that got nowhere, to screening, to an interview, to an offer, and were hired."""
    reached = [(), GOALS[:1], GOALS[:2], (*GOALS[:2], GOALS[3]), (*GOALS[:2], GOALS[3], HIRED)]
    return [Pattern(job, group, got(*goals), n) for goals, n in zip(reached, numbers, strict=False) if n]


def shown(blocks, hidden, *block):
    return {group: c for group, c in blocks[block].items() if (block, group) not in hidden}


def test_a_step_is_of_those_in_the_nearest_stage_that_the_job_used():
    (blocks,) = blocks_by_job(
        [*people("a", 10, 10, 10, 10, 10), Pattern(1, "a", got(Stage.OFFER), 7)]
    ).values()
    assert blocks[Stage.INTERVIEW, TOTAL]["a"] == Selected(57, 30)
    assert blocks[Stage.INTERVIEW, STEP]["a"] == Selected(40, 30)
    # Nobody was in References: an offer is a step from Interview, and who skipped that is not of the step.
    assert blocks[Stage.OFFER, STEP]["a"] == Selected(30, 20)
    assert blocks[Stage.OFFER, TOTAL]["a"] == Selected(57, 27)
    assert blocks[HIRED, STEP]["a"] == Selected(27, 10)


@pytest.mark.parametrize(
    ("counts", "small"),
    [
        (Selected(40, 20), False),
        (Selected(4, 0), True),
        (Selected(40, 4), True),
        (Selected(40, 36), True),
        (Selected(40, 0), False),
        (Selected(40, 40), False),
        (Selected(5, 5), False),
        (Selected(0, 0), False),
    ],
)
def test_cells_of_one_to_four_people_are_small(counts, small):
    assert is_small(counts) is small


def test_a_single_hidden_group_takes_the_next_smallest_with_it():
    patterns = [*people("a", 50, 50, 50), *people("b", 20, 20, 20), *people("c", 20, 3, 20)]
    (blocks,) = blocks_by_job(patterns).values()
    hidden = hidden_cells(blocks)
    assert set(shown(blocks, hidden, Stage.SCREENING, TOTAL)) == {"a", "b", "c"}
    # Three of c stood still in Screening, so the step to Interview, and one of its totals, would tell.
    assert set(shown(blocks, hidden, Stage.INTERVIEW, STEP)) == {"a"}
    assert set(shown(blocks, hidden, Stage.INTERVIEW, TOTAL)) == {"a"}


def differences(reports):
    """What can be worked out of shown cells by taking one from another: cells of the same group and kind."""
    for (_, one), (_, other) in product(reports, repeat=2):
        for block in BLOCKS:
            for group in one[block].keys() & other[block].keys():
                yield one[block][group], other[block][group]


def random_patterns(chance, jobs):
    patterns = []
    for job in range(1, jobs + 1):
        for group in "abc"[: chance.choice([2, 3])]:
            patterns += people(group, *(chance.choice([0, 1, 3, 6, 20, 60]) for _ in range(5)), job=job)
    return patterns


@pytest.mark.parametrize("seed", range(40))
def test_no_sum_or_difference_of_what_is_shown_tells_of_fewer_than_five(seed):
    jobs = blocks_by_job(random_patterns(random.Random(seed), 1 + seed % 4))
    of_all, of_job = hidden_by_job(jobs)
    whole = pooled(jobs.values())
    for block, groups in whole.items():
        for group, counts in groups.items():
            if (block, group) in of_all:
                continue
            assert not is_small(counts)
            apart = [job for job, own in jobs.items() if group in own[block] and own[block][group].applicants]
            hidden = [job for job in apart if (block, group) in of_job[job]]
            rest = Selected(
                sum(jobs[job][block][group].applicants for job in hidden),
                sum(jobs[job][block][group].selected for job in hidden),
            )
            if len(hidden) < len(apart):
                assert not is_small(rest)
                assert len(hidden) != 1
    for job, blocks in [(None, whole), *jobs.items()]:
        hidden = of_all if job is None else of_job[job]
        for block in BLOCKS:
            told = shown(blocks, hidden, *block)
            assert not any(is_small(counts) for counts in told.values())
            gone = [c for g, c in blocks[block].items() if g not in told and c.applicants]
            assert len(gone) != 1 or not any(c.applicants for c in told.values())
        for goal, before in zip(GOALS[1:], GOALS, strict=False):
            # A step that is hidden does not come back as the difference of two totals.
            for group in blocks[goal, STEP]:
                if ((goal, STEP), group) in hidden and is_small(blocks[goal, STEP][group]):
                    both = {((goal, TOTAL), group), ((before, TOTAL), group)}
                    earlier = {((one, TOTAL), group) for one in GOALS[: GOALS.index(goal)]}
                    assert hidden & (both | earlier)


def test_of_unsettled_jobs_nothing_is_told_and_another_covers_them():
    jobs = blocks_by_job([one for job in (1, 2, 3) for one in people("a", 50, 50, 50, job=job)])
    assert hidden_by_job(jobs) == (set(), {1: set(), 2: set(), 3: set()})
    of_all, of_job = hidden_by_job(jobs, [2])
    assert of_all == set()
    assert {job for job, hidden in of_job.items() if hidden} == {1, 2}


def test_counts_follow_others_when_each_margin_stays_or_moves_by_five():
    before = people("a", 10, 10, 10)
    assert may_follow(before, before)
    assert not may_follow(before, people("a", 11, 10, 10))
    assert not may_follow(before, people("a", 9, 10, 10))
    assert may_follow(before, people("a", 15, 10, 10))
    # Five more applied, but only one of them was screened.
    assert not may_follow(before, people("a", 14, 11, 10))
    assert may_follow([], people("a", 10, 10, 10))
