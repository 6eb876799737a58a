"""Calendar files: whatever people type stays text in its place."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from tracker.domain.calendars import CalendarEntry
from tracker.domain.texts import one_line, plain_text
from tracker.exports.ics import write_entry, write_invitation

STAMP = datetime(2027, 3, 1, 9, tzinfo=UTC)
START = datetime(2027, 3, 3, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
FORGED = "Room 4\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:eve@example.org"
HOSTILE = {
    FORGED: "Room 4\nEND:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:eve@example.org",
    "BEGIN:VEVENT": "BEGIN:VEVENT",
    "a;b,c:d\\e": "a;b,c:d\\e",
    "C:\\New\\notes, \\;": "C:\\New\\notes, \\;",
    "\\": "\\",
    "nul\0": "nul",
    "one\vtwo\fthree\x1b[31m": "one\ntwo\nthree[31m",
    "\x85next\u2028line\u2029end": "\nnext\nline\nend",
    "half \ud83d a letter \udc80": "half  a letter ",
    "a tab\tstays, \x7f goes": "a tab\tstays,  goes",
    "x" * 10_000: "x" * 10_000,
    "👩‍👩‍👧🇬🇧é" * 60: "👩‍👩‍👧🇬🇧é" * 60,
    "\\;" * 200: "\\;" * 200,
    "": "",
}
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\\;,:Nn\t\v\f\0\x1b\x85\u2028 \"^'\ud800")), max_size=400
)


def entry(text: str) -> CalendarEntry:
    end = START + timedelta(minutes=45)
    url = "https://tracker.example.org/interviews/7"
    return CalendarEntry("uid", 2, START, end, text, text, text, url, text, "ines@example.org", STAMP)


def files(text: str) -> list[bytes]:
    return [write_entry(entry(text)), write_invitation(entry(text), text, "hiring@example.org")]


def values(file: bytes) -> dict[str, str]:
    """The texts of the only event, read by the letter of RFC 5545: unfolded, then unescaped."""
    lines = file.decode().removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    named = dict(line.split(":", 1) for line in event)
    signs = {"\\n": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
    return {
        name: re.sub(r"\\.", lambda found: signs[found.group()], named[name])
        for name in ("SUMMARY", "DESCRIPTION", "LOCATION")
    }


def check(file: bytes, text: str) -> None:
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    controls = {letter for letter in file.decode() if unicodedata.category(letter) in ("Cc", "Cs")}
    assert controls <= {"\r", "\n", "\t"}
    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    assert re.findall(rb"^(?:BEGIN|END):VEVENT", file, re.MULTILINE) == [b"BEGIN:VEVENT", b"END:VEVENT"]
    assert not re.findall(rb"^ATTENDEE:", file, re.MULTILINE)
    assert set(values(file).values()) == {text}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    assert plain_text(text) == HOSTILE[text]
    for file in files(text):
        check(file, HOSTILE[text])


@given(TEXTS)
def test_unfolded_and_unescaped_a_file_gives_the_text_back(text: str) -> None:
    for file in files(text):
        check(file, plain_text(text))


@given(TEXTS)
@example("\\")
@example("Ng\\; Ann")
def test_other_readers_see_one_event_and_the_names_of_its_people(text: str) -> None:
    event = Calendar.from_ical(write_invitation(entry(text), text, "hiring@example.org")).events[0]
    assert event.start == START
    as_name = one_line(text).replace("\\", "/").replace("^", "")
    for person in (event["ORGANIZER"], event["ATTENDEE"]):
        assert person.params.get("CN", "").replace("^", "") == as_name
    assert str(event["ORGANIZER"]) == "mailto:hiring@example.org"


@given(TEXTS)
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)
