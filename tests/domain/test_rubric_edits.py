from dataclasses import replace
from pathlib import Path

import pytest

from tracker.domain.frameworks import Level, parse_framework
from tracker.domain.rubric_documents import rubric_as_document, rubric_from_document
from tracker.domain.rubric_edits import (
    QuestionKind,
    add_competency,
    blank_cell,
    confirm_anchor,
    move_anchor,
    place_leftover,
    remove_competency,
    rename_competency,
    rewrite_question,
    set_required,
    set_target_level,
    set_weight,
)
from tracker.domain.rubric_review import ReviewPoint, word_changes
from tracker.domain.rubrics import (
    Competency,
    Rubric,
    check_publishable,
    diff_rubrics,
    generate_rubric,
    review_points,
)
from tracker.domain.rules import RuleBroken

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted(
    path for path in (Path(__file__).parent / "frameworks").glob("*.json") if "answers" not in path.name
)
CLERKS = parse_framework(SEED.read_bytes())
DRAFT = generate_rubric(CLERKS)
COMPLAINTS, CHARGES = "customer-complaints", "total-charges"


def statements_of(rubric: Rubric) -> list[tuple[Level, int, str]]:
    anchors = [anchor for row in rubric.competencies for anchor in row.anchors.values() if anchor]
    return sorted((item.level, item.index, item.statement) for item in [*anchors, *rubric.leftovers])


def test_moved_statement_takes_the_cell_and_what_stood_there_is_left_over():
    moved = move_anchor(DRAFT, COMPLAINTS, Level.EMERGING, CHARGES)
    anchor = moved.competency(CHARGES).anchors[Level.EMERGING]
    assert anchor is not None
    assert anchor.statement.startswith("Customer complaints")
    assert (anchor.confidence, anchor.is_weak) == (1.0, False)
    assert moved.competency(COMPLAINTS).anchors[Level.EMERGING] is None
    assert any(item.statement.startswith("Total charges") for item in moved.leftovers)
    assert statements_of(moved) == statements_of(DRAFT)


def test_blanked_statement_is_left_over_and_can_be_placed_again():
    blank = blank_cell(DRAFT, CHARGES, Level.EMERGING)
    index = next(item.index for item in blank.leftovers if item.level is Level.EMERGING)
    assert place_leftover(blank, Level.EMERGING, index, CHARGES).leftovers == DRAFT.leftovers


def test_leftover_can_begin_a_row_and_a_row_can_become_leftovers():
    leftover = DRAFT.leftovers[0]
    grown = add_competency(DRAFT, leftover.level, leftover.index, "  New   row ")
    assert grown.competencies[-1].name == "New row"
    assert grown.competencies[-1].key == "new-row"
    assert leftover not in grown.leftovers
    assert remove_competency(grown, "new-row") == DRAFT


def test_weak_anchor_stays_when_its_author_confirms_it():
    weak = next(
        (row.key, anchor.level)
        for path in WRITTEN
        for row in generate_rubric(parse_framework(path.read_bytes()), target_level="emerging").competencies
        for anchor in row.anchors.values()
        if anchor and anchor.is_weak
    )
    row, anchor = DRAFT.competency(CHARGES), DRAFT.competency(CHARGES).anchors[Level.EMERGING]
    assert weak
    assert anchor is not None
    unsure = replace(
        row, anchors={**row.anchors, Level.EMERGING: replace(anchor, confidence=0.2, is_weak=True)}
    )
    draft = replace(DRAFT, competencies=(unsure,))
    weak = ReviewPoint(CHARGES, "Total charges: the emerging anchor is weak.", is_blocking=False)
    assert review_points(draft) == [weak]
    assert review_points(confirm_anchor(draft, CHARGES, Level.EMERGING)) == []


def test_renamed_row_keeps_its_key():
    assert rename_competency(DRAFT, CHARGES, "Sums and totals").competency(CHARGES).name == "Sums and totals"


def test_rewritten_question_no_longer_needs_review():
    row = next(row for row in DRAFT.competencies if row.questions.needs_review)
    text = "Tell me about a time when two teams depended on you."
    changed = rewrite_question(DRAFT, row.key, QuestionKind.BEHAVIOURAL, f"  {text} ", jurisdiction="US")
    assert changed.competency(row.key).questions.behavioural == text
    assert not changed.competency(row.key).questions.needs_review


