"""Stays in stages: how they begin and end, and what the pipeline counts of them."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.metrics.spells import (
    SpellEnd,
    Step,
    figures,
    last_spells,
    reached,
    share,
    spells_of,
)
from tracker.domain.moves import MoveKind
from tracker.domain.stages import STAGES, Outcome

START = datetime(2026, 3, 1, tzinfo=UTC)
APPLIED, SCREENED, MET, _, OFFERED, BEGAN = STAGES
ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
KINDS = {
    "apply": MoveKind.APPLY,
    "undo": MoveKind.UNDO,
    "import": MoveKind.IMPORT,
}


def day(number):
    return START + timedelta(days=number)


def walk(*places):
    """Steps of an application: (day, stage, outcome, and `undo` where it undoes the step before)."""
    steps, here = [], (None, None)
    for version, (number, stage, outcome, *kind) in enumerate(places, start=1):
        move = KINDS[kind[0]] if kind else MoveKind.IMPORT
        steps.append(Step(version, move, here[0], stage, here[1], outcome, day(number)))
        here = (stage, outcome)
    return steps


def ends(steps, until=None):
    return [(spell.stage, spell.end) for spell in spells_of(steps, until)]


def figure(steps, stage, from_=None, until=None):
    row = figures([steps], from_, until)[stage]
    return {name: getattr(row, name) for name in row.__slots__ if getattr(row, name)}


@pytest.mark.parametrize(
    ("then", "end"),
    [
        ((3, MET, ACTIVE), SpellEnd.ADVANCED),
        ((3, OFFERED, ACTIVE), SpellEnd.ADVANCED),
        ((3, APPLIED, ACTIVE), SpellEnd.RETURNED),
        ((3, SCREENED, REJECTED), SpellEnd.REJECTED),
        ((3, SCREENED, WITHDRAWN), SpellEnd.WITHDRAWN),
        ((3, SCREENED, HIRED), SpellEnd.ADVANCED),
    ],
)
def test_the_next_move_says_how_a_stay_ended(then, end):
    spell = last_spells(walk((0, APPLIED, ACTIVE), (1, SCREENED, ACTIVE), then))[SCREENED]
    assert (spell.end, spell.ended_at, spell.ended_version) == (end, day(3), 3)


def test_who_has_not_moved_on_is_active():
    spell = last_spells(walk((0, APPLIED, ACTIVE)))[APPLIED]
    assert (spell.end, spell.ended_at, spell.entered_version) == (SpellEnd.ACTIVE, None, 1)


def test_hired_counts_as_advanced_from_onboarding():
    steps = walk((0, APPLIED, ACTIVE), (1, BEGAN, ACTIVE), (9, BEGAN, HIRED))
    assert figure(steps, BEGAN) == {"entered": 1, "advanced": 1}


def test_a_stage_entered_again_counts_once_by_its_last_stay():
    steps = walk(
        (0, APPLIED, ACTIVE),
        (1, SCREENED, ACTIVE),
        (2, MET, ACTIVE),
        (3, SCREENED, ACTIVE),
        (4, SCREENED, REJECTED),
    )
    assert figure(steps, SCREENED) == {"entered": 1, "rejected": 1}
    assert figure(steps, MET) == {"entered": 1, "returned": 1}


def test_one_reopened_after_rejection_counts_by_what_became_of_it_then():
    steps = walk((0, APPLIED, ACTIVE), (1, APPLIED, REJECTED), (5, APPLIED, ACTIVE), (6, SCREENED, ACTIVE))
    assert ends(steps) == [
        (APPLIED, SpellEnd.REJECTED),
        (APPLIED, SpellEnd.ADVANCED),
        (SCREENED, SpellEnd.ACTIVE),
    ]
    assert figure(steps, APPLIED) == {"entered": 1, "advanced": 1}
    # Ever-state is not final state.
    assert reached(walk((0, APPLIED, ACTIVE), (1, SCREENED, ACTIVE), (2, SCREENED, REJECTED))) == {
        APPLIED,
        SCREENED,
    }


def test_an_import_may_skip_stages_and_come_out_of_order():
    steps = walk((0, OFFERED, ACTIVE), (1, APPLIED, ACTIVE), (2, MET, REJECTED), (3, SCREENED, ACTIVE))
    assert ends(steps) == [
        (OFFERED, SpellEnd.RETURNED),
        (APPLIED, SpellEnd.REJECTED),
        (MET, SpellEnd.REJECTED),
        (SCREENED, SpellEnd.ACTIVE),
    ]
    assert reached(steps) == {OFFERED, APPLIED, MET, SCREENED}


def test_an_import_that_arrives_closed_came_and_went_at_once():
    spell = last_spells(walk((0, APPLIED, REJECTED)))[APPLIED]
    assert (spell.entered_at, spell.ended_at, spell.end) == (day(0), day(0), SpellEnd.REJECTED)
    changed = walk((0, APPLIED, ACTIVE), (1, APPLIED, REJECTED), (2, APPLIED, WITHDRAWN))
    assert figure(changed, APPLIED) == {"entered": 1, "withdrawn": 1}


def test_moves_of_one_instant_follow_their_order():
    steps = walk((0, APPLIED, ACTIVE), (0, SCREENED, ACTIVE), (0, SCREENED, REJECTED))
    assert ends(steps) == [(APPLIED, SpellEnd.ADVANCED), (SCREENED, SpellEnd.REJECTED)]


def test_an_undone_pair_counts_nowhere():
    steps = walk(
        (0, APPLIED, ACTIVE), (1, SCREENED, ACTIVE), (1, APPLIED, ACTIVE, "undo"), (2, APPLIED, REJECTED)
    )
    assert reached(steps) == {APPLIED}
    assert figure(steps, SCREENED) == {}
    assert figure(steps, APPLIED) == {"entered": 1, "rejected": 1}
    twice = walk(
        (0, APPLIED, ACTIVE),
        (1, APPLIED, REJECTED),
        (1, APPLIED, ACTIVE, "undo"),
        (2, APPLIED, REJECTED),
        (2, APPLIED, ACTIVE, "undo"),
    )
    assert ends(twice) == [(APPLIED, SpellEnd.ACTIVE)]


def test_before_its_undo_a_move_held():
    steps = walk((0, APPLIED, ACTIVE), (1, SCREENED, ACTIVE), (2, APPLIED, ACTIVE, "undo"))
    assert reached(steps, until=day(2)) == {APPLIED, SCREENED}
    assert reached(steps, until=day(3)) == {APPLIED}


@pytest.mark.parametrize(
    ("from_", "until", "expected"),
    [
        (None, None, {"entered": 1, "advanced": 1}),
        (day(2), None, {"entered": 1, "advanced": 1}),
        (day(2) + timedelta(microseconds=1), None, {"open_at_start": 1, "advanced": 1}),
        (day(5), None, {"open_at_start": 1, "advanced": 1}),
        (day(5) + timedelta(microseconds=1), None, {}),
        (None, day(5), {"entered": 1, "active": 1}),
        (None, day(5) + timedelta(microseconds=1), {"entered": 1, "advanced": 1}),
        (None, day(2), {}),
        (day(3), day(4), {"open_at_start": 1, "active": 1}),
    ],
)
def test_the_edges_of_a_window_are_half_open(from_, until, expected):
    steps = walk((0, APPLIED, ACTIVE), (2, SCREENED, ACTIVE), (5, MET, ACTIVE))
    assert figure(steps, SCREENED, from_, until) == expected


def test_open_at_start_and_back_in_the_window_is_one_that_entered():
    steps = walk((0, SCREENED, ACTIVE), (5, MET, ACTIVE), (6, SCREENED, ACTIVE))
    assert figure(steps, SCREENED, from_=day(3)) == {"entered": 1, "active": 1}


def test_a_rejected_one_that_is_reopened_in_the_window_was_not_open_at_start():
    steps = walk((0, SCREENED, ACTIVE), (1, SCREENED, REJECTED), (6, SCREENED, ACTIVE))
    assert figure(steps, SCREENED, from_=day(3)) == {"entered": 1, "active": 1}


def test_every_stage_adds_up():
    steps = walk(
        (0, APPLIED, ACTIVE),
        (1, SCREENED, ACTIVE),
        (2, APPLIED, ACTIVE),
        (3, MET, ACTIVE),
        (4, MET, WITHDRAWN),
    )
    for from_ in [None, *map(day, range(6))]:
        for until in [None, *map(day, range(6))]:
            assert all(row.adds_up for row in figures([steps, steps], from_, until).values())


def test_of_nothing_there_is_no_share():
    assert share(0, 0) is None
    assert share(0, 4) == 0
    assert share(1, 4) == 0.25
