import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.frameworks import (
    LEVEL_LABELS,
    MOST_STATEMENTS_PER_LEVEL,
    FrameworkRefused,
    Level,
    diff_frameworks,
    parse_framework,
)
from tracker.domain.rules import RuleBroken

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"
WRITTEN = sorted((Path(__file__).parent / "frameworks").glob("*.json"))


def seed() -> dict[str, Any]:
    return json.loads(SEED.read_bytes())


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def statements(document: dict[str, Any], level: str) -> list[Any]:
    return document["framework"]["levels"][level]["statements"]


def refusal(data: bytes) -> str:
    with pytest.raises(FrameworkRefused) as refused:
        parse_framework(data)
    assert isinstance(refused.value, RuleBroken)
    message = refused.value.message
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 200
    return message


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


def changed(path: str, value: Any) -> bytes:
    document = seed()
    holder: Any = document
    *steps, last = path.split(".")
    for step in steps:
        holder = holder[int(step) if step.isdigit() else step]
    if value is KeyError:
        del holder[last]
    else:
        holder[int(last) if last.isdigit() else last] = value
    return encoded(document)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("framework", KeyError, "framework is missing."),
        ("framework.levels", KeyError, "framework.levels is missing."),
        ("framework.levels.proficient", KeyError, "framework.levels.proficient is missing."),
        (
            "framework.levels.proficient",
            [],
            "framework.levels.proficient must be an object, but it is a list.",
        ),
        (
            "framework.levels.emerging.statements",
            KeyError,
            "framework.levels.emerging.statements is missing.",
        ),
        (
            "framework.levels.emerging.statements",
            "x",
            "framework.levels.emerging.statements must be a list, but it is text.",
        ),
        (
            "framework.levels.emerging.statements",
            [],
            "framework.levels.emerging.statements is empty: every level needs at least one statement.",
        ),
        (
            "framework.levels.advanced.statements.3",
            7,
            "framework.levels.advanced.statements[3] must be text, but it is a number.",
        ),
        (
            "framework.levels.advanced.statements.3",
            None,
            "framework.levels.advanced.statements[3] must be text, but it is null.",
        ),
        (
            "framework.levels.advanced.statements.3",
            "  — ",
            "framework.levels.advanced.statements[3] is empty.",
        ),
        (
            "framework.levels.advanced.statements.3",
            "a\x00b",
            "framework.levels.advanced.statements[3] holds a character that is no text.",
        ),
        (
            "framework.levels.advanced.statements.3",
            "y" * 1_048_576,
            (
                "framework.levels.advanced.statements[3] has 1,048,576 characters, "
                "but at most 4,000 can be read."
            ),
        ),
        (
            "framework.levels.developing.statements",
            ["One — do it."] * (MOST_STATEMENTS_PER_LEVEL + 1),
            (
                "framework.levels.developing.statements holds 501 statements, "
                "but at most 500 per level can be read."
            ),
        ),
        ("occupation", [], "occupation must be an object, but it is a list."),
        ("occupation.soc", KeyError, "occupation.soc is missing."),
        ("occupation.title", True, "occupation.title must be text, but it is true or false."),
        ("occupation.title", "", "occupation.title is empty."),
        ("occupation.jobZone", "2", "occupation.jobZone must be a whole number from 1 to 5."),
        ("occupation.jobZone", True, "occupation.jobZone must be a whole number from 1 to 5."),
        ("occupation.jobZone", 2.5, "occupation.jobZone must be a whole number from 1 to 5."),
        ("occupation.jobZoneInferred", "no", "occupation.jobZoneInferred must be true or false."),
        ("framework.version", KeyError, "framework.version is missing."),
        ("attribution", 3, "attribution must be text, but it is a number."),
        ("sources", [], "sources must be an object of texts."),
        ("sources.onet", {}, "sources.onet must be text, but it is an object."),
        ("schemaVersion", "2.0", 'schemaVersion is "2.0", but only version 1 can be read.'),
    ],
)
def test_refusal_names_the_place(path, value, message):
    assert refusal(changed(path, value)) == message


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"[]", "a list at the top"),
        (b"null", "null at the top"),
        (b'{"a": NaN}', "a is NaN"),
        (b'{"a": [1, -Infinity]}', "a[1] is -Infinity"),
        (b'{"a": 1e999}', "a is a number too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number too long to read at line 1, column 7"),
        (b'{"a": {"b": 1, "b": 2}}', 'The key "b" stands twice in a.'),
        (b'{"a": 1, "a": 2}', 'The key "a" stands twice in the top of the file.'),
        (b"[" * 100_000 + b"]" * 100_000, "nested more than 40 deep at line 1, column 41"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested more than 40 deep"),
        (b"[" * 100_000, "nested more than 40 deep"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
        ('{"a": 1}'.encode("utf-16-be"), "UTF-16"),
        (b'{"a": "\xff"}', "byte 8"),
        (b'{"a":\n oops}', "line 2, column 2"),
        (b'{"a": "' + b'\\"' * 500_000 + b"\\", "cut off"),
        (b"x" * 8_000_001, "8,000,001 bytes"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:20],
)
def test_what_is_no_framework_file_is_refused_with_one_sentence(data, part):
    assert part in refusal(data)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_file_is_refused_as_cut_off(share):
    data = SEED.read_bytes()
    assert "cut off" in refusal(data[: int(len(data) * share)])


def test_lone_surrogate_is_refused():
    document = seed()
    statements(document, "emerging")[2] = "Orders — check \ud800 them."
    data = json.dumps(document).encode()
    assert refusal(data) == "framework.levels.emerging.statements[2] holds a character that is no text."


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_refuse(data):
    refusal(data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["occupation", "framework", "levels", "emerging", "soc", "title", "x"]),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_no_json_does_more_than_refuse(value):
    refusal(json.dumps(value).encode())


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