def test_row_of_another_target_level_gets_that_levels_questions():
    row = aimed(DRAFT, Level.ADVANCED, "Works alone").competency(COMPLAINTS)
    assert "define organizational standards" in row.questions.behavioural
    assert row.target_level is Level.ADVANCED


def aimed(rubric: Rubric, level: Level, reason: str) -> Rubric:
    return set_target_level(rubric, COMPLAINTS, level, reason, set_by="user:3")


def test_another_target_level_is_kept_with_its_reason_and_who_set_it_until_it_is_that_of_the_rubric():
    changed = aimed(DRAFT, Level.ADVANCED, " Works alone ")
    document = rubric_as_document(changed, CLERKS)
    read = rubric_from_document(document).competency(COMPLAINTS)
    assert (read.target_reason, read.target_set_by) == ("Works alone", "user:3")
    (change,) = [one for one in diff_rubrics(DRAFT, changed) if one.what == "Reason for the target level"]
    assert change.after == "Works alone"
    back = aimed(changed, DRAFT.target_level, "Not any more").competency(COMPLAINTS)
    assert (back.target_reason, back.target_set_by) == ("", "")
    # Rubrics of before are the same bytes as ever, so their hashes hold.
    assert "target_reason" not in str(rubric_as_document(DRAFT, CLERKS))


def test_a_better_reason_leaves_questions_written_by_hand():
    text = "Tell me about a time when you calmed somebody down."
    changed = rewrite_question(
        aimed(DRAFT, Level.ADVANCED, "Alone"), COMPLAINTS, QuestionKind.BEHAVIOURAL, text, jurisdiction="US"
    )
    assert aimed(changed, Level.ADVANCED, "At night").competency(COMPLAINTS).questions.behavioural == text


def rewritten(rubric: Rubric, kind: QuestionKind, text: str) -> Rubric:
    return rewrite_question(rubric, CHARGES, kind, text, jurisdiction="US")


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (lambda r: move_anchor(r, "nothing", Level.EMERGING, CHARGES), "key"),
        (lambda r: move_anchor(r, CHARGES, Level.ADVANCED, COMPLAINTS), "level"),
        (lambda r: move_anchor(r, CHARGES, Level.EMERGING, CHARGES), "to_key"),
        (lambda r: move_anchor(r, CHARGES, Level.EMERGING, "nothing"), "to_key"),
        (lambda r: place_leftover(r, Level.EMERGING, 999, CHARGES), "statement"),
        (lambda r: rename_competency(r, CHARGES, " "), "name"),
        (lambda r: rename_competency(r, CHARGES, "x" * 81), "name"),
        (lambda r: rename_competency(r, CHARGES, "customer  COMPLAINTS"), "name"),
        (lambda r: rename_competency(r, CHARGES, "turned\u202earound"), "name"),
        (lambda r: set_weight(r, CHARGES, 2, " "), "weight_reason"),
        (lambda r: set_weight(r, CHARGES, 2, "x" * 2001), "weight_reason"),
        (lambda r: aimed(r, Level.ADVANCED, " "), "target_reason"),
        (lambda r: aimed(r, Level.ADVANCED, "x" * 2001), "target_reason"),
        (lambda r: rewritten(r, QuestionKind.BEHAVIOURAL, "no\x00text"), "behavioural"),
        (lambda r: set_weight(r, CHARGES, 0, "x"), "weight"),
        (lambda r: set_weight(r, CHARGES, float("nan"), "x"), "weight"),
        (lambda r: set_weight(r, CHARGES, 11, "x"), "weight"),
        (
            lambda r: rewrite_question(r, CHARGES, QuestionKind.SITUATIONAL, "", jurisdiction="US"),
            "situational",
        ),
        (lambda r: rewritten(r, QuestionKind.BEHAVIOURAL, "Do you have kids?"), "behavioural"),
        (lambda r: rewritten(r, QuestionKind.BEHAVIOURAL, "x" * 1001), "behavioural"),
    ],
)
def test_edit_that_breaks_a_rule_is_refused_at_its_field(edit, field):
    with pytest.raises(RuleBroken) as broken:
        edit(DRAFT)
    assert broken.value.field == field
    assert broken.value.message.endswith(".")


