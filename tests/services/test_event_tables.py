"""Tables of other systems: what their rows become, and what is said of those that cannot be taken."""

import gzip
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.event_tables import GREENHOUSE, LEVER, zip_of
from tests.factories import make_job
from tests.services.test_history_import import bring_in, moves_of, notes_of
from tracker.config import data_folder
from tracker.domain.event_logs import read_mapping
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.candidates import Candidate
from tracker.services import event_logs
from tracker.services.event_logs import READY, read_log, ready_mapping

TABLE = """
[tables."*"]
application = "{No}"
activity = "{Step}"
at = "{When}"
until = "{Left}"
candidate = "{First} {Last}"
[stages]
In = "application"
Talk = "interview"
[outcomes]
"No: *" = "rejected"
"""


def ready(name):
    return ready_mapping(name, data_folder("seeds") / "mappings")


def read(tmp_path, data, mapping, name="tables.zip", zone=UTC):
    path = tmp_path / "kept"
    path.write_bytes(data)
    return read_log(path, name, mapping, zone=zone)


def one(tmp_path, lines, mapping=TABLE, name="list.csv", zone=UTC, header="No,Step,When,Left,First,Last\n"):
    return read(tmp_path, (header + lines).encode(), read_mapping(mapping), name, zone)


def test_the_tables_of_greenhouse_become_histories(session, tmp_path):
    log = read(tmp_path, zip_of(GREENHOUSE), ready("greenhouse"))
    assert {case.job for case in log.cases.values()} == {"Order clerk"}
    _, (rejected, hired, waiting) = bring_in(session, log, mapping=ready("greenhouse"))
    assert moves_of(session, rejected) == [
        ("application", "active"),
        ("screening", "active"),
        ("screening", "rejected"),
    ]
    assert (rejected.disposition_reason, rejected.source) == ("minimum_qualifications", "Referral")
    assert moves_of(session, hired) == [
        ("application", "active"),
        ("interview", "active"),
        ("offer", "active"),
        ("onboarding", "active"),
    ]
    assert "Scorecard: Systems: strong_yes (Kim)" in notes_of(session, hired)
    assert (waiting.stage, waiting.outcome) == (Stage.APPLICATION, Outcome.ACTIVE)
    assert "Tea with the team" in notes_of(session, waiting)
    names = session.execute(select(Candidate.name, Candidate.email).where(Candidate.id == hired.candidate_id))
    assert names.all() == [("Jo Park", "jo@example.org")]


def test_the_tables_of_lever_become_histories(session, tmp_path):
    log = read(tmp_path, zip_of(LEVER), ready("lever"))
    assert {case.job for case in log.cases.values()} == {"Order clerk"}
    _, (hired, rejected, waiting) = bring_in(session, log, mapping=ready("lever"))
    assert moves_of(session, hired)[-1] == ("offer", "hired")
    assert moves_of(session, rejected)[-1] == ("screening", "rejected")
    assert rejected.disposition_reason == "minimum_qualifications"
    assert (waiting.stage, waiting.outcome) == (Stage.SCREENING, Outcome.ACTIVE)
    assert "Feedback: Phone screen (Rita)" in notes_of(session, hired)


@pytest.mark.parametrize("name", READY)
def test_ready_mappings_name_where_their_columns_are_documented(name):
    assert "https://" in (data_folder("seeds") / "mappings" / f"{name}.toml").read_text()


def test_one_table_alone_is_read_by_its_name(tmp_path):
    data = GREENHOUSE["application_stages.csv"].encode()
    log = read(tmp_path, data, ready("greenhouse"), "greenhouse-application_stages-2026.csv")
    assert set(log.cases) == {"11", "12", "13"}
    again = read(tmp_path, gzip.compress(data), ready("greenhouse"), "application_stages.csv.gz")
    assert {key: len(case.events) for key, case in again.cases.items()} == {"11": 2, "12": 3, "13": 1}


