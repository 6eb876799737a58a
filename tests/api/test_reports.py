"""Reports by API: the command line's JSON, for those who may read them, and on record."""

import json

import pytest
from sqlalchemy import select

from tests.api.conftest import People, Program, field_of, said, team_job
from tests.factories import join_team, make_application, make_job
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.outlines.outline import ReportName
from tracker.domain.reports import read_filters
from tracker.exports.json import json_of
from tracker.models.audit import AuditEntry
from tracker.models.users import User
from tracker.queries.reports import run_report
from tracker.services.holidays import add_calendar


@pytest.fixture
def jobs(database: Database, people: People, programs: dict[str, Program]) -> list[int]:
    """Two jobs with an application each; hank is on the team of the first."""
    with database.writing() as session:
        ours, other = team_job(session, people), make_job(session, title="Night porter")
        make_application(session, ours)
        make_application(session, other)
        return [ours.id, other.id]


@pytest.mark.parametrize("name", list(ReportName))
def test_every_report_says_what_the_command_line_says(
    database: Database, olga: Program, jobs: list[int], name: ReportName
) -> None:
    day = str(clock.today())
    answer = said(olga.get(f"/reports/{name}", query_string={"as_of": day, "job": jobs[0]}))
    assert set(answer) == {"report", "as_of", "zone", "cohort", "definitions", "rows", "checks"}
    assert answer["report"] == name
    with database.reading() as session:
        filters = read_filters(now=clock.now(), default_zone="UTC", job_id=jobs[0], as_of=day)
        printed = json.loads(b"".join(json_of(run_report(session, name, filters, actor=SYSTEM))))
    assert answer["rows"] == printed["rows"]


def test_a_job_is_named_by_id_or_title(rita: Program, jobs: list[int]) -> None:
    by_id = said(rita.get("/reports/pipeline", query_string={"job": jobs[1]}))
    by_title = said(rita.get("/reports/pipeline", query_string={"job": "Night porter"}))
    assert by_id["rows"] == by_title["rows"] != said(rita.get("/reports/pipeline"))["rows"]


def test_a_hiring_manager_counts_their_own_jobs(hank: Program, rita: Program, jobs: list[int]) -> None:
    own = said(hank.get("/reports/pipeline"))["rows"]
    assert own == said(rita.get("/reports/pipeline", query_string={"job": jobs[0]}))["rows"]
    for job in (jobs[1], "Night porter", 999):
        assert field_of(hank.get("/reports/pipeline", query_string={"job": job})) == ["job"]


def test_who_read_a_report_is_on_record(database: Database, rita: Program, jobs: list[int]) -> None:
    said(rita.get("/reports/funnel"))
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).one()
        assert (entry.actor, entry.detail["report"]) == ("user:1", "funnel")


def test_reports_are_refused_by_role_name_and_filter(ines: Program, rita: Program, jobs: list[int]) -> None:
    said(ines.get("/reports/pipeline"), 403)
    said(rita.get("/reports/interviewers"), 403)
    said(rita.get("/reports/gossip"), 404)
    for field, value in {
        "zone": "Mars/Base",
        "from": "soon",
        "to": "9999-01-01",
        "as_of": "2100-01-01",
    }.items():
        assert field_of(rita.get("/reports/pipeline", query_string={field: value})) == [field]


def test_a_recruiter_and_a_source_are_asked_for_by_name(
    database: Database, people: People, rita: Program, jobs: list[int]
) -> None:
    with database.writing() as session:
        desk = make_job(session, title="Desk")
        join_team(session, desk, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        for source in ("agency", "referral"):
            make_application(session, desk).source = source
    for named in ("Rita", "rita@example.org"):
        asked = {"recruiter": named, "source": "agency"}
        answer = said(rita.get("/reports/sources", query_string=asked))
        assert [row["source"] for row in answer["rows"]] == ["agency"]
    for wrong in ({"recruiter": "Nobody"}, {"source": "carrier pigeon"}):
        assert field_of(rita.get("/reports/sources", query_string=wrong)) == list(wrong)


def test_business_days_and_their_calendar_are_asked_for(database: Database, rita: Program) -> None:
    with database.writing() as session:
        add_calendar(session, name="Leeds", jurisdiction=None, days="2026-03-03", actor=SYSTEM)
    asked = {"days": "business", "holidays": "Leeds"}
    answer = said(rita.get("/reports/time-to-hire", query_string=asked))
    assert "business days, calendar Leeds" in answer["cohort"]
    for wrong, field in (({"days": "moon"}, "days"), ({**asked, "holidays": "York"}, "holidays")):
        assert field_of(rita.get("/reports/time-to-hire", query_string=wrong)) == [field]


def test_the_window_before_stands_beside_each_number(rita: Program, jobs: list[int]) -> None:
    asked = {"from": str(clock.today()), "with_before": "true"}
    answer = said(rita.get("/reports/pipeline", query_string=asked))
    assert "before_entered" in answer["rows"][0]
    assert "window_before" in answer["definitions"]
    assert field_of(rita.get("/reports/pipeline", query_string={"with_before": "true"})) == ["from"]
