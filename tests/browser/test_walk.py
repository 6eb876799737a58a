"""One application from entry to hired, through the pages alone, by the people who each do their part."""

import csv
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.browser.hands import do, fill_in, look, open_form, send
from tests.browser.interviewing import interview
from tests.browser.visitor import Visitor
from tracker import clock
from tracker.db import Database
from tracker.domain.history import first_fault
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.queries.history import move_rows

pytestmark = pytest.mark.slow

CANDIDATE = "Amina Yusuf"


FRAMEWORK = Path(__file__).parents[2] / "seeds" / "frameworks" / "43-4151.00.json"


def import_framework(olga: Visitor) -> None:
    olga.open("/frameworks/new")
    olga.page.locator("input[type=file]").set_input_files(FRAMEWORK)
    fill_in(olga, {})
    look(olga, "framework")


def draft_job(hank: Visitor) -> str:
    hank.open("/jobs/new")
    asked = {"Title": "Order clerk, Leeds", "Openings": "1", "Occupation code": "43-4151.00"}
    fill_in(hank, asked, ("Ask for a background check",))
    hank.page.wait_for_url(re.compile(r"/jobs/\d+/setup$"))
    return str(hank.page.url).removesuffix("/setup")


def gather_team(hank: Visitor, job: str) -> None:
    for part, name in (("Recruiter", "Rita"), ("Interviewer", "Ines")):
        hank.open(f"{job}/team")
        open_form(hank, f"Add: {part}")
        person = hank.page.get_by_role("dialog").get_by_label("Person")
        label = next(text for text in person.locator("option").all_inner_texts() if name in text)
        fill_in(hank, {"Person": label})
    look(hank, "team")


def write_rubric(hank: Visitor, job: str) -> None:
    """Generate a draft, read it, rename a competency, weigh another, and publish it by name."""
    hank.open(f"{job}/rubrics/new")
    fill_in(hank, {})
    hank.page.wait_for_url(re.compile(r"/rubrics/\d+$"))
    rubric = hank.page.url
    look(hank, "rubric-draft")
    hank.press("Change Customer complaints")
    open_form(hank, "Rename")
    fill_in(hank, {"Name": "Complaints of customers"})
    hank.open(rubric)
    hank.sees("Complaints of customers")
    hank.open(f"{rubric}/competencies/outgoing-orders/weight")
    fill_in(hank, {"Weight": "2", "Reason": "What leaves the house wrong comes back."})
    hank.open(f"{rubric}/changes")
    hank.sees("What leaves the house wrong comes back.")
    look(hank, "rubric-changes")
    hank.open(f"{rubric}/publish")
    look(hank, "rubric-publish")
    hank.page.locator("main input[type=checkbox]").first.check()
    hank.page.locator("main form.form button[type=submit]").last.click()
    hank.sees("Published")


def plan_interviews(hank: Visitor, job: str) -> None:
    hank.open(f"{job}/plan")
    do(hank, "Propose a plan")
    hank.sees("Every required competency is rated")
    look(hank, "plan")


def open_job(olga: Visitor, job: str) -> None:
    olga.open(f"{job}/status")
    look(olga, "status")
    do(olga, "Open")
    olga.open(f"{job}/setup")
    look(olga, "setup")


def advance(person: Visitor, application: str, stage: str) -> None:
    """Move on with the one main button of the application's page."""
    person.open(application)
    label = f"Move to {stage}"
    do(person, label)
    person.open(application)
    person.page.get_by_role("link", name=label, exact=True).wait_for(state="detached")


def sees_missing(person: Visitor, application: str, *sentences: str) -> None:
    """Before anybody clicks, the page says what is missing for the next move."""
    person.open(application)
    for sentence in sentences:
        person.sees(sentence)


def enter(rita: Visitor, job: str) -> str:
    rita.open(job)
    known = {"Name": CANDIDATE, "E-mail": "amina@example.org", "Version of the privacy notice": "2026-01"}
    do(rita, "Add candidate", known)
    rita.open(job)
    rita.page.get_by_role("link", name=CANDIDATE, exact=True).click()
    rita.page.wait_for_url("**/applications/*")
    return str(rita.page.url)


def bring_resume(rita: Visitor, application: str, resume: Path) -> None:
    sees_missing(rita, application, "A résumé or a profile")
    rita.page.get_by_role("link", name=re.compile("^Add.* résumé")).click()
    rita.page.locator("input[type=file]").set_input_files(resume)
    fill_in(rita, {})
    look(rita, "resume")
    advance(rita, application, "Screening")


def screen(rita: Visitor, application: str) -> None:
    sees_missing(rita, application, "résumé", "screening call")
    rita.open(f"{application}/screening")
    do(rita, "Review the résumé", {}, "It passes")
    do(rita, "Record a call", {"Notes": "Clear and calm."}, "Strong")
    look(rita, "screening")
    advance(rita, application, "Interview")


