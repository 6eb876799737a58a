"""Probes and look-fors by the author's hand: few, short, and nothing that may not be asked."""

from dataclasses import replace

import pytest

from tests.domain.test_rubric_edits import CHARGES, DRAFT
from tracker.domain.rubric_edits import publishing_faults, with_row
from tracker.domain.rubric_hints import rewrite_hints
from tracker.domain.rubric_review import review_points
from tracker.domain.rules import RuleBroken

ROW = DRAFT.competency(CHARGES)


def test_lines_take_the_place_of_the_generated_ones():
    changed = rewrite_hints(ROW, [" What  came then? ", "", "What came then?"], [], jurisdiction="US")
    assert changed.questions.probes == ("What came then?",)
    assert changed.questions.look_fors == ()
    assert replace(changed.questions, probes=(), look_fors=()) == replace(
        ROW.questions, probes=(), look_fors=()
    )


@pytest.mark.parametrize(
    ("probes", "look_fors", "field"),
    [
        (["One?", "Two?", "Three?", "Four?"], [], "probes"),
        (["x" * 301], [], "probes"),
        (["no\x00text"], [], "probes"),
        (["Who looks after your kids meanwhile?"], [], "probes"),
        ([], ["Are you pregnant?"], "look_fors"),
        ([], [f"Step {number}" for number in range(9)], "look_fors"),
    ],
)
def test_what_may_not_stand_there_is_refused_at_its_field(probes, look_fors, field):
    with pytest.raises(RuleBroken) as broken:
        rewrite_hints(ROW, probes, look_fors, jurisdiction="US")
    assert broken.value.field == field


def test_a_rubric_is_not_published_with_a_probe_that_may_not_be_asked():
    asked = replace(ROW.questions, probes=("Do you have kids?",))
    changed = with_row(DRAFT, replace(ROW, questions=asked))
    (fault,) = publishing_faults(changed, jurisdiction="US")
    assert (fault[0], fault[1].field) == (CHARGES, CHARGES)
    assert [point for point in review_points(changed, "US") if point.is_blocking]
