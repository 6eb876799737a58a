"""Practice: samples that show the level they claim, and what is said of a choice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interviewing import CLERKS, RUBRIC
from tracker.domain.frameworks import Level
from tracker.domain.practice_answers import ORDER_CLERKS, WRITTEN
from tracker.domain.practices import SAMPLES, checked_answers, feedback, practice_samples
from tracker.domain.question_parts import remove_level_markers
from tracker.domain.rules import RuleBroken

ROWS = RUBRIC.competencies
persons, attempts = st.integers(1, 10_000), st.integers(0, 200)


@settings(deadline=None)  # The first of many reads every anchor.
@given(persons, attempts)
def test_practice_shows_two_rows_at_two_levels_from_firm_anchors(person: int, attempt: int) -> None:
    samples = practice_samples(ROWS, person=person, attempt=attempt)
    assert len(samples) == SAMPLES == len({one.competency.key for one in samples})
    assert len({one.level for one in samples}) == SAMPLES
    for one in samples:
        anchor = one.competency.anchors[one.level]
        assert anchor is not None
        assert not anchor.is_weak
        assert one.why


@settings(deadline=None)  # The first of many reads every anchor.
@given(persons, attempts)
def test_practice_is_the_same_for_the_same_person_and_attempt(person: int, attempt: int) -> None:
    again = practice_samples(ROWS, person=person, attempt=attempt)
    assert practice_samples(ROWS, person=person, attempt=attempt) == again
    assert practice_samples(ROWS, person=person, attempt=attempt + 1) != again


def test_no_sample_names_its_level_or_gives_the_anchor_away() -> None:
    for attempt in range(len(ROWS) * len(Level)):
        for one in practice_samples(ROWS, person=attempt, attempt=attempt):
            anchor = one.competency.anchors[one.level]
            assert anchor is not None
            assert anchor.statement not in one.text
            assert remove_level_markers(one.text) == one.text
            assert not any(level.value in one.text.lower() for level in Level)


def test_first_practice_on_our_framework_is_written_by_hand() -> None:
    assert not any(one.is_generated for one in practice_samples(ROWS, person=1, attempt=0))
    later = [one for attempt in range(8) for one in practice_samples(ROWS, person=1, attempt=attempt)]
    assert any(one.is_generated for one in later)


def test_answers_of_our_own_belong_to_the_framework_that_comes_with_the_tracker() -> None:
    assert CLERKS.sha256 == ORDER_CLERKS
    assert all(index < len(CLERKS.levels[level]) for level, index in WRITTEN)
    assert len({answer.text for answer in WRITTEN.values()}) == len(WRITTEN)


def test_rows_without_anchors_give_nothing_to_practise() -> None:
    assert practice_samples([], person=1, attempt=0) == ()


def test_one_row_gives_one_sample() -> None:
    assert len(practice_samples(ROWS[:1], person=1, attempt=0)) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "can be rated: it shows 2 Developing"),
        (2, "You chose the level that it shows: 2 Developing"),
        (3, "one level higher: it shows 2 Developing"),
        (4, "2 levels higher"),
        (1, "one level lower"),
        (0, "You chose 0 No evidence, 2 levels lower"),
    ],
)
def test_feedback_says_how_a_choice_lies_beside_the_key(value: int | None, said: str) -> None:
    assert said in feedback(Level.DEVELOPING, value)


@pytest.mark.parametrize("given_", [{}, {"KEY": 5}, {"KEY": -1}, {"KEY": True}])
def test_every_sample_is_rated_on_the_scale(given_: dict[str, int | None]) -> None:
    first, second = practice_samples(ROWS, person=1, attempt=0)
    key = first.competency.key
    chosen = {key if name == "KEY" else name: value for name, value in given_.items()}
    with pytest.raises(RuleBroken) as broken:
        checked_answers({second.competency.key: 1} | chosen, [first, second])
    assert broken.value.field == f"answers.{key}"


def test_not_assessed_is_a_choice_and_other_rows_are_left_out() -> None:
    first, second = practice_samples(ROWS, person=1, attempt=0)
    kept = checked_answers(
        {first.competency.key: None, second.competency.key: 0, "other": 3}, [first, second]
    )
    assert kept == {first.competency.key: None, second.competency.key: 0}
