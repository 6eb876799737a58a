"""Reports of a permission of their own: who is led to them, what goes on record, what they keep back."""

import json

import pytest
from sqlalchemy import select

from tests.factories import make_job
from tests.histories import write_history
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.test_reports import lines_of
from tracker.domain.outlines.outline import ReportName
from tracker.domain.stages import Outcome, Stage
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField

ACTIVE = Outcome.ACTIVE
OWN_PERMISSION = {ReportName.INTERVIEWERS, ReportName.ADVERSE_IMPACT, ReportName.APPLICANT_FLOW}


@pytest.fixture
def jobs(database, people):
    with database.writing() as session:
        return {"clerk": make_job(session, title="Clerk").id}


@pytest.fixture
def olga(client, jobs):
    return sign_in(client, "olga")


def test_the_list_leads_to_every_report_one_may_read(client, jobs):
    ours = {f"/reports/{name.value}" for name in ReportName if name in OWN_PERMISSION}
    for persona, hidden in (("olga", set()), ("rita", ours)):
        page = page_of(sign_in(client, persona).get("/reports"))
        found = {link.get("href") for link in page.findall(".//main//a")}
        assert {f"/reports/{name.value}" for name in ReportName} - found == hidden
        client.send("/sign-out")
    rita = sign_in(client, "rita")
    page = page_of(rita.get("/reports"))
    for address in ours:
        for path in ("", "/rows", "/export?format=csv"):
            assert rita.get(address + path).status_code == 403
    assert any(link.get("href") == "/reports" for link in page.findall(".//nav//a"))


def test_adverse_impact_is_told_on_the_page_and_opens_nowhere(olga, database, jobs):
    with database.writing() as session:
        field = SelfIdentificationField(name="sex", label="Sex")
        session.add(field)
        session.flush()
        for group, number in (("women", 6), ("men", 8), ("others", 2)):
            for _ in range(number):
                written = write_history(
                    session,
                    session.get_one(Job, jobs["clerk"]),
                    (0, Stage.APPLICATION, ACTIVE),
                    (1, Stage.SCREENING, ACTIVE),
                )
                answer = {"application_id": written.application.id, "field_id": field.id, "value": group}
                session.add(SelfIdentificationAnswer(**answer))
    answer = olga.get("/reports/adverse-impact")
    lines = lines_of(page_of(answer), "Adverse impact")
    assert lines[0][:6] == ["sex", "Screening", "All", "men", "8", "8"]
    # The two others hide, and women with them.
    assert [line[4:6] + line[-1:] for line in lines[1:3]] == [["—", "—", "yes"]] * 2
    assert "/rows" not in answer.get_data(as_text=True)
    assert "rows=1" not in answer.get_data(as_text=True)
    assert olga.get("/reports/adverse-impact/rows").status_code == 404
    assert olga.get("/reports/adverse-impact/export?format=csv&rows=1").status_code == 422
    read = json.loads(olga.get("/reports/adverse-impact/export?format=json").data)["rows"]
    assert (read[0]["suppressed"], read[1]["suppressed"], read[1]["applicants"]) == (False, True, None)
    refused = olga.get("/reports/adverse-impact?from=2026-03-01")
    assert refused.status_code == 422
    assert "takes no window" in refused.get_data(as_text=True)


def test_looking_at_interviewers_is_on_record(olga, database, people):
    olga.get("/reports/interviewers")
    olga.get("/reports/interviewers/rows")
    olga.get("/reports/pipeline")
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:read")).all()
    assert {entry.actor for entry in entries} == {f"user:{people['olga']}"}
    assert [(e.detail["report"], e.detail["has_rows"]) for e in entries] == [
        ("interviewers", False),
        ("interviewers", True),
    ]