def without_anchors(row: Competency) -> Competency:
    return replace(row, anchors=dict.fromkeys(Level))


def asking(row: Competency, question: str) -> Competency:
    return replace(row, questions=replace(row.questions, behavioural=question))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda row: (), "A rubric needs at least one competency."),
        (lambda row: (replace(row, is_required=False),), "A rubric needs at least one required competency."),
        (lambda row: (without_anchors(row),), "Total charges has no anchor: give it one or remove it."),
        (lambda row: (row, replace(row, key="two")), "Another competency has this name."),
        (lambda row: (asking(row, ""),), "The behavioural question of Total charges is empty."),
        (lambda row: (asking(row, "How is your health?"),), "health or disability"),
        (
            lambda row: (replace(row, weight=2.0),),
            "Total charges is weighed otherwise than the rest without a reason.",
        ),
    ],
)
def test_rubric_that_nobody_could_be_scored_with_is_not_published(spoil, message):
    spoilt = replace(DRAFT, competencies=spoil(DRAFT.competency(CHARGES)))
    with pytest.raises(RuleBroken, match=message):
        check_publishable(spoilt, jurisdiction="US")


def test_questions_need_a_look_once_the_anchor_they_came_from_is_another_one():
    row = DRAFT.competency(CHARGES)
    assert not row.questions.needs_review
    blanked = blank_cell(DRAFT, CHARGES, row.target_level)
    assert blanked.competency(CHARGES).questions.needs_review
    moved = move_anchor(DRAFT, COMPLAINTS, row.target_level, CHARGES)
    assert moved.competency(CHARGES).questions.needs_review
    other = next(level for level, anchor in row.anchors.items() if anchor and level is not row.target_level)
    assert not blank_cell(DRAFT, CHARGES, other).competency(CHARGES).questions.needs_review


def test_everything_against_publishing_is_listed_with_its_row_and_what_is_only_open_comes_after():
    row = DRAFT.competency(CHARGES)
    row = replace(row, questions=replace(row.questions, needs_review=True))
    rows = (asking(row, "How is your health?"), without_anchors(asking(replace(row, key="two"), "")))
    points = review_points(replace(DRAFT, competencies=rows), "US")
    assert [(point.key, point.is_blocking) for point in points] == [
        *[(CHARGES, True)] * 2,
        *[("two", True)] * 3,
        (CHARGES, False),
        ("two", False),
    ]
    assert points[0].message == "Total charges: another competency has this name."
    assert all(point.message.casefold().count("total charges") == 1 for point in points)


def test_question_that_is_better_not_asked_is_pointed_out():
    row = asking(DRAFT.competency(COMPLAINTS), "How old are you?")
    points = review_points(replace(DRAFT, competencies=(row,)), "US")
    assert [(point.key, point.is_blocking) for point in points] == [(COMPLAINTS, False)]
    assert points[0].message.startswith("Customer complaints: ")


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b c", "a x c", [("same", "a"), ("gone", "b"), ("new", "x"), ("same", "c")]),
        ("", "new text", [("new", "new text")]),
        ("old  text", "", [("gone", "old text")]),
        ("", "", []),
    ],
)
def test_two_texts_differ_by_words(before, after, pieces):
    assert word_changes(before, after) == pieces


def test_diff_says_what_changed_in_which_row():
    newer = set_required(set_weight(DRAFT, CHARGES, 1.5, "Costly"), COMPLAINTS, False)
    newer = remove_competency(newer, "order-data")
    assert [
        (change.name, change.what, change.before, change.after) for change in diff_rubrics(DRAFT, newer)
    ] == [
        ("Customer complaints", "Required", "yes", "no"),
        ("Total charges", "Weight", "1", "1.5"),
        ("Total charges", "Reason for the weight", "", "Costly"),
        ("Order data", "Competency", "Order data", ""),
    ]
    assert diff_rubrics(DRAFT, DRAFT) == []
