import pytest

from tracker.domain.frameworks import Level
from tracker.domain.rubric_edits import QuestionKind as Kind
from tracker.domain.rubric_edits import blank_cell, check_publishable, place_leftover, rewrite_question
from tracker.domain.rubric_writing import begin_competency, empty_rubric, no_framework, write_anchor
from tracker.domain.rubrics import content_hash, rubric_as_json, rubric_from_json
from tracker.domain.rules import RuleBroken

SOURCE = no_framework("", "Cheese maker")
TURNING = "Ripening — turn each wheel every day."


def written(*levels: Level, text: str = TURNING):
    rubric = begin_competency(empty_rubric(Level.EMERGING), "Ripening")
    for level in levels:
        rubric = write_anchor(rubric, "ripening", level, text, source=SOURCE)
    return rubric


def test_rubric_from_scratch_can_be_published_once_it_has_an_anchor():
    with pytest.raises(RuleBroken, match="at least one competency"):
        check_publishable(empty_rubric(Level.EMERGING))
    with pytest.raises(RuleBroken, match="no anchor"):
        check_publishable(written())
    rubric = written(Level.EMERGING)
    check_publishable(rubric)
    assert rubric.competency("ripening").questions.behavioural.endswith("turn each wheel every day.")
    assert rubric_from_json(rubric_as_json(rubric, SOURCE)) == rubric
    assert len(content_hash(rubric, SOURCE)) == 64


def test_written_anchors_stand_in_no_file_and_are_told_apart():
    rubric = written(Level.EMERGING, Level.DEVELOPING)
    anchors = [anchor for anchor in rubric.competency("ripening").anchors.values() if anchor]
    assert [anchor.index for anchor in anchors] == [-1, -2]
    assert not any(anchor.is_weak for anchor in anchors)


def test_words_in_place_of_a_statement_leave_it_over_and_ask_for_a_look_at_the_questions():
    rubric = written(Level.EMERGING)
    changed = write_anchor(rubric, "ripening", Level.EMERGING, "Ripening — wash the rind.", source=SOURCE)
    assert [item.statement for item in changed.leftovers] == [TURNING]
    assert changed.competency("ripening").questions.needs_review
    back = place_leftover(changed, Level.EMERGING, -1, "ripening")
    anchor = back.competency("ripening").anchors[Level.EMERGING]
    assert anchor is not None
    assert anchor.statement == TURNING
    assert write_anchor(rubric, "ripening", Level.EMERGING, TURNING, source=SOURCE) == rubric


def test_question_written_by_hand_stays_when_an_anchor_is_written():
    own = "Which wheel did you turn last, and what did you notice?"
    rubric = rewrite_question(written(), "ripening", Kind.BEHAVIOURAL, own, jurisdiction="*")
    rubric = write_anchor(rubric, "ripening", Level.DEVELOPING, TURNING, source=SOURCE)
    assert rubric.competency("ripening").questions.behavioural == own


@pytest.mark.parametrize("text", [" ", "x" * 1_001])
def test_anchor_without_words_or_with_too_many_is_refused_at_its_field(text):
    with pytest.raises(RuleBroken) as refused:
        write_anchor(written(), "ripening", Level.EMERGING, text, source=SOURCE)
    assert refused.value.field == "statement"


def test_name_that_another_competency_has_is_refused():
    with pytest.raises(RuleBroken, match="has this name"):
        begin_competency(written(), "ripening ")


def test_blanked_anchor_of_an_author_is_left_over_like_any_other():
    rubric = blank_cell(written(Level.EMERGING), "ripening", Level.EMERGING)
    assert [(item.level, item.index) for item in rubric.leftovers] == [(Level.EMERGING, -1)]
