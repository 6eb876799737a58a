"""JSON Resume out of files and zips: each as it is, and nothing of what a hostile one asks for."""

import io
import json
import struct
import sys
import time
import zipfile
from typing import Any

import pytest

from tests.needs import missing
from tracker.domain.resume_profiles import DEEPEST, clean_profile
from tracker.domain.rules import RuleBroken
from tracker.extraction.parent import UNREADABLE, ExtractedProfiles, extract_profiles, understood_profiles
from tracker.extraction.profiles import LARGEST_PROFILE, MOST_FILES, NO_UTF8

AMINA = {"basics": {"name": "Amina Yusuf", "email": "amina@example.net"}, "work": [{"position": "Clerk"}]}


@pytest.fixture(autouse=True, scope="module")
def limits() -> None:
    if sys.platform == "win32":
        missing("no limits on a child process on this system")


def zipped(*files: tuple[str, Any], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return whole.getvalue()


def reason_of(data: bytes) -> str:
    (one,) = extract_profiles(data).files
    assert one.profile is None
    return one.reason


def test_one_file_or_many_are_read_as_they_are() -> None:
    (alone,) = extract_profiles(json.dumps(AMINA).encode()).files
    assert (alone.name, alone.profile) == ("", AMINA)
    bob = {"basics": {"name": "Bob"}}
    with_mark = b"\xef\xbb\xbf" + json.dumps(bob).encode()
    found = extract_profiles(
        zipped(("people/amina.json", AMINA), ("__MACOSX/._a.json", b"\0"), ("bob.JSON", with_mark))
    )
    assert [(one.name, one.profile) for one in found.files] == [
        ("people/amina.json", AMINA),
        ("bob.JSON", bob),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("../../etc/a.json", AMINA, "leads out of the zip"),
        ("/etc/a.json", AMINA, "leads out of the zip"),
        ("C:\\a.json", AMINA, "leads out of the zip"),
        ("..\\a.json", AMINA, "leads out of the zip"),
        ("a.pdf", b"%PDF-1.7", "only files that end in .json"),
        ("a.json", '{"basics": {"name": "Zoë"}}'.encode("cp1252"), NO_UTF8),
        ("a.json", json.dumps(AMINA).encode("utf-16"), NO_UTF8),
        ("a.json", b'{"basics":', "no JSON that can be read"),
        ("a.json", b"[" * 100_000, "no JSON that can be read"),
        ("a.json", b'{"basics": {"x": NaN}}', "no JSON that can be read"),
        ("a.json", b'{"basics": {"x": 1e999}}', "a number that is none"),
        ("a.json", [1], "no JSON Resume"),
        ("a.json", {"name": "Amina"}, "no part “basics”"),
        ("a.json", b" " * (LARGEST_PROFILE + 1), "larger than 512 KB"),
    ],
)
def test_a_bad_file_is_told_and_the_others_are_read(name: str, content: Any, reason: str) -> None:
    bad, good = extract_profiles(zipped((name, content), ("z.json", AMINA))).files
    assert (bad.profile, good.profile) == (None, AMINA)
    assert reason in bad.reason


def test_a_locked_file_is_told() -> None:
    data = bytearray(zipped(("a.json", AMINA), compression=zipfile.ZIP_STORED))
    # The bit that says “encrypted”, in both headers (APPNOTE.TXT 4.4.4).
    central = data.index(b"PK\1\2")
    for place in (6, central + 8):
        struct.pack_into("<H", data, place, 1)
    assert "password" in reason_of(bytes(data))


@pytest.mark.parametrize(
    "data",
    [
        zipped(*((f"{n}.json", b" " * 500_000) for n in range(200))),
        zipped(*((f"{n}.json", b"{}") for n in range(MOST_FILES + 1))),
        zipped(("a.json", b" " * 200_000_000)),
        zipped(*((f"{n}.json", {"basics": {"summary": "x" * 400_000}}) for n in range(20))),
        zipped(),
        zipped(("a.json", AMINA))[:-8],
        b"PK\3\4" + b"\0" * 100,
    ],
)
def test_what_grows_without_measure_is_refused_whole_and_soon(data: bytes) -> None:
    began = time.monotonic()
    found = extract_profiles(data)
    assert found.files == ()
    assert found.reason
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "said",
    [b"", b"[]", b'{"profiles": 5}', b'{"profiles": [{}]}', b'{"profiles": [{"file": 1}]}', b"[" * 9_999],
)
def test_an_answer_is_not_believed(said: bytes) -> None:
    assert understood_profiles(said) == ExtractedProfiles((), UNREADABLE)


def test_what_is_kept_of_a_profile_has_no_controls_no_picture_and_no_referees() -> None:
    given = {
        "basics": {"name": "A\0mi\ud800na", "image": "https://example.net/a.jpg"},
        "references": [{"name": "Hank", "reference": "fine"}],
        "meta": {"x": 1},
        "work": [{"highlights": ["60 a day", 5, None, True]}],
    }
    assert clean_profile(given) == {
        "basics": {"name": "Amina"},
        "work": [{"highlights": ["60 a day", 5, None, True]}],
    }


def test_what_is_nested_too_deep_is_refused() -> None:
    deep: Any = "x"
    for _ in range(DEEPEST + 1):
        deep = [deep]
    with pytest.raises(RuleBroken):
        clean_profile({"basics": {}, "work": deep})
