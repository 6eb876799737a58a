"""Probes and look-fors by the author's hand: few, short, and nothing that may not be asked."""

from dataclasses import replace

import pytest

from tests.domain.test_rubric_edits import CHARGES, CLERKS, DRAFT
from tracker.domain.agendas import asked_in
from tracker.domain.frameworks import Level
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.rubric_documents import rubric_as_document, rubric_as_json, rubric_from_document
from tracker.domain.rubric_edits import publishing_faults, set_target_level, with_row
from tracker.domain.rubric_hints import rewrite_hints
from tracker.domain.rubric_review import review_points
from tracker.domain.rubric_writing import write_anchor
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


def test_a_look_for_that_names_a_trait_is_pointed_out_and_does_not_block():
    changed = with_row(DRAFT, rewrite_hints(ROW, [], ["Stays friendly"], jurisdiction="US"))
    (point,) = [one for one in review_points(changed, "US") if "what somebody is like" in one.message]
    assert (point.key, point.is_blocking) == (CHARGES, False)


@pytest.mark.parametrize("task", ["x" * 2001, "no\x00text", "Tell us: are you pregnant?"])
def test_a_task_that_may_not_be_set_is_refused_at_its_field(task):
    with pytest.raises(RuleBroken) as broken:
        rewrite_hints(ROW, [], [], task, jurisdiction="US")
    assert broken.value.field == "task"


def test_a_task_stands_in_the_document_only_where_there_is_one():
    task, hints = "Sort these orders.\nSay what you do.", (ROW.questions.probes, ROW.questions.look_fors)
    changed = with_row(DRAFT, rewrite_hints(ROW, *hints, task, jurisdiction="US"))
    document = rubric_as_document(changed, CLERKS)
    assert [row["questions"].get("task") for row in document["competencies"]].count(task) == 1
    assert rubric_from_document(document).competency(CHARGES).questions.task == task
    assert '"task"' not in rubric_as_json(DRAFT, CLERKS)


def test_a_task_outlives_questions_that_are_made_anew_and_is_looked_at_again():
    hints = (ROW.questions.probes, ROW.questions.look_fors)
    changed = with_row(DRAFT, rewrite_hints(ROW, *hints, "Sort these orders.", jurisdiction="US"))
    for rubric, task in ((changed, "Sort these orders."), (DRAFT, "")):
        aimed = set_target_level(rubric, CHARGES, Level.DEVELOPING, "So", set_by="user:3").competency(CHARGES)
        assert aimed.questions.behavioural != ROW.questions.behavioural
        assert (aimed.questions.task, aimed.questions.needs_review) == (task, bool(task))
    unasked = replace(ROW.questions, behavioural="", situational="", task="Sort.")
    bare = replace(ROW, anchors=dict.fromkeys(Level), questions=unasked)
    begun = write_anchor(
        with_row(DRAFT, bare), CHARGES, Level.EMERGING, "Sort orders", source=CLERKS.source
    ).competency(CHARGES)
    assert (bool(begun.questions.behavioural), begun.questions.task) == (True, "Sort.")


@pytest.mark.parametrize("kind", [None, *InterviewKind])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_task_is_set_in_a_skills_assessment_alone(kind, is_first):
    both = (ROW.questions.behavioural, ROW.questions.situational)
    asked = both[::-1] if is_first else both
    is_task = kind is InterviewKind.SKILLS_ASSESSMENT
    given = replace(ROW.questions, task="Sort these.")
    assert asked_in(given, kind, is_situational_first=is_first) == (("Sort these.",) if is_task else asked)
    assert asked_in(ROW.questions, kind, is_situational_first=is_first) == asked


def test_a_rubric_is_not_published_with_a_probe_that_may_not_be_asked():
    asked = replace(ROW.questions, probes=("Do you have kids?",))
    changed = with_row(DRAFT, replace(ROW, questions=asked))
    (fault,) = publishing_faults(changed, jurisdiction="US")
    assert (fault[0], fault[1].field) == (CHARGES, CHARGES)
    assert [point for point in review_points(changed, "US") if point.is_blocking]
