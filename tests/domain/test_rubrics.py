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
    rename_competency,
    set_weight,
)
from tracker.domain.rubrics import (
    SENIORITY_LABELS,
    Rubric,
    Seniority,
    check_publishable,
    content_hash,
    default_target_level,
    document_hash,
    generate_rubric,
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
    said = "The target level is emerging, by job zone 2: check that it fits the job."
    assert f"{said} Developing is preferred, and no hurdle." in DRAFT.notices
    advanced = generate_rubric(CLERKS, seniority="lead").notices
    assert "The target level is advanced, by the job's seniority: check that it fits the job." in advanced
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


def test_every_choice_has_its_label():
    assert set(SENIORITY_LABELS) == set(Seniority)
    assert set(QUESTION_KIND_LABELS) == set(QuestionKind)


texts = st.lists(
    st.text(min_size=1, max_size=40).filter(lambda text: any(letter.isalnum() for letter in text)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({level.value: texts for level in Level}))
def test_any_framework_gives_a_rubric_that_can_be_published(levels):
    document = json.loads(SEED.read_bytes())
    document["framework"]["levels"] = {level: {"statements": items} for level, items in levels.items()}
    try:
        source = parse_framework(json.dumps(document).encode())
    except RuleBroken:
        return
    rubric = generate_rubric(source)
    assert rubric_from_json(rubric_as_json(rubric, source)).competencies == rubric.competencies
    check_publishable(rubric)
