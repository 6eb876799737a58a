"""HR's month end: from the reports of a month to the rows behind them, the files, and what was due."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.browser.hands import do, look
from tests.browser.visitor import Visitor
from tests.factories import join_team, make_job
from tests.histories import write_history
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Outcome, Stage
from tracker.models.audit import AuditEntry
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.models.users import User

ACTIVE = Outcome.ACTIVE
STAGES = (Stage.SCREENING, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER, Stage.ONBOARDING)


@pytest.fixture
def job_id(database: Database, people: dict[str, int]) -> int:
    """A job with forty applications of one March: some hired, some rejected, some still there."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds", openings=9, department="Sales")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        sex = SelfIdentificationField(name="sex", label="Sex")
        session.add(sex)
        session.flush()
        for number in range(40):
            places: list[Any] = [(number / 4, Stage.APPLICATION, ACTIVE)]
            for place in range(number % 6):
                places.append((places[-1][0] + 1 + number % 3, STAGES[place], ACTIVE))
            stage, at = places[-1][1], places[-1][0] + 2
            if stage is Stage.ONBOARDING:
                places.append((at, stage, Outcome.HIRED))
            elif number % 4:
                places.append((at, stage, Outcome.REJECTED))
            written = write_history(session, job, *places, name=f"Person {number}", source="referral")
            group = "women" if number % 2 else "men"
            session.add(
                SelfIdentificationAnswer(application_id=written.application.id, field_id=sex.id, value=group)
            )
        return job.id


def taken(person: Visitor, menu: str, name: str) -> bytes:
    """The bytes of a file that is taken from a menu."""
    page = person.page
    page.get_by_role("button", name=menu, exact=True).click()
    with page.expect_download() as begun:
        page.get_by_role("menuitem", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.keyboard.press("Escape")
    return Path(begun.value.path()).read_bytes()


def test_hr_goes_through_the_month_end(visit: Any, database: Database, job_id: int) -> None:
    olga = visit("olga")
    page = olga.open("/reports")
    look(olga, "reports")
    olga.follow("Pipeline")
    page.get_by_role("button", name="Filter").click()
    page.locator("[name=from]").fill("2026-03-01")
    page.locator("[name=to]").fill("2026-04-01")
    page.locator("[name=job]").select_option(label="Order clerk, Leeds")
    olga.press("Show")
    page.wait_for_url("**from=2026-03-01**")
    olga.sees("Holds")
    look(olga, "pipeline-march")
    number = page.locator("table a").first
    said = int(number.inner_text().split()[0].replace(",", ""))
    address = page.url
    number.click()
    page.wait_for_url("**/rows**")
    assert page.locator("tbody tr").count() == said
    look(olga, "pipeline-rows")
    page.goto(address)
    lines = list(csv.DictReader(io.StringIO(taken(olga, "Export", "CSV").decode("utf-8-sig"))))
    told = json.loads(taken(olga, "Export", "JSON"))["rows"]
    assert [int(line["entered"]) for line in lines] == [row["entered"] for row in told]
    assert sum(row["entered"] for row in told if row["stage"] == "application") == 40
    assert zipfile.ZipFile(io.BytesIO(taken(olga, "Export", "Excel workbook"))).testzip() is None
    # The browser opens it in a window of its own; whoever asks for it alone gets the bytes.
    paper = page.request.get(
        page.locator("a[href*='format=pdf'], a[href$='.pdf']").first.get_attribute("href")
    )
    assert paper.body().startswith(b"%PDF")
    do(olga, "Save this report with its filters", {"Name": "March"})
    olga.open("/reports")
    olga.sees("March")
    for name, word in (("Time in stage", "Median"), ("Time to hire", "Median"), ("Adverse impact", "4/5")):
        olga.open("/reports")
        olga.follow(name)
        olga.sees(word)
        look(olga, name.replace(" ", "-").lower())
    olga.open("/retention")
    look(olga, "retention")
    olga.open("/audit?action=report:export")
    look(olga, "audit")
    with database.reading() as session:
        exports = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).all()
        assert len(exports) == 4
    assert olga.faults == []
