"""HR reads the applicant flow log: on record, without what one person said; the category of a job."""

import csv
import json
from io import StringIO

import pytest
from sqlalchemy import select

from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, links_of, olga, words
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField

__all__ = ["jobs", "olga"]
CANARIES = ("Canary female", "Canary asian")


@pytest.fixture
def said(database, jobs):
    """Everybody answered."""
    with database.writing() as session:
        for name, value in zip(("sex", "race_ethnicity"), CANARIES, strict=True):
            field = SelfIdentificationField(name=name, label=name)
            session.add(field)
            session.flush()
            for one in session.scalars(select(Application.id)):
                session.add(SelfIdentificationAnswer(application_id=one, field_id=field.id, value=value))


def test_the_log_opens_to_its_lines_each_look_on_record(olga, said, database, jobs):
    page = page_of(olga.get("/reports/applicant-flow"))
    assert lines_of(page, "Applicant flow log")[0][:3] == ["Clerk", "—", "3"]
    link = next(href for href in links_of(page, "Applicant flow log") if "figure=rejected" in href)
    opened = page_of(olga.get(link))
    assert len(lines_of(opened, "Rejected")) == 3
    with database.reading() as session:
        read = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:read")).all()
    assert [(entry.detail["report"], entry.detail["has_rows"]) for entry in read] == [
        ("applicant-flow", False), ("applicant-flow", True),
    ]  # fmt: skip


def test_no_page_and_no_file_says_what_one_person_said(olga, said, jobs):
    base = "/reports/applicant-flow"
    files = [f"{base}/export?format={kind}{rows}" for kind in ("csv", "json") for rows in ("", "&rows=1")]
    for path in (base, f"{base}/rows", *files):
        text = olga.get(path).get_data(as_text=True)
        assert not any(canary in text for canary in CANARIES)
    lines = list(csv.DictReader(StringIO(olga.get(files[1]).get_data(as_text=True))))
    assert {line["sex"] for line in lines} == {""}
    assert [line["job"] for line in lines] == ["Clerk"] * 3 + ["Other"]
    assert json.loads(olga.get(files[2]).data)["rows"][0]["applicants"] == 3


@pytest.mark.parametrize("name", ["rita", "hank", "ines"])
def test_others_do_not_read_it(client, said, name):
    person = sign_in(client, name)
    for path in ("", "/rows", "/export?format=csv"):
        assert person.get(f"/reports/applicant-flow{path}").status_code == 403
    assert "/reports/applicant-flow" not in person.get("/reports").get_data(as_text=True)


def test_the_category_is_set_on_the_form_of_the_job_which_says_what_the_code_suggests(olga, database, jobs):
    path = f"/jobs/{jobs['clerk']}/edit"
    with database.writing() as session:
        session.get_one(Job, jobs["clerk"]).soc = "43-4151.00"
    page = page_of(olga.get(path))
    assert "The occupation code suggests: Administrative support workers." in words(page)
    assert page.find(".//select[@name='eeo1_category']/option[@selected]") is None
    values = {
        one.get("name"): one.get("value") or ""
        for one in page.findall(".//main//input")
        if one.get("type") != "checkbox" and one.get("name")
    }
    values |= {"seniority": "entry", "description": "", "eeo1_category": "kings"}
    assert olga.send(path, values).status_code == 422
    assert olga.send(path, {**values, "eeo1_category": "administrative_support"}).status_code in (302, 303)
    with database.reading() as session:
        assert session.get_one(Job, jobs["clerk"]).eeo1_category == "administrative_support"
    report = page_of(olga.get("/reports/applicant-flow"))
    assert lines_of(report, "Applicant flow log")[0][1] == "Administrative support workers"
