"""Questions to every applicant: which answers they take, and which suggest a no."""

import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.screening_answers import (
    QUESTION_KIND_LABELS,
    QuestionKind,
    QuestionShape,
    checked_answer,
    checked_shape,
    describe_rule,
    suggests_no,
)

CHOICE = QuestionShape(QuestionKind.CHOICE, ("Yes", "No"), {"choices": ["No"]})
NUMBER = QuestionShape(QuestionKind.NUMBER, (), {"least": "2", "most": "40"})
DATE = QuestionShape(QuestionKind.DATE, (), {"most": "2026-12-31"})


def test_every_kind_has_its_label():
    assert set(QUESTION_KIND_LABELS) == set(QuestionKind)


@pytest.mark.parametrize(
    ("kind", "choices", "rule", "field"),
    [
        (QuestionKind.CHOICE, (), {}, "choices"),
        (QuestionKind.CHOICE, ("Yes", "Yes"), {}, "choices"),
        (QuestionKind.CHOICE, tuple("abcdefghijklmnopqrstu"), {}, "choices"),
        (QuestionKind.CHOICE, ("Yes", "No"), {"choices": ["Perhaps"]}, "no_choices"),
        (QuestionKind.CHOICE, ("Yes", "No"), {"choices": ["Yes", "No"]}, "no_choices"),
        (QuestionKind.NUMBER, (), {"least": "two"}, "least"),
        (QuestionKind.NUMBER, (), {"least": "3", "most": "2"}, "most"),
        (QuestionKind.NUMBER, (), {"most": "NaN"}, "most"),
        (QuestionKind.NUMBER, (), {"most": "1e99"}, "most"),
        (QuestionKind.DATE, (), {"most": "tomorrow"}, "most"),
        (QuestionKind.DATE, (), {"least": "1026-01-01"}, "least"),
    ],
)
def test_a_shape_that_cannot_stand_is_named_at_its_field(kind, choices, rule, field):
    with pytest.raises(RuleBroken) as broken:
        checked_shape(QuestionShape(kind, choices, rule))
    assert broken.value.field == field


def test_a_shape_keeps_only_what_belongs_to_its_kind():
    given = {"choices": ["No"], "least": "2", "most": ""}
    assert checked_shape(QuestionShape(QuestionKind.TEXT, ("a", "b"), given)) == QuestionShape()
    assert checked_shape(QuestionShape(QuestionKind.NUMBER, (), given)).knock_out == {"least": "2"}
    assert checked_shape(QuestionShape(QuestionKind.CHOICE, ("Yes", "No", ""), given)) == CHOICE


@pytest.mark.parametrize(
    ("shape", "text", "kept"),
    [
        (QuestionShape(), " Two\nlines ", "Two\nlines"),
        (CHOICE, "Yes", "Yes"),
        (CHOICE, "", ""),
        (NUMBER, " 1,200.50 ", "1200.5"),
        (NUMBER, "100", "100"),
        (DATE, "2026-11-23", "2026-11-23"),
        (QuestionShape(QuestionKind.FILE), "sample.pdf", "sample.pdf"),
    ],
)
def test_an_answer_is_kept_in_its_usual_writing(shape, text, kept):
    assert checked_answer(shape, text) == kept


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (CHOICE, "Perhaps"),
        (NUMBER, "two"),
        (NUMBER, "Infinity"),
        (NUMBER, "1e-9"),
        (DATE, "23.11.2026"),
        (QuestionShape(), "x" * 4001),
        (QuestionShape(), "a\x07b"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(shape, text):
    with pytest.raises(RuleBroken) as broken:
        checked_answer(shape, text, "question-7")
    assert broken.value.field == "question-7"


@pytest.mark.parametrize(
    ("shape", "answer", "said"),
    [
        (CHOICE, "No", "named as one that rules out"),
        (CHOICE, "Yes", ""),
        (CHOICE, None, ""),
        (NUMBER, "1", "at least 2"),
        (NUMBER, "2", ""),
        (NUMBER, "40", ""),
        (NUMBER, "41", "at most 40"),
        (NUMBER, "words from before", ""),
        (DATE, "2027-01-01", "no later than 31 Dec 2026"),
        (DATE, "2026-12-31", ""),
        (QuestionShape(), "anything", ""),
    ],
)
def test_an_answer_suggests_a_no_only_by_the_rule(shape, answer, said):
    assert said in suggests_no(shape, answer)
    assert bool(said) is bool(suggests_no(shape, answer))


def test_a_rule_is_described_to_those_who_set_it():
    assert describe_rule(CHOICE) == "suggests a no: No"
    assert describe_rule(NUMBER) == "suggests a no: below 2 or above 40"
    assert describe_rule(DATE) == "suggests a no: after 31 Dec 2026"
    assert describe_rule(QuestionShape()) == ""
