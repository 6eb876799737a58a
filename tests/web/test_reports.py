"""Reports on pages: the same numbers everywhere, each open to its rows, for those who may see them."""

import csv
import json
from contextlib import closing
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.histories import write_history
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import ACTIVE, jobs, lines_of, links_of, olga, rita, words
from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.queries.reports import funnel
from tracker.web import reports

__all__ = ["jobs", "olga", "rita"]


def taken(client, address):
    """A file as a browser takes it: read to its end and then closed, or each would keep its connection."""
    with closing(client.get(address)) as response:
        return response.data


def test_the_page_and_every_file_have_the_same_numbers(olga, jobs):
    for name in ReportName:
        window = "&from=2026-03-01&to=2026-03-04" if OUTLINES[name].takes_window else ""
        address = f"?job={jobs['clerk']}{window}&zone=Europe/Berlin"
        read = json.loads(taken(olga, f"/reports/{name}/export{address}&format=json"))
        shown = lines_of(page_of(olga.get(f"/reports/{name}{address}")), OUTLINES[name].title)
        keys = [column.key for column in OUTLINES[name].columns if column.kind == "count"]
        numbers = [[f"{row[key]:,}" for key in keys] for row in read["rows"]]
        if not numbers:
            assert shown == [["There is nothing to count."]]
        else:
            assert [[cell for cell in line if cell.isdigit()] for line in shown] == numbers
        text = taken(olga, f"/reports/{name}/export{address}&format=csv").decode()
        lines = list(csv.DictReader(StringIO(text, newline="")))
        assert [[line[key] for key in keys] for line in lines] == numbers
        book = taken(olga, f"/reports/{name}/export{address}&format=xlsx")
        sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[0]
        assert sheet.max_row == len(read["rows"]) + 1
        assert read["zone"] == "Europe/Berlin"


def test_a_number_opens_the_applications_behind_it(rita, jobs):
    page = page_of(rita.get(f"/reports/pipeline?job={jobs['clerk']}"))
    href = next(h for h in links_of(page, "Pipeline") if "figure=rejected" in h)
    opened = page_of(rita.get(href))
    rows = lines_of(opened, "Rejected: Screening")
    assert len(rows) == 3
    assert {row[1] for row in rows} == {"=1+1"}
    link = links_of(opened, "Rejected: Screening")[0]
    assert link == f"/applications/{rows[0][0]}"
    assert rita.get(link).status_code == 200
    export = next(a.get("href") for a in opened.findall(".//a") if "format=csv" in a.get("href"))
    lines = list(csv.reader(StringIO(rita.get(export).get_data(as_text=True), newline="")))
    assert len(lines) == 4
    assert lines[1][2] == "'=1+1"


def test_without_a_job_the_sum_stands_before_each_job(rita):
    page = page_of(rita.get("/reports/pipeline"))
    assert lines_of(page, "All jobs")[0][:2] == ["Application", "4"]
    assert lines_of(page, "Clerk")[0][:2] == ["Application", "3"]
    assert lines_of(page, "Other")[0][:2] == ["Application", "1"]
    everybody = next(
        h for h in links_of(page, "All jobs") if "stage=application" in h and "figure=entered" in h
    )
    assert len(lines_of(page_of(rita.get(everybody)), "Entered: Application")) == 4
    own = next(h for h in links_of(page, "Other") if "stage=application" in h and "figure=entered" in h)
    assert len(lines_of(page_of(rita.get(own)), "Entered: Application")) == 1