def test_instants_are_of_the_mapping_s_zone_before_the_organisation_s(tmp_path):
    line = "a,In,2026-01-02 09:00,,Amina,Yusuf\n"
    berlin = ZoneInfo("Europe/Berlin")
    assert one(tmp_path, line, zone=berlin).cases["a"].events[0].at.astimezone(UTC).hour == 8
    (event,) = one(tmp_path, line, 'zone = "UTC"\n' + TABLE, zone=berlin).cases["a"].events
    assert event.at.astimezone(UTC).hour == 9


def test_a_bare_day_comes_after_what_has_a_time_on_it(tmp_path):
    log = one(tmp_path, "a,Talk,2026-01-02,,,\na,In,2026-01-02 09:00,,,\n")
    assert [event.activity for event in log.cases["a"].ordered()] == ["In", "Talk"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("a,In,2026-01-02,2026-01-01,,", "“Left” lies before “When”"),
        ("a,In,2026-01-02T10:00Z,2026-01-02T09:00Z,,", "“Left” lies before “When”"),
        ("a,In,yesterday,,,", "no instant"),
        ("a,In,2999-01-01,,,", "future"),
        (",In,2026-01-01,,,", "key is missing"),
        ("a,,2026-01-01,,,", "activity is missing"),
        ("a,In,2026-01-01,,Amina,Yusuf,of Oslo", "The line has 7 cells where the header has 6."),
        (",In,2026-01-01,,Amina,Yusuf,of Oslo", "key is missing"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, line, problem):
    log = one(tmp_path, f"b,In,2026-01-01,,,\n{line}\n")
    assert [bad.line for bad in log.bad] == [3]
    assert problem in log.bad[0].problem
    assert list(log.without(log.bad).cases) == ["b"]


def test_cells_that_say_nothing_past_the_header_are_no_fault(tmp_path):
    log = one(tmp_path, "a,In,2026-01-01,,Amina,Yusuf,, \nb,In,2026-01-01\n")
    assert log.bad == []
    assert list(log.cases) == ["a", "b"]


def test_a_row_of_names_that_is_too_long_is_told_once_and_its_number_stands_for_nothing(tmp_path):
    longer = GREENHOUSE | {"sources.csv": "id,name\n1,Referral\n2,Job board,of Oslo\n"}
    mapping = """
[lookups.sources]
table = "sources"
key = "id"
value = "{name}"
[lookups.again]
table = "sources"
key = "id"
value = "{name}"
[tables.applications]
application = "{id}"
source = "{source_id:sources}{source_id:again}"
"""
    tables = {name: longer[name] for name in ("sources.csv",)} | {
        "applications.csv": "id,source_id\n7,2\n8,1\n"
    }
    log = read(tmp_path, zip_of(tables), read_mapping(mapping))
    assert [(bad.line, bad.problem) for bad in log.bad] == [
        (3, "sources.csv: The line has 3 cells where the header has 2.")
    ]
    assert {case.key: case.source for case in log.cases.values()} == {"7": None, "8": "ReferralReferral"}


def test_in_a_zip_a_bad_row_is_named_with_its_file(tmp_path):
    broken = GREENHOUSE | {
        "offers.csv": "id,application_id,status,sent_at,resolved_at\n8,12,accepted,2026-02-01,2026-01-25\n"
    }
    (bad,) = read(tmp_path, zip_of(broken), ready("greenhouse")).bad
    assert (bad.line, bad.case) == (2, "12")
    assert bad.problem == "offers.csv: “resolved_at” lies before “sent_at”."


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "list.csv", "is empty"),
        (b"\n\n", "list.csv", "is empty"),
        (b"No,Step\na,In\n", "list.csv", "lacks the column “When”"),
        (b"No,Step,When\na,In\xff,2026-01-01\n", "list.csv", "not UTF-8"),
        (b"No,Step,When\n<<<<<<< HEAD\na,In,2026-01-01\n=======\n", "list.csv", "Line 2 of list.csv begins"),
        (b'No,Step,When\na,"In,2026-01-01\n', "list.csv", "is no CSV"),
        (b"no zip at all", "list.zip", "no zip"),
        (zip_of({"notes.txt": "x"}), "list.zip", "None of the files"),
        (b"no gzip", "list.csv.gz", "not compressed"),
        (
            gzip.compress(b"No,Step,When\n" + b"a,In,2026-01-01\n" * 500, mtime=0)[:40],
            "list.csv.gz",
            "cut short",
        ),
        (b"x", "list.docx", "must end in"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path, data, name, sentence):
    mapping = TABLE if name != "list.zip" else TABLE.replace('"*"', "steps")
    with pytest.raises(RuleBroken, match=sentence):
        read(tmp_path, data, read_mapping(mapping), name)


