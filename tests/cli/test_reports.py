"""Reports on the command line: the same numbers in every format, and what is refused."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.factories import join_team, make_actor, make_job, make_user
from tests.histories import write_history
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.models.users import User
from tracker.services.holidays import add_calendar

NUMBERS = {"pipeline": OUTLINES["pipeline"].openable, "funnel": ("reached", "rate_from_start")}


@pytest.fixture
def title(sqlite_database):
    with sqlite_database.writing() as session:
        job = make_job(session, title="Clerk")
        make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
        for end in (Outcome.ACTIVE, Outcome.REJECTED, Outcome.WITHDRAWN):
            write_history(
                session,
                job,
                (0, Stage.APPLICATION, Outcome.ACTIVE),
                (1, Stage.SCREENING, Outcome.ACTIVE),
                (2.5, Stage.SCREENING if end.value != "active" else Stage.INTERVIEW, end),
                name="=cmd()",
            )
        make_user(session, "Ines", Role.INTERVIEWER)
    return "Clerk"


def rows_of_csv(text):
    return list(csv.DictReader(StringIO(text, newline="")))


def rows_of_xlsx(book):
    lines = list(openpyxl.load_workbook(BytesIO(book)).worksheets[0].iter_rows(values_only=True))
    return lines[1:]


@pytest.mark.parametrize("name", ["pipeline", "funnel"])
@pytest.mark.parametrize("window", [(), ("--from", "2026-03-02", "--to", "2026-03-04")])
def test_every_format_has_the_same_numbers(call, title, name, window):
    asked = ("report", name, "--job", title, *window)
    read = json.loads(call(*asked, "--format", "json").stdout)
    keys = [column.key for column in OUTLINES[name].columns]
    assert [list(row) for row in read["rows"]] == [keys] * len(STAGES)
    expected = [["" if row[key] is None else str(row[key]) for key in keys] for row in read["rows"]]
    assert [list(row.values()) for row in rows_of_csv(call(*asked, "--format", "csv").stdout)] == expected
    book = rows_of_xlsx(call(*asked, "--format", "xlsx").stdout_bytes)
    assert [list(row) for row in book] == [[row[key] for key in keys] for row in read["rows"]]
    text = call(*asked).stdout.splitlines()[3 : 3 + len(STAGES)]
    for row, line in zip(read["rows"], text, strict=True):
        if name == "pipeline":
            assert line.split() == [str(value) for value in row.values()]
        else:
            assert line.split()[:2] == [row["stage"], str(row["reached"])]


def test_the_numbers_are_those_of_the_history(call, title):
    read = json.loads(call("report", "pipeline", "--format", "json").stdout)
    assert read["rows"][1] == {
        "job": "Clerk",
        "stage": "screening",
        "entered": 3,
        "active": 0,
        "advanced": 1,
        "returned": 0,
        "rejected": 1,
        "withdrawn": 1,
        "open_at_start": 0,
    }
    assert read["checks"] == {"adds_up": True, "as_on_the_boards": True}
    compared = json.loads(call("report", "pipeline", "--compare", "--format", "json").stdout)
    assert compared["rows"] == read["rows"]
    assert compared["checks"] == {**read["checks"], "nobody_is_missing": True, "as_the_moves_say": True}
    assert (read["zone"], read["report"]) == ("UTC", "pipeline")


def test_rows_are_the_moves_behind_the_numbers_and_run_in_no_spreadsheet(call, title):
    rows = rows_of_csv(call("report", "pipeline", "--rows", "--format", "csv").stdout)
    assert len([row for row in rows if row["stage"] == "screening"]) == 3
    assert {row["candidate"] for row in rows} == {"'=cmd()"}
    assert rows[0]["entered_at"] == "2026-03-01T00:00:00+00:00"
    berlin = call("report", "pipeline", "--rows", "--format", "csv", "--zone", "Europe/Berlin")
    assert rows_of_csv(berlin.stdout)[0]["entered_at"] == "2026-03-01T01:00:00+01:00"


def test_a_report_can_be_as_it_was(call, title):
    read = json.loads(call("report", "pipeline", "--as-of", "2026-03-02", "--format", "json").stdout)
    assert read["rows"][1]["active"] == 3
    assert read["as_of"] == "2026-03-02T23:59:59.999999+00:00"


def test_a_file_is_written_whole(call, title, tmp_path):
    out = tmp_path / "pipeline.csv"
    assert call("report", "pipeline", "--format", "csv", "--bom", "--out", out).stdout == ""
    assert out.read_bytes().startswith(b"\xef\xbb\xbfjob,stage,")
    assert call("report", "pipeline", "--out", tmp_path / "no" / "folder.txt").exit_code == 1


def test_taking_rows_away_is_on_record(call, title, sqlite_database):
    call("report", "funnel")
    call("report", "funnel", "--rows", "--format", "csv", "--job", title)
    with sqlite_database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export"))
    assert (entry.actor, entry.detail["report"], entry.detail["has_rows"]) == ("system", "funnel", True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--from", "2026-02-02", "--to", "2026-02-01"), "must end after it begins"),
        (("--from", "soon"), "is no day"),
        (("--as-of", "2090-01-01"), "still to come"),
        (("--zone", "Moon/Base"), "no time zone"),
        (("--job", "Nobody"), "no job"),
        (("--job", ""), "no job"),
        (("--as", "nobody@example.org"), "Nobody who may sign in"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_line(call, title, words, sentence):
    refused = call("report", "pipeline", *words)
    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""


def test_an_unknown_report_is_a_wrong_call(call, title):
    assert call("report", "gossip").exit_code == 2


def test_people_get_what_they_may_see(call, title, sqlite_database):
    with sqlite_database.writing() as session:
        write_history(session, make_job(session, title="Other"), (0, Stage.OFFER, Outcome.ACTIVE))
        emails = {user.name: user.email for user in session.scalars(select(User))}

    def jobs(*words):
        asked = call("report", "pipeline", "--format", "csv", *words)
        return {row["job"] for row in rows_of_csv(asked.stdout)}

    assert jobs() == {"Clerk", "Other"}
    assert jobs("--as", emails["Hank"]) == {"Clerk"}
    refused = call("report", "pipeline", "--job", "Other", "--as", emails["Hank"])
    assert (refused.exit_code, refused.stderr) == (1, "Error: There is no such job.\n")
    assert call("report", "pipeline", "--as", emails["Ines"]).exit_code == 1


def test_a_recruiter_and_a_source_are_asked_for_by_name(call, sqlite_database, title):
    with sqlite_database.writing() as session:
        desk = make_job(session, title="Desk")
        rita = make_user(session, "Rita", Role.RECRUITER)
        join_team(session, desk, rita, TeamRole.RECRUITER)
        email = rita.email
        for source in ("referral", "agency"):
            write_history(session, desk, (0, Stage.APPLICATION, Outcome.ACTIVE), source=source)
    for named in ("Rita", email):
        asked = ("report", "funnel", "--recruiter", named, "--source", "agency", "--format", "json")
        read = json.loads(call(*asked).stdout)
        assert read["rows"][0]["reached"] == 1
        assert "the recruiter Rita; applications from the source agency alone" in read["cohort"]
    for wrong in (("--recruiter", "Nobody"), ("--source", "carrier pigeon")):
        refused = call("report", "funnel", *wrong)
        assert refused.exit_code == 1
        assert len(refused.stderr.splitlines()) == 1


def test_business_days_leave_out_a_calendar_of_holidays(call, sqlite_database, title):
    with sqlite_database.writing() as session:
        add_calendar(session, name="Leeds", jurisdiction=None, days="2026-03-03", actor=SYSTEM)
    # From Monday 2 March 00:00 to Tuesday noon, which is a holiday there.
    asked = ("report", "time-in-stage", "--rows", "--format", "json")
    days = {}
    for name, more in (("calendar", ()), ("business", ()), ("business", ("--holidays", "Leeds"))):
        rows = json.loads(call(*asked, "--days", name, *more).stdout)["rows"]
        days[name, bool(more)] = {r["days"] for r in rows if r["stage"] == "screening"}
    assert days == {("calendar", False): {1.5}, ("business", False): {1.5}, ("business", True): {1.0}}
    assert call(*asked, "--days", "business", "--holidays", "York").exit_code == 1
    assert call("report", "funnel", "--days", "business").exit_code == 1


def test_the_log_of_applicants_has_answers_for_the_command_line_and_for_no_person(
    call, sqlite_database, title
):
    with sqlite_database.writing() as session:
        olga = make_user(session, "Olga", Role.HR).email
        field = SelfIdentificationField(name="sex", label="Sex")
        session.add(field)
        session.flush()
        for one in session.scalars(select(Application.id)):
            session.add(SelfIdentificationAnswer(application_id=one, field_id=field.id, value="Female"))
    asked = ("report", "applicant-flow", "--rows", "--format", "csv")
    assert {row["sex"] for row in rows_of_csv(call(*asked).stdout)} == {"Female"}
    told = call(*asked, "--as", olga).stdout
    assert {row["sex"] for row in rows_of_csv(told)} == {""}
    assert "Female" not in told
    with sqlite_database.reading() as session:
        taken = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).all()
    assert [(entry.detail["report"], entry.detail["has_rows"]) for entry in taken] == [
        ("applicant-flow", True)
    ] * 2


def test_the_window_before_stands_beside_each_number(call, sqlite_database):
    words = ("report", "pipeline", "--from", "2026-03-02", "--to", "2026-03-03", "--with-before")
    told = json.loads(call(*words, "--format", "json").stdout)
    assert "window_before" in told["definitions"]
    assert call(*words).exit_code == 0
    for more in (("--rows",), ("--compare",), ("--format", "pdf", "--out", "x.pdf")):
        assert call(*words, *more).exit_code == 1
    assert call("report", "pipeline", "--with-before").exit_code == 1
