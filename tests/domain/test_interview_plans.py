from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.interview_plans import (
    INTERVIEW_KIND_LABELS,
    InterviewKind,
    cover,
    plan_interviews,
    planned_cover,
    rows_per_session,
)
from tracker.domain.matching import largest_matching


@dataclass(frozen=True)
class Row:
    key: str
    is_required: bool = True


@dataclass(frozen=True)
class Rows:
    competencies: tuple[Row, ...]


def rubric(count: int, optional: int = 0) -> Rows:
    rows = [Row(f"row-{number}", is_required=number >= optional) for number in range(count)]
    return Rows(tuple(rows))


@pytest.mark.parametrize(
    ("minutes", "rows"), [(0, 0), (-5, 0), (6, 0), (7, 1), (30, 4), (41, 5), (42, 6), (45, 6), (240, 6)]
)
def test_a_session_holds_a_row_for_seven_minutes_and_at_most_six(minutes, rows):
    assert rows_per_session(minutes) == rows


@pytest.mark.parametrize(
    ("count", "sessions"), [(0, 0), (1, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4), (13, 4)]
)
def test_plan_takes_as_few_sessions_as_do_it_and_at_most_four(count, sessions):
    assert len(plan_interviews(rubric(count)).sessions) == sessions


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 90), st.integers(1, 8), st.integers(1, 3))
def test_plan_rates_each_row_in_different_sessions_or_names_it(count, optional, minutes, most, needed):
    rows = rubric(count, optional)
    plan = plan_interviews(rows, minutes=minutes, most_sessions=most, ratings_needed=needed)
    assert len(plan.sessions) <= most
    given_to = Counter(key for session in plan.sessions for key in session.competencies)
    for session in plan.sessions:
        assert len(session.competencies) == len(set(session.competencies)) <= rows_per_session(minutes)
        assert list(session.competencies) == [
            row.key for row in rows.competencies if row.key in session.competencies
        ]
    assert set(plan.lacking) == {row.key for row in rows.competencies if given_to[row.key] < needed}
    assert plan == plan_interviews(rows, minutes=minutes, most_sessions=most, ratings_needed=needed)
    room = rows_per_session(minutes) * len(plan.sessions)
    if len(plan.sessions) >= needed and room >= count * needed:
        assert not plan.lacking


def test_required_rows_come_first_when_room_is_short():
    rows = rubric(14, optional=4)
    plan = plan_interviews(rows)
    assert set(plan.lacking) <= {row.key for row in rows.competencies if not row.is_required}


def test_sessions_are_about_equally_long():
    lengths = [len(session.competencies) for session in plan_interviews(rubric(10)).sessions]
    assert lengths == [5, 5, 5, 5]


def test_small_firm_may_ask_for_one_rating():
    plan = plan_interviews(rubric(6), ratings_needed=1)
    assert (len(plan.sessions), plan.lacking) == (1, ())


def test_one_session_cannot_give_two_ratings():
    assert plan_interviews(rubric(2), most_sessions=1).lacking == ("row-0", "row-1")


def test_kinds_are_taken_in_turn():
    kinds = [InterviewKind.PHONE_SCREEN, InterviewKind.VIRTUAL]
    plan = plan_interviews(rubric(7), kinds=kinds)
    assert [session.kind for session in plan.sessions] == [*kinds, InterviewKind.PHONE_SCREEN]


@pytest.mark.parametrize(
    ("pairs", "count"),
    [
        ([], 0),
        ([("ines", 1)], 1),
        ([("ines", 1), ("ines", 1)], 1),
        ([("ines", 1), ("ines", 2)], 1),  # one person
        ([("ines", 1), ("hank", 1)], 1),  # one session: a panel sees the same answer
        ([("ines", 1), ("hank", 2)], 2),
        ([("ines", 1), ("hank", 1), ("hank", 2)], 2),
        ([("ines", 1), ("ines", 2), ("hank", 1)], 2),
        ([("a", 1), ("a", 2), ("b", 1), ("c", 1), ("c", 3)], 3),
    ],
)
def test_ratings_are_independent_when_person_and_session_differ(pairs, count):
    assert largest_matching(pairs) == count


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 4)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_independence_does_not_hang_on_the_order(pairs, rnd):
    shuffled = list(pairs)
    rnd.shuffle(shuffled)
    count = largest_matching(pairs)
    assert largest_matching(shuffled) == count
    assert count <= min(len({person for person, _ in pairs}), len({session for _, session in pairs}))


def test_cover_names_rows_with_too_few_people_or_sessions():
    assigned = [("row-0", "ines", 1), ("row-0", "hank", 2), ("row-1", "ines", 1), ("row-1", "ines", 2)]
    result = cover(assigned, rubric(3))
    assert result.independent == {"row-0": 2, "row-1": 1, "row-2": 0}
    assert result.lacking == ("row-1", "row-2")
    assert cover(assigned, rubric(2), ratings_needed=1).lacking == ()


def test_every_kind_has_its_label():
    assert set(INTERVIEW_KIND_LABELS) == set(InterviewKind)


def test_planned_rounds_cover_a_row_as_often_as_rounds_rate_it():
    planned = planned_cover([["row-0", "row-1", "row-1"], ["row-0", "unheard-of"]], rubric(3))
    assert planned.independent == {"row-0": 2, "row-1": 1, "row-2": 0}
    assert planned.lacking == ("row-1", "row-2")
    assert planned_cover([["row-0"]], rubric(1), ratings_needed=1).lacking == ()
