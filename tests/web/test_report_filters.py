"""Filters of reports by recruiter and source: kept in rows, files and comparison, refused at the field."""

import json

import pytest
from sqlalchemy import select

from tests.factories import join_team, make_job
from tests.histories import write_history
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, links_of, olga, rita, words
from tracker.domain.actors import TeamRole
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.stages import Outcome, Stage
from tracker.models.audit import AuditEntry
from tracker.models.users import User

__all__ = ["jobs", "olga", "rita"]


@pytest.fixture
def rita_id(database, people, jobs):
    """Rita's id; she is the recruiter of a job with one referral and one applicant of an agency."""
    with database.writing() as session:
        desk = make_job(session, title="Desk")
        join_team(session, desk, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        for source in ("referral", "agency"):
            write_history(
                session,
                desk,
                (0, Stage.APPLICATION, Outcome.ACTIVE),
                (1, Stage.SCREENING, Outcome.ACTIVE),
                source=source,
            )
    return people["rita"]


def test_filters_are_kept_from_a_number_to_its_rows_and_files(rita, rita_id, database):
    page = page_of(rita.get(f"/reports/pipeline?recruiter={rita_id}&source=referral"))
    assert "jobs of the recruiter Rita; applications from the source referral alone" in words(page)
    assert "Recruiter: Rita" in words(page)
    assert "Source: referral" in words(page)
    entered = next(h for h in links_of(page, "Pipeline") if "figure=entered" in h and "stage=screening" in h)
    rows = page_of(rita.get(entered))
    assert len(lines_of(rows, "Entered: Screening")) == 1
    assert "applications from the source referral alone" in words(rows)
    file = next(a.get("href") for a in rows.iter("a") if "format=json" in (a.get("href") or ""))
    assert [row["job"] for row in json.loads(rita.get(file).data)["rows"]] == ["Desk"]
    with database.reading() as session:
        taken = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).one()
    assert (taken.detail["recruiter_id"], taken.detail["source"]) == (rita_id, "referral")


def test_a_row_of_sources_opens_beside_the_filter(rita, rita_id):
    page = page_of(rita.get(f"/reports/sources?recruiter={rita_id}"))
    assert [line[:2] for line in lines_of(page, "Sources")] == [["agency", "1"], ["referral", "1"]]
    opened = page_of(rita.get(links_of(page, "Sources")[0]))
    assert len(lines_of(opened, "Applications: agency")) == 1
    back = next(a.get("href") for a in opened.iter("a") if words(a) == "Sources")
    assert "source=" not in back
    assert len(lines_of(page_of(rita.get(back)), "Sources")) == 2


def test_both_windows_are_of_the_same_source(rita, rita_id):
    window = "from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1"
    page = page_of(rita.get(f"/reports/pipeline?{window}&source=agency&recruiter={rita_id}"))
    application = next(line for line in lines_of(page, "Pipeline") if line[1] == "Application")
    assert application[2] == "0 was 1"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("recruiter=999999", "recruiter"),
        ("recruiter=000000000000999999999999999999999", "recruiter"),
        ("job=" + "9" * 5000, "job"),
        ("recruiter=rita", "recruiter"),
        ("recruiter=" + "9" * 5000, "recruiter"),
        ("source=carrier%20pigeon", "source"),
        ("source=" + "x" * 81, "source"),
    ],
)
@pytest.mark.parametrize("name", ["pipeline", "sources", "time-to-fill", "adverse-impact", "interviewers"])
def test_unknown_ones_are_refused_at_their_field(olga, jobs, name, asked, field):
    answer = olga.get(f"/reports/{name}?{asked}")
    assert answer.status_code == 422
    errors = {e.get("id") for e in page_of(answer).iter("p") if e.get("class") == "error"}
    assert errors == {f"{field}-error"}


@pytest.mark.parametrize("name", ["time-to-fill", "forecast", "adverse-impact", "interviewers"])
def test_a_report_without_sources_refuses_one_and_offers_none(olga, jobs, name):
    answer = olga.get(f"/reports/{name}?source=referral")
    assert answer.status_code == 422
    assert OUTLINES[name].no_source in answer.get_data(as_text=True)
    page = page_of(olga.get(f"/reports/{name}"))
    assert not [e for e in page.iter("input") if e.get("name") == "source"]
    assert olga.get(f"/reports/{name}/export?format=csv&source=referral").status_code == 422


def test_who_does_not_recruit_for_ones_own_jobs_is_not_known(client, jobs, rita_id):
    hank = sign_in(client, "hank")
    assert hank.get(f"/reports/funnel?recruiter={rita_id}").status_code == 422
    page = page_of(hank.get("/reports/funnel"))
    offered = page.find(".//select[@name='recruiter']")
    assert [words(option) for option in offered] == ["All recruiters"]