def test_rows_come_page_by_page(rita, monkeypatch):
    monkeypatch.setattr(reports, "PAGE", 2)
    seen, href = [], "/reports/pipeline/rows?stage=application&figure=entered"
    while href:
        page = page_of(rita.get(href))
        seen += [row[1] for row in lines_of(page, "Entered: Application")]
        following = page.find(".//a[@rel='next']")
        href = following.get("href") if following is not None else ""
    assert len(seen) == len(set(seen)) == 4


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("from=2026-02-02&to=2026-01-01", "to"),
        ("from=tomorrow", "from"),
        ("to=20260-01-01", "to"),
        ("as_of=2999-01-01", "as_of"),
        ("zone=Nowhere", "zone"),
        ("zone=../../etc/passwd", "zone"),
        ("from=" + "9" * 5000, "from"),
        ("job=999999", "job"),
        ("job=none", "job"),
        ("job=" + "9" * 5000, "job"),
        ("job=²", "job"),
    ],
)
def test_bad_filters_are_told_at_their_field(olga, asked, field):
    for name in ReportName:
        answer = olga.get(f"/reports/{name}?{asked}")
        assert answer.status_code == 422
        errors = {e.get("id"): words(e) for e in page_of(answer).iter("p") if e.get("class") == "error"}
        assert list(errors) == [f"{field}-error"]
        refused = 422 if OUTLINES[name].has_rows else 404
        assert olga.get(f"/reports/{name}/rows?{asked}").status_code == refused
        assert olga.get(f"/reports/{name}/export?format=csv&{asked}").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/gossip", 404),
        ("/reports/gossip/rows", 404),
        ("/reports/gossip/export?format=csv", 404),
        ("/reports/pipeline/export", 422),
        ("/reports/pipeline/export?format=exe", 422),
        ("/reports/pipeline/rows?stage=heaven", 422),
        ("/reports/pipeline/rows?figure=reached", 422),
        ("/reports/pipeline/export?format=csv&rows=1&figure=nothing", 422),
        ("/reports/pipeline/rows?after=1", 422),
        ("/reports/pipeline/rows?after=1-x", 422),
        ("/reports/pipeline/rows?after=" + "9" * 5000 + "-1", 422),
        ("/reports/pipeline/rows?after=²-1", 422),
    ],
)
def test_what_does_not_exist_is_refused(rita, path, status):
    assert rita.get(path).status_code == status


def test_a_hiring_manager_sees_their_own_jobs_alone(client, jobs):
    hank = sign_in(client, "hank")
    shown = hank.get("/reports/pipeline")
    assert lines_of(page_of(shown), "Pipeline")[0][:3] == ["Clerk", "Application", "3"]
    assert "Other" not in shown.get_data(as_text=True)
    assert "Amina" not in hank.get("/reports/pipeline/rows").get_data(as_text=True)
    assert "Amina" not in hank.get("/reports/funnel/export?format=csv&rows=1").get_data(as_text=True)
    for path in ("", "/rows", "/export"):
        answer = hank.get(f"/reports/pipeline{path}?format=csv&job={jobs['other']}")
        assert answer.status_code == 422
        assert "Other" not in answer.get_data(as_text=True)


def test_an_interviewer_has_no_reports(client, jobs):
    ines = sign_in(client, "ines")
    for path in ("", "/pipeline", "/pipeline/rows", "/pipeline/export?format=csv"):
        assert ines.get(f"/reports{path}").status_code == 403


def test_a_file_is_on_record_before_it_leaves(rita, database, jobs, people):
    answer = rita.get(f"/reports/pipeline/export?format=csv&rows=1&bom=1&job={jobs['clerk']}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="pipeline-')
    assert answer.headers["Cache-Control"] == "no-store"
    with database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export"))
    assert entry.actor == f"user:{people['rita']}"
    assert entry.detail["job_id"] == jobs["clerk"]
    assert (entry.detail["has_rows"], entry.detail["format"]) == (True, "csv")


def test_a_stream_that_fails_does_not_end_politely(rita, database, monkeypatch):
    def breaking(session, query):
        yield {column.key: None for column in OUTLINES[ReportName.FUNNEL].row_columns}
        raise OSError("the disk is gone")

    monkeypatch.setattr(funnel, "Stream", breaking)
    with pytest.raises(OSError, match="disk"):
        rita.get("/reports/funnel/export?format=csv&rows=1").get_data()
    with database.reading() as session:
        assert session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).one()


