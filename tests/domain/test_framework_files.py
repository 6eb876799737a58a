import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.frameworks import MOST_STATEMENTS_PER_LEVEL, FrameworkRefused, parse_framework
from tracker.domain.rules import RuleBroken

SEED = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"


def seed() -> dict[str, Any]:
    return json.loads(SEED.read_bytes())


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(FrameworkRefused) as refused:
        parse_framework(data)
    assert isinstance(refused.value, RuleBroken)
    message = refused.value.message
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 200
    return message


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
    document["framework"]["levels"]["emerging"]["statements"][2] = "Orders — check \ud800 them."
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
