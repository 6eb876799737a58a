import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.frameworks import Framework, Level, parse_framework
from tracker.domain.rubric_edits import (
    QUESTION_KIND_LABELS,
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
from tracker.domain.rubrics import (
    SENIORITY_LABELS,
    Competency,
    Rubric,
    Seniority,
    check_publishable,
    content_hash,
    default_target_level,
    diff_rubrics,
    document_hash,
    generate_rubric,
    review_notes,
    rubric_as_document,
    rubric_as_json,
    rubric_from_document,
    rubric_from_json,
)
from tracker.domain.rules import RuleBroken

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted(
    path for path in (Path(__file__).parent / "frameworks").glob("*.json") if "answers" not in path.name
)
CLERKS = parse_framework(SEED.read_bytes())
DRAFT = generate_rubric(CLERKS)
COMPLAINTS, CHARGES = "customer-complaints", "total-charges"


def framework(**changes: Any) -> Framework:
    document = json.loads(SEED.read_bytes())
    document["occupation"].update(changes)
    return parse_framework(json.dumps(document).encode())


def statements_of(rubric: Rubric) -> list[tuple[Level, int, str]]:
    anchors = [anchor for row in rubric.competencies for anchor in row.anchors.values() if anchor]
    return sorted((item.level, item.index, item.statement) for item in [*anchors, *rubric.leftovers])


@pytest.mark.parametrize(
    ("zone", "seniority", "level"),
    [
        (1, Seniority.ENTRY, Level.EMERGING),
        (2, Seniority.ENTRY, Level.EMERGING),
        (3, Seniority.ENTRY, Level.EMERGING),
        (4, Seniority.ENTRY, Level.DEVELOPING),
        (5, Seniority.ENTRY, Level.DEVELOPING),
        (2, Seniority.EXPERIENCED, Level.DEVELOPING),
        (4, Seniority.SENIOR, Level.PROFICIENT),
        (2, Seniority.LEAD, Level.ADVANCED),
        (None, Seniority.SENIOR, Level.PROFICIENT),
        (None, Seniority.ENTRY, None),
    ],
)
def test_default_target_level_follows_job_zone_and_seniority(zone, seniority, level):
    assert default_target_level(zone, seniority) is level


def test_inferred_job_zone_tells_no_level():
    assert default_target_level(2, is_inferred=True) is None


@pytest.mark.parametrize("changes", [{"jobZone": None}, {"jobZone": 7}, {"jobZoneInferred": True}])
def test_target_level_is_asked_and_not_guessed(changes):
    with pytest.raises(RuleBroken) as broken:
        generate_rubric(framework(**changes))
    assert broken.value.field == "target_level"
    assert generate_rubric(framework(**changes), target_level="developing").target_level is Level.DEVELOPING


def test_default_target_level_is_said_so_that_somebody_checks_it():
    assert "The target level is emerging, by job zone 2: check that it fits the job." in DRAFT.notices
    assert not any(
        "target level is" in note for note in generate_rubric(CLERKS, target_level="emerging").notices
    )


@pytest.mark.parametrize("path", [SEED, *WRITTEN], ids=lambda path: path.stem)
@pytest.mark.parametrize("level", list(Level))
def test_every_statement_is_an_anchor_or_a_leftover(path, level):
    source = parse_framework(path.read_bytes())
    rubric = generate_rubric(source, target_level=level)
    assert statements_of(rubric) == sorted(
        (item.level, item.index, item.text) for item in source.statements()
    )
    assert not any(item.level is level for item in rubric.leftovers)
    keys = [row.key for row in rubric.competencies]
    assert len(set(keys)) == len(keys)
    assert len({row.name.casefold() for row in rubric.competencies}) == len(keys)
    check_publishable(rubric, jurisdiction="US-CA")


def test_anchor_names_its_source():
    anchor = DRAFT.competency(COMPLAINTS).anchors[Level.EMERGING]
    assert anchor is not None
    assert anchor.source == CLERKS.source
    assert (anchor.source.soc, anchor.source.version) == ("43-4151.00", "v.26.05")
    assert CLERKS.levels[Level.EMERGING][anchor.index].text == anchor.statement


def test_row_that_begins_above_the_target_level_is_not_required():
    for row in DRAFT.competencies:
        assert row.is_required == (row.anchors[Level.EMERGING] is not None)
    assert not all(row.is_required for row in DRAFT.competencies)


def test_questions_come_from_the_target_level_and_are_marked_when_it_has_no_anchor():
    row = generate_rubric(CLERKS, target_level="proficient").competency(COMPLAINTS)
    assert "complex or escalated customer complaints" in row.questions.behavioural
    for row in DRAFT.competencies:
        if row.anchors[Level.EMERGING] is None:
            assert row.questions.needs_review


def test_people_early_in_a_career_meet_the_situational_question_first():
    assert DRAFT.is_situational_first
    assert not generate_rubric(framework(jobZone=3)).is_situational_first


def test_keys_stay_the_same_for_another_target_level():
    rows = {row.key for row in generate_rubric(CLERKS, target_level="advanced").competencies}
    assert {row.key for row in DRAFT.competencies if sum(map(bool, row.anchors.values())) > 1} <= rows


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_shuffled_statements_give_the_same_rubric_but_for_their_places(rnd):
    document = json.loads(SEED.read_bytes())
    for level in document["framework"]["levels"].values():
        rnd.shuffle(level["statements"])
    shuffled = generate_rubric(parse_framework(json.dumps(document).encode()))

    def content(rubric: Rubric) -> Any:
        return [
            (
                row.key,
                row.name,
                row.questions,
                [anchor and anchor.statement for anchor in row.anchors.values()],
            )
            for row in rubric.competencies
        ]

    assert content(shuffled) == content(DRAFT)
    assert [item.statement for item in shuffled.leftovers] == [item.statement for item in DRAFT.leftovers]


def test_document_has_the_published_shape():
    document = rubric_as_document(DRAFT, CLERKS)
    assert list(document) == ["framework", "target_level", "competencies", "leftovers", "plan", "notices"]
    assert list(document["framework"]) == ["soc", "title", "version", "sha256", "attribution"]
    row = document["competencies"][0]
    assert list(row) == ["key", "name", "weight", "required", "target_level", "anchors", "questions"]
    assert list(row["anchors"]) == ["emerging", "developing", "proficient", "advanced"]
    assert list(row["anchors"]["emerging"]) == ["index", "statement", "confidence", "weak"]
    assert list(row["questions"]) == ["behavioural", "situational", "probes", "look_fors", "needs_review"]
    assert list(document["plan"][0]) == ["session", "kind", "minutes", "competencies"]
    assert list(document["leftovers"][0]) == ["level", "index", "statement"]
    assert document["competencies"][-1]["anchors"]["advanced"] is None


def test_same_input_gives_the_same_bytes():
    again = generate_rubric(parse_framework(SEED.read_bytes()))
    assert rubric_as_json(again, CLERKS) == rubric_as_json(DRAFT, CLERKS)


def test_document_reads_back_equal_and_hashes_equal_in_any_key_order():
    weighted = set_weight(DRAFT, CHARGES, 2, "Mistakes cost most here.")
    assert rubric_from_json(rubric_as_json(weighted, CLERKS)) == replace(
        weighted, notices=tuple(rubric_as_document(weighted, CLERKS)["notices"])
    )
    document = rubric_as_document(weighted, CLERKS)
    assert rubric_as_document(rubric_from_document(document), CLERKS.source) == document
    reordered = json.loads(json.dumps(document, sort_keys=True))
    assert document_hash(reordered) == content_hash(weighted, CLERKS)


def test_hash_tells_contents_apart_but_not_notices():
    assert content_hash(DRAFT, CLERKS) != content_hash(rename_competency(DRAFT, CHARGES, "Sums"), CLERKS)
    assert content_hash(DRAFT, CLERKS) == content_hash(replace(DRAFT, notices=()), CLERKS)


def test_plan_names_rows_without_cover_in_the_notices():
    assert len(DRAFT.competencies) > 12
    notices = rubric_as_document(DRAFT, CLERKS)["notices"]
    assert any(note.endswith("lacks a second session in the plan.") for note in notices)


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
    assert review_notes(draft) == ["Total charges: the emerging anchor is weak."]
    assert review_notes(confirm_anchor(draft, CHARGES, Level.EMERGING)) == []


def test_renamed_row_keeps_its_key():
    assert rename_competency(DRAFT, CHARGES, "Sums and totals").competency(CHARGES).name == "Sums and totals"


def test_rewritten_question_no_longer_needs_review():
    row = next(row for row in DRAFT.competencies if row.questions.needs_review)
    text = "Tell me about a time when two teams depended on you."
    changed = rewrite_question(DRAFT, row.key, QuestionKind.BEHAVIOURAL, f"  {text} ", jurisdiction="US")
    assert changed.competency(row.key).questions.behavioural == text
    assert not changed.competency(row.key).questions.needs_review


def test_row_of_another_target_level_gets_that_levels_questions():
    row = set_target_level(DRAFT, COMPLAINTS, Level.ADVANCED).competency(COMPLAINTS)
    assert "define organizational standards" in row.questions.behavioural
    assert row.target_level is Level.ADVANCED


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
        (lambda r: set_weight(r, CHARGES, 2, " "), "weight_reason"),
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


def test_every_choice_has_its_label():
    assert set(SENIORITY_LABELS) == set(Seniority)
    assert set(QUESTION_KIND_LABELS) == set(QuestionKind)