def prove(olga: Visitor, session: str) -> None:
    """HR reads how far raters agree, which too few candidates do not tell yet, and takes the kit as PDF."""
    olga.open("/reports/agreement")
    olga.sees("told from 10 candidates")
    look(olga, "agreement")
    kit = olga.context.request.get(f"{session}/kit.pdf")
    assert kit.status == 200
    assert kit.body().startswith(b"%PDF")


def ask_referees(rita: Visitor, application: str) -> None:
    sees_missing(rita, application, "references", "background check")
    rita.open(f"{application}/references")
    for name in ("Bela Kiss", "Chidi Obi"):
        do(rita, "Add a referee", {"Name": name, "How they know the candidate": "Former manager"})
    for _ in range(2):
        send(rita, "The candidate agrees")
        rita.open(f"{application}/references")
        hear_by_phone(rita)
        rita.open(f"{application}/references")
    look(rita, "references")
    rita.open(f"{application}/background-check")
    send(rita, "The candidate was told")
    do(rita, "Record the candidate’s answer", {}, "The candidate agrees")
    send(rita, "The check was ordered")
    do(rita, "Record the report", {}, "Clear")
    look(rita, "background-check")
    advance(rita, application, "Offer")


def hear_by_phone(rita: Visitor) -> None:
    """The referee answers the questions of their own form on the telephone."""
    page = rita.page
    page.get_by_role("link", name="Record by phone", exact=True).first.click()
    page.get_by_label("What was their work?").fill("Order clerk")
    page.get_by_label("You worked together from").fill("2020-01-31")
    for seen in page.get_by_label("Well, on their own").all():
        seen.check()
    for question in ("Did they work there", "Would you work with them"):
        page.get_by_role("group", name=question).get_by_label("Yes", exact=True).check()
    page.get_by_label("Anything else?").fill("Careful with every order.")
    look(rita, "reference-by-phone")
    send(rita, "Save")


def agree_on_an_offer(rita: Visitor, olga: Visitor, application: str) -> None:
    rita.open(f"{application}/offers")
    today = clock.today()
    terms = {"Salary": "31500", "First day of work": str(today)}
    terms |= {"The candidate may answer until": str(today)}
    do(rita, "Draft an offer", terms)
    rita.sees("Somebody other than its drafter approves it")
    olga.open(f"{application}/offers")
    send(olga, "Approve")
    look(olga, "offer-approved")
    rita.open(f"{application}/offers")
    send(rita, "Send the offer")
    do(rita, "The candidate accepts")
    look(rita, "offer-accepted")


def bring_on_board(hank: Visitor, rita: Visitor, application: str) -> None:
    hank.open(f"{application}/onboarding")
    while hank.page.get_by_role("button", name="Done", exact=True).count():
        send(hank, "Done")
        hank.page.wait_for_load_state()
    paper = "Sign the contract and hand in the paperwork"
    do(hank, f"Done: {paper}", {"Why it is done without the paper": "Signed at the desk."})
    hank.open(f"{application}/onboarding")
    look(hank, "onboarding")
    rita.open(application)
    do(rita, "Complete onboarding")
    rita.open(application)
    rita.sees("Hired")
    look(rita, "hired")


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "Résumé of Amina.txt"
    path.write_text("Amina Yusuf. Order clerk for six years, with a claim book of her own.")
    return path


def report(olga: Visitor) -> None:
    olga.open("/reports/pipeline")
    olga.sees("Onboarding")
    look(olga, "pipeline")
    olga.press("Export")
    with olga.page.expect_download() as taken:
        olga.page.get_by_role("link", name="CSV").first.click()
    with Path(taken.value.path()).open(encoding="utf-8-sig", newline="") as file:
        advanced = {row["stage"]: row["advanced"] for row in csv.DictReader(file)}
    assert advanced == {stage.value: "1" for stage in Stage}


def test_an_application_walks_from_entry_to_hired(visit, database: Database, resume: Path) -> None:
    rita, olga = visit("rita"), visit("olga", scheme="dark")
    hank, ines = visit("hank", scheme="dark"), visit("ines", width=390)
    import_framework(olga)
    job = draft_job(hank)
    gather_team(hank, job)
    write_rubric(hank, job)
    plan_interviews(hank, job)
    open_job(olga, job)
    application = enter(rita, job)
    bring_resume(rita, application, resume)
    screen(rita, application)
    session = interview(hank, [ines, hank], application, CANDIDATE)
    hank.open(application)
    hank.sees("Move to References")
    advance(hank, application, "References")
    prove(olga, session)
    ask_referees(rita, application)
    agree_on_an_offer(rita, olga, application)
    bring_on_board(hank, rita, application)
    report(olga)
    with database.reading() as reading:
        hired = reading.scalars(select(Application)).one()
        assert (hired.outcome, hired.version) == (Outcome.HIRED, 7)
        assert first_fault(move_rows(reading, [hired.id])) is None
