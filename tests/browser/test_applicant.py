"""An applicant on a phone, from the careers page to the accepted offer and the first steps after it.

Staff and a referee play their parts; every mail is read from a mail server of the test's own.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import axe_findings, overflows
from tests.browser.conftest import ARTEFACTS
from tests.browser.hands import do, fill_in, look, send
from tests.browser.interviewing import interview
from tests.browser.test_walk import (
    advance,
    draft_job,
    gather_team,
    import_framework,
    open_job,
    plan_interviews,
    screen,
    write_rubric,
)
from tests.browser.visitor import PATIENCE, Visitor
from tests.mail_servers import Inbox, running
from tracker import clock
from tracker.cli.worker import deliver, read_files
from tracker.config import Config
from tracker.db import Database
from tracker.domain.moves import UNDO_WINDOW
from tracker.files import FileStore
from tracker.mail import MailServer

pytestmark = pytest.mark.slow

ADDRESS = "amina@example.net"
LINK = re.compile(r"http://\S+?(/(?:my|reference)/link/[\w-]+)")


class Post:
    """The mail server of the test, and what it was handed for whom."""

    def __init__(self, inbox: Inbox, server: MailServer, database: Database, config: Config) -> None:
        self.inbox, self.server, self.database, self.config = inbox, server, database, config

    def deliver(self) -> None:
        deliver(self.database, self.config, self.server)

    def link_to(self, address: str, subject: str) -> str:
        """The link in the latest mail to somebody, which is sent now if it waits."""
        self.deliver()
        mails = [
            one for one in self.inbox.taken if one["X-Given-To"] == address and subject in one["Subject"]
        ]
        body = mails[-1].get_body(("plain",))
        assert body is not None
        found = LINK.search(body.get_content())
        assert found is not None
        return found[1]


@pytest.fixture
def mails(database: Database, config: Config) -> Iterator[Post]:
    inbox = Inbox()
    with running(inbox) as server:
        yield Post(inbox, server, database, config)


class Stranger(Visitor):
    """Somebody without an account, on a phone of 390 px."""

    def sign_in(self) -> None:
        raise AssertionError("strangers have no account")


@pytest.fixture
def stranger(chromium: Any, address: str) -> Iterator[Callable[[str], Stranger]]:
    people: list[Stranger] = []

    def let_in(name: str) -> Stranger:
        context = chromium.new_context(base_url=address, viewport={"width": 390, "height": 780})
        context.set_default_timeout(PATIENCE)
        people.append(Stranger(context, name, ARTEFACTS / "test-applicant"))
        return people[-1]

    yield let_in
    for one in people:
        one.picture(f"last-of-{one.persona}")
        one.context.close()
    assert [fault for one in people for fault in one.faults] == []


def see(person: Visitor, name: str) -> None:
    """The page as a picture, readable by everyone and no wider than a phone."""
    person.picture(name)
    assert axe_findings(person.page) == [], name
    assert not overflows(person.page), name


def press_on(person: Visitor, name: str, role: str = "button") -> None:
    with person.page.expect_navigation():
        person.press(name, role)


def write_posting(rita: Visitor, job: str) -> None:
    rita.open(f"{job}/posting")
    words = "You take orders.\n\n- by phone\n- by mail"
    fill_in(rita, {"Text": words, "Place": "Leeds", "Country": "GB", "Salary from": "31500"})
    look(rita, "posting")
    send(rita, "Publish")
    look(rita, "posting-published")


def apply(amina: Stranger, resume: Path) -> None:
    amina.open("/careers")
    see(amina, "careers")
    press_on(amina, "Order clerk, Leeds", "link")
    see(amina, "job")
    press_on(amina, "Apply", "link")
    see(amina, "apply")
    page = amina.page
    page.get_by_label("Name").fill("Amina Yusuf")
    page.get_by_label("E-mail").fill(ADDRESS)
    page.get_by_label("Résumé").set_input_files(resume)
    with page.expect_navigation():
        page.get_by_label("Name").press("Enter")
    amina.sees("Please read how we use your data")
    see(amina, "apply-unread")
    page.get_by_label("I have read how my data are used").check()
    press_on(amina, "Send application")
    amina.sees("Look into your mail")
    see(amina, "applied")
    press_on(amina, "Answer", "link")
    see(amina, "voluntary")
    page.get_by_label("Asian", exact=True).check()
    press_on(amina, "Send answers")
    amina.sees("Thank you")


def come_in(amina: Stranger, mails: Post, subject: str) -> None:
    amina.open(mails.link_to(ADDRESS, subject))
    see(amina, "link")
    press_on(amina, "Open my page")
    amina.page.wait_for_url("**/my")
    press_on(amina, "Order clerk, Leeds", "link")
    see(amina, "own-page")


def application_of(rita: Visitor, job: str) -> str:
    rita.open(job)
    rita.page.get_by_role("link", name="Amina Yusuf", exact=True).click()
    rita.page.wait_for_url("**/applications/*")
    return str(rita.page.url)


def own_page(amina: Stranger) -> None:
    amina.open("/my")
    press_on(amina, "Order clerk, Leeds", "link")


def name_referees(amina: Stranger, rita: Visitor, mails: Post, application: str, stranger: Any) -> None:
    own_page(amina)
    for name in ("Bela Kiss", "Chidi Obi"):
        press_on(amina, "Name a referee", "link")
        email = f"{name.split()[0].lower()}@example.org"
        fill_in(amina, {"Name": name, "How you know each other": "Manager", "Their e-mail": email})
    see(amina, "referees")
    press_on(amina, "Read and answer", "link")
    see(amina, "disclosure")
    fill_in(amina, {"Your full name": "Amina Yusuf"}, ("I agree",))
    for name in ("bela", "chidi"):
        rita.open(f"{application}/references")
        send(rita, "Ask by mail")
        answer_as_referee(stranger(name), mails.link_to(f"{name}@example.org", "A reference for"))
    rita.open(f"{application}/references")
    look(rita, "references-answered")
    rita.open(f"{application}/background-check")
    send(rita, "The check was ordered")
    do(rita, "Record the report", {}, "Clear")


def answer_as_referee(referee: Stranger, link: str) -> None:
    referee.open(link)
    press_on(referee, "Open the form")
    see(referee, "referee")
    page = referee.page
    page.get_by_label("What was their work?").fill("Order clerk")
    page.get_by_label("You worked together from").fill("2020-01-31")
    for group in page.locator("fieldset:has(input[value='mostly'])").all():
        group.locator("input[value='mostly']").check()
    for question in ("Did they work there", "Would you work with them"):
        page.get_by_role("group", name=question).get_by_label("Yes", exact=True).check()
    press_on(referee, "Send my answer")
    referee.sees("We have your answer")
    answer = page.goto(link)
    assert answer.status == 404
    referee.sees("This link has been used")


def agree(amina: Stranger, rita: Visitor, olga: Visitor, mails: Post, application: str) -> None:
    today = clock.today()
    rita.open(f"{application}/offers")
    terms = {"Salary": "31500", "First day of work": str(today + timedelta(days=20))}
    do(rita, "Draft an offer", terms | {"The candidate may answer until": str(today + timedelta(days=7))})
    olga.open(f"{application}/offers")
    send(olga, "Approve")
    rita.open(f"{application}/offers")
    send(rita, "Send the offer")
    amina.open(mails.link_to(ADDRESS, "Our offer"))
    press_on(amina, "Open my page")
    own_page(amina)
    amina.sees("Our offer waits for your answer")
    press_on(amina, "Read and answer", "link")
    see(amina, "offer")
    amina.page.get_by_label("Your full name").fill("Amina Yusuf")
    press_on(amina, "Sign and accept")
    amina.sees("On your way to us")
    see(amina, "accepted")
    rita.open(f"{application}/offers")
    rita.sees("signed as Amina Yusuf")
    look(rita, "offer-signed")


def do_own_task(amina: Stranger, contract: Path) -> None:
    press_on(amina, "Do it: Sign the contract and hand in the paperwork", "link")
    amina.page.get_by_label("The paper").set_input_files(contract)
    press_on(amina, "It is done")
    amina.sees("Done. Thank you.")
    see(amina, "tasks-done")


def test_an_applicant_goes_from_the_careers_page_to_the_accepted_offer(
    visit: Any, stranger: Any, mails: Post, database: Database, config: Config, tmp_path: Path
) -> None:
    resume = tmp_path / "Résumé of Amina.txt"
    resume.write_text("Amina Yusuf. Order clerk for six years, with a claim book of her own.")
    rita, olga = visit("rita"), visit("olga", scheme="dark")
    hank, ines = visit("hank", scheme="dark"), visit("ines", width=390)
    import_framework(olga)
    job = draft_job(hank)
    gather_team(hank, job)
    write_rubric(hank, job)
    plan_interviews(hank, job)
    open_job(olga, job)
    write_posting(rita, job)
    amina = stranger("amina")
    apply(amina, resume)
    come_in(amina, mails, "Your application")
    amina.sees("We have your application and will read it soon")
    assert read_files(database, FileStore(config.files_folder)) == 1
    application = application_of(rita, job)
    rita.page.get_by_role("link", name=re.compile("^Read it as text")).click()
    rita.sees("with a claim book of her own")
    advance(rita, application, "Screening")
    screen(rita, application)
    own_page(amina)
    amina.sees("We would like to talk with you")
    interview(hank, [ines, hank], application, "Amina Yusuf")
    advance(hank, application, "References")
    name_referees(amina, rita, mails, application, stranger)
    advance(rita, application, "Offer")
    agree(amina, rita, olga, mails, application)
    do_own_task(amina, resume)
    with clock.standing_at(clock.now() + UNDO_WINDOW * 2):
        mails.deliver()
    kinds = [one["Subject"] for one in mails.inbox.taken if one["X-Given-To"] == ADDRESS]
    assert any("Welcome to" in subject for subject in kinds)
