import json
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.framework_diffs import diff_frameworks
from tracker.domain.frameworks import (
    LEVEL_LABELS,
    Level,
    parse_framework,
)

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted((Path(__file__).parent / "frameworks").glob("*.json"))


def seed() -> dict[str, Any]:
    return json.loads(SEED.read_bytes())


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def statements(document: dict[str, Any], level: str) -> list[Any]:
    return document["framework"]["levels"][level]["statements"]


def test_framework_keeps_every_statement_at_its_place_and_untouched():
    document, framework = seed(), parse_framework(SEED.read_bytes())
    for level in Level:
        assert [item.text for item in framework.levels[level]] == statements(document, level)
        assert [item.index for item in framework.levels[level]] == list(range(10))
    assert (framework.soc, framework.title, framework.version) == ("43-4151.00", "Order Clerks", "v.26.05")
    assert (framework.job_zone, framework.is_job_zone_inferred) == (2, False)
    assert framework.attribution == "© EBSCOed"
    assert framework.sources["generator"] == "LER.me"


def test_statement_is_parted_into_topic_and_behaviour():
    statement = parse_framework(SEED.read_bytes()).levels[Level.EMERGING][4]
    assert statement.topic == "Total charges"
    assert statement.behaviour.startswith("compute basic merchandise")


@pytest.mark.parametrize(
    ("text", "topic", "has_own_topic"),
    [
        ("Stock – count it daily.", "Stock", True),
        ("Stock - count it daily.", "Stock", True),
        ("Stock: count it daily.", "Stock", True),
        ("Wash, peel, and cut vegetables into shapes.", "Vegetables", False),
        ("Independently verify the customer's order data against records.", "Customer's order data", False),
        ("Ability to compute shipping costs.", "Shipping costs", False),
        ("Knowledge of food safety rules.", "Food safety rules", False),
        ("Verify step-by-step entries.", "Step-by-step entries", False),
    ],
)
def test_topic_without_a_dash_comes_from_the_sentence(text, topic, has_own_topic):
    document = seed()
    document["framework"]["levels"]["advanced"]["statements"] = [text]
    statement = parse_framework(encoded(document)).levels[Level.ADVANCED][0]
    assert (statement.topic, statement.has_own_topic, statement.text) == (topic, has_own_topic, text)


def test_same_content_is_one_framework_whatever_the_key_order_spacing_mark_or_date():
    document = seed()
    again = dict(reversed(document.items()))
    again["exportedAt"] = "2027-01-01T00:00:00Z"
    data = b"\xef\xbb\xbf" + json.dumps(again, indent=3).encode()
    assert parse_framework(data).sha256 == parse_framework(SEED.read_bytes()).sha256


def test_other_content_is_another_framework():
    document = seed()
    statements(document, "advanced").reverse()
    assert parse_framework(encoded(document)).sha256 != parse_framework(SEED.read_bytes()).sha256


@pytest.mark.parametrize(
    "path", [SEED, *(path for path in WRITTEN if "answers" not in path.name)], ids=lambda p: p.stem
)
def test_canonical_form_reads_back_equal(path):
    framework = parse_framework(path.read_bytes())
    assert parse_framework(framework.canonical.encode()) == framework
    assert parse_framework(framework.canonical.encode()).sha256 == framework.sha256


def test_markup_and_other_scripts_stay_text():
    document = seed()
    text = "<script>alert(1)</script> — préparer «crème brûlée» 炒 🍳"
    statements(document, "emerging")[0] = text
    assert parse_framework(encoded(document)).levels[Level.EMERGING][0].text == text


def test_unknown_keys_are_tolerated_and_an_unknown_level_is_said():
    document = seed()
    document["extra"] = {"a": [1, None]}
    document["framework"]["levels"]["expert"] = {"statements": ["Guru — knows all."]}
    framework = parse_framework(encoded(document))
    assert framework.notices == ("framework.levels.expert is none of the four levels and was not read.",)
    assert framework.sha256 == parse_framework(SEED.read_bytes()).sha256


@pytest.mark.parametrize(("zone", "kept", "said"), [(None, None, 0), (9, None, 1), (0, None, 1), (5, 5, 0)])
def test_job_zone_that_is_none_is_kept_as_unknown(zone, kept, said):
    document = seed()
    document["occupation"]["jobZone"] = zone
    framework = parse_framework(encoded(document))
    assert framework.job_zone == kept
    assert len(framework.notices) == said


def test_inferred_job_zone_is_kept_as_inferred():
    document = seed()
    document["occupation"]["jobZoneInferred"] = True
    assert parse_framework(encoded(document)).is_job_zone_inferred


def test_missing_job_zone_and_optional_texts_are_no_reason_to_refuse():
    document = seed()
    for key in ("jobZone", "jobZoneInferred", "group", "sector"):
        del document["occupation"][key]
    del document["sources"], document["attribution"], document["schemaVersion"], document["exportedAt"]
    framework = parse_framework(encoded(document))
    assert (framework.job_zone, framework.attribution, framework.sources) == (None, "", {})


def test_levels_are_ranked_and_labelled():
    assert [level.rank for level in Level] == [1, 2, 3, 4]
    assert [Level.of_rank(rank) for rank in (0, 1, 4, 9)] == [
        Level.EMERGING,
        Level.EMERGING,
        Level.ADVANCED,
        Level.ADVANCED,
    ]
    assert set(LEVEL_LABELS) == set(Level)


def test_diff_tells_added_removed_reworded_and_moved_apart():
    document = seed()
    moved = statements(document, "emerging").pop(8)
    statements(document, "developing").append(moved)
    statements(document, "advanced")[3] = "Technology adoption — test new tools with the team."
    statements(document, "proficient")[9] = "Health — keep fit."
    statements(document, "advanced").append("Budget — plan it.")
    document["framework"]["version"] = "v.27"
    diff = diff_frameworks(parse_framework(SEED.read_bytes()), parse_framework(encoded(document)))
    assert [(old.level, new.level) for old, new in diff.moved] == [(Level.EMERGING, Level.DEVELOPING)]
    assert [new.topic for _, new in diff.reworded] == ["Technology adoption"]
    assert [item.topic for item in diff.removed] == ["Staff support"]
    assert [item.topic for item in diff.added] == ["Health", "Budget"]
    assert diff.details == (("Version", "v.26.05", "v.27"),)


def test_diff_of_shuffled_lists_is_empty():
    document = seed()
    statements(document, "emerging").reverse()
    assert diff_frameworks(parse_framework(SEED.read_bytes()), parse_framework(encoded(document))).is_empty
