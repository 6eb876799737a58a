"""Files tell the window before as the page does, how far a copy is behind, when there is little to say."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.web.pages import page_of
from tests.web.report_pages import jobs, olga, rita, words
from tracker.cli.report_exports import make_exports
from tracker.models.audit import AuditEntry
from tracker.web import reports

__all__ = ["jobs", "olga", "rita"]
WINDOW = "from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1"


def lines_of_csv(answer):
    return list(csv.DictReader(StringIO(answer.get_data(as_text=True))))


def test_a_file_tells_the_window_before_beside_each_number(rita, jobs, database):
    address = f"/reports/pipeline/export?job={jobs['clerk']}&{WINDOW}"
    lines = {line["stage"]: line for line in lines_of_csv(rita.get(f"{address}&format=csv"))}
    assert (lines["screening"]["entered"], lines["screening"]["before_entered"]) == ("3", "0")
    assert (lines["application"]["entered"], lines["application"]["before_entered"]) == ("0", "3")
    told = json.loads(rita.get(f"{address}&format=json").get_data())
    assert {row["stage"]: row["before_entered"] for row in told["rows"]}["application"] == 3
    assert "1 Mar 2026" in told["definitions"]["window_before"]
    assert set(told) == {"report", "as_of", "zone", "cohort", "definitions", "rows", "checks"}
    book = openpyxl.load_workbook(BytesIO(rita.get(f"{address}&format=xlsx").get_data()))
    assert "Entered, before" in [cell.value for cell in book["Pipeline"][1]]
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).all()
    assert len(entries) == 6, "both windows are on record"


def test_what_was_there_before_alone_is_in_the_file(rita, jobs):
    (line,) = lines_of_csv(rita.get(f"/reports/sources/export?format=csv&{WINDOW}"))
    assert (line["applications"], line["before_applications"]) == ("0", "4")
    assert line["hire_rate"] == ""


def test_a_window_before_needs_a_window(rita, jobs):
    answer = rita.get("/reports/pipeline/export?format=csv&with_before=1")
    assert answer.status_code == 422
    assert "Give the first day" in answer.get_data(as_text=True)


def test_rows_and_documents_have_no_window_before(rita, jobs):
    rows = rita.get(f"/reports/pipeline/export?format=csv&rows=1&{WINDOW}").get_data(as_text=True)
    assert "before_" not in rows


def test_a_file_of_the_background_tells_it_too(rita, jobs, database, config):
    rita.send(f"/exports/new/pipeline?format=csv&{WINDOW}")
    make_exports(config, database)
    with rita.get("/exports/1") as answer:
        assert "before_entered" in answer.get_data(as_text=True)


@pytest.fixture
def behind(monkeypatch):
    monkeypatch.setattr(reports, "seconds_behind", lambda session: 41.6)


def test_rows_and_files_say_how_far_a_copy_is_behind(rita, jobs, behind):
    page = words(page_of(rita.get("/reports/pipeline/rows?figure=entered")))
    assert "42 seconds behind" in page
    answer = rita.get("/reports/pipeline/export?format=csv&rows=1")
    assert answer.headers["Tracker-Seconds-Behind"] == "42"
    told = json.loads(rita.get("/reports/pipeline/export?format=json").get_data())
    assert told["definitions"]["read_from"] == "A copy of the database that was 42 seconds behind."
    book = openpyxl.load_workbook(BytesIO(rita.get("/reports/pipeline/export?format=xlsx").get_data()))
    said = {row[0].value: row[1].value for row in book["Definitions"].iter_rows()}
    assert "42 seconds behind" in said["Read from"]


def test_the_database_itself_is_not_behind(rita, jobs):
    answer = rita.get("/reports/pipeline/export?format=json")
    assert "Tracker-Seconds-Behind" not in answer.headers
    assert "read_from" not in json.loads(answer.get_data())["definitions"]


def test_reports_with_nothing_to_say_say_so_on_the_page_and_in_files(olga, jobs):
    page = words(page_of(olga.get("/reports/adverse-impact")))
    assert "Nobody has answered the questions" in page
    for name in ("forecast", "adverse-impact"):
        told = json.loads(olga.get(f"/reports/{name}/export?format=json").get_data())
        assert told["definitions"]["nothing_to_say"]