def test_numbers_that_contradict_the_history_are_not_passed_over(rita, monkeypatch):
    monkeypatch.setattr(funnel, "_count_by_application", lambda *_: 4)
    for address in ("/reports/funnel?to=2026-04-01", "/reports/funnel?compared=1"):
        page = rita.get(address).get_data(as_text=True)
        assert "contradict the history" in page
        assert "Does not hold" in page


def test_numbers_kept_by_moves_say_so_and_can_be_counted_anew(rita):
    for name in ("pipeline", "funnel", "time-in-stage"):
        page = page_of(rita.get(f"/reports/{name}?from={'2026-03-01' if name == 'pipeline' else ''}"))
        (link,) = [a for a in page.findall(".//a") if "compared=1" in a.get("href")]
        compared = rita.get(link.get("href")).get_data(as_text=True)
        assert "every number is the same" in compared
        assert "Does not hold" not in compared
        assert "anew</a>" not in compared


@pytest.mark.parametrize("name", [name for name in ReportName if OUTLINES[name].has_rows])
def test_the_rows_of_every_report_come_page_by_page(olga, jobs, database, monkeypatch, name):
    with database.writing() as session:
        job = session.get_one(Job, jobs["clerk"])
        for _ in range(2):
            write_history(session, job, (0, Stage.OFFER, ACTIVE))
        write_history(session, job, (0, Stage.OFFER, ACTIVE), (1, Stage.ONBOARDING, ACTIVE))
    monkeypatch.setattr(reports, "PAGE", 1)
    pages, href = 0, f"/reports/{name}/rows"
    while href:
        page = page_of(olga.get(href))
        pages += 1
        following = page.find(".//a[@rel='next']")
        href = following.get("href") if following is not None else ""
    text = olga.get(f"/reports/{name}/export?format=csv&rows=1").get_data(as_text=True)
    assert pages == max(1, len(list(csv.DictReader(StringIO(text, newline="")))))


def test_a_department_is_a_filter_of_the_address(rita, database, jobs):
    with database.writing() as session:
        session.get_one(Job, jobs["clerk"]).department = "Sales"
    page = page_of(rita.get("/reports/funnel?department=Sales"))
    assert lines_of(page, "Funnel")[0][1] == "3"
    href = next(h for h in links_of(page, "Funnel") if "stage=application" in h)
    assert "department=Sales" in href
    assert len(lines_of(page_of(rita.get(href)), "Reached: Application")) == 3
    (option,) = [o for o in page.iter("option") if o.get("value") == "Sales"]
    assert option.get("selected") is not None
    export = rita.get("/reports/funnel/export?format=json&department=Support").get_data(as_text=True)
    assert json.loads(export)["rows"][0]["reached"] == 0


def test_rows_named_by_words_open_too(rita, jobs):
    page = page_of(rita.get(f"/reports/reasons?job={jobs['clerk']}"))
    (href,) = links_of(page, "Reasons")
    opened = page_of(rita.get(href))
    assert len(lines_of(opened, "Applications: Screening, Employer, Not recorded")) == 3
    page = page_of(rita.get("/reports/sources"))
    href = next(h for h in links_of(page, "Sources") if "figure=applications" in h)
    assert len(lines_of(page_of(rita.get(href)), "Applications: unknown")) == 4
    without = rita.get("/reports/reasons?without_filled=1").get_data(as_text=True)
    assert "those closed as position filled left out" in without
    assert "without_filled" not in rita.get("/reports/sources").get_data(as_text=True)


def test_a_median_that_is_not_reached_is_shown_as_longer_than_the_longest(rita, jobs):
    shown = lines_of(
        page_of(rita.get(f"/reports/time-in-stage?job={jobs['other']}&as_of=2026-03-10")), "Time in stage"
    )
    assert shown[0] == ["Application", "1", "1", "> 10.0", "—", "—", "—"]
    assert shown[1] == ["Screening", "0", "0", "—", "—", "—", "—"]
    read = json.loads(rita.get(f"/reports/time-in-stage/export?job={jobs['other']}&format=json").data)
    assert read["rows"][0]["km_median_days"] is None