def test_a_plain_csv_with_two_hundred_columns_is_refused(tmp_path):
    header = ",".join(["application", "at", "activity", *(f"more{n}" for n in range(200))])
    with pytest.raises(RuleBroken, match="has 203 columns"):
        read(tmp_path, header.encode() + b"\n", None, "list.csv")


@pytest.mark.parametrize("mark", [b"<<<<<<< HEAD", b">>>>>>> theirs", b"||||||| base"])
def test_a_file_never_settled_is_refused_without_a_mapping_too(tmp_path, mark):
    data = b"application,at,activity\n" + mark + b"\n"
    with pytest.raises(RuleBroken, match="never settled"):
        read(tmp_path, data, None, "list.csv")


def test_semicolons_part_cells_as_well_as_commas(tmp_path):
    log = read(tmp_path, b"application;at;activity\na;2026-01-01;screening\n", None, "list.csv")
    assert [event.activity for event in log.cases["a"].events] == ["screening"]


def test_tables_that_are_needed_are_named(tmp_path):
    without = {name: text for name, text in LEVER.items() if name != "stage.csv"}
    with pytest.raises(RuleBroken, match="the table “stage”"):
        read(tmp_path, zip_of(without), ready("lever"))
    twice = {**LEVER, "stage_2.csv": LEVER["stage.csv"]}
    with pytest.raises(RuleBroken, match="would be the table “stage”"):
        read(tmp_path, zip_of(twice), ready("lever"))


def test_a_zip_that_swells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(event_logs, "MOST_BYTES", 100)
    for data, name in ((zip_of(GREENHOUSE), "a.zip"), (gzip.compress(b"x" * 200), "a.csv.gz")):
        with pytest.raises(RuleBroken, match="holds more than"):
            read(tmp_path, data, ready("greenhouse"), name)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[tables.a]\nactivity = "{x}"\nat = "{y}"\napplication = "{n:gone}"', "lookup “gone”"),
        ('[tables.a]\nactivity = "{x}"\nat = "{y}"', "names the application"),
        ('[tables.a]\napplication = "{n}"\nat = "{y}"', "both at and activity"),
        ('[tables.a]\napplication = "{n}"\nshoe = "{y}"', "shoe: it is none of"),
        ("[tables.a]\napplication = 7", "must be a text"),
        ("[tables]\na = 7", "must be a table"),
        ('[lookups.a]\ntable = "x"', "needs table, key and value"),
        ('[tables.a]\napplication = "{n}"\n[tables.a.events]\nwhen = { reason = "x" }', "give an activity"),
        ("zone = 7", "zone must be a text"),
        ("tables = 7", "must be a table"),
    ],
)
def test_a_mapping_that_cannot_stand_says_where(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        read_mapping(text)
    assert refused.value.field == "mapping"


def test_a_wrong_zone_is_told(tmp_path):
    with pytest.raises(RuleBroken, match="no time zone"):
        one(tmp_path, "a,In,2026-01-01,,,\n", 'zone = "Mars/Olympus"\n' + TABLE)


def test_the_longest_beginning_tells_what_an_activity_means():
    mapping = read_mapping('[outcomes]\n"No*" = "rejected"\n"No: gone*" = "withdrawn"\n"No: hired" = "hired"')
    said = ["No", "No: late", "No: gone away", "No: hired", "Yes"]
    assert [mapping.outcome_of(one) for one in said] == ["rejected", "rejected", "withdrawn", "hired", None]


def test_there_are_two_ready_mappings():
    with pytest.raises(RuleBroken, match="greenhouse, lever"):
        ready("workday")
    assert make_job
