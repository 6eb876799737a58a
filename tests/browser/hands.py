"""What people do on every page: look at it, open a form, fill it in and send it."""

from typing import Any

from tests.browser.axe import axe_findings, overflows
from tests.browser.visitor import Visitor


def look(person: Visitor, name: str) -> None:
    """The page as a picture, readable by everyone and no wider than its window."""
    person.picture(name)
    findings = axe_findings(person.page)
    assert findings == [], f"{name}: {findings}"
    assert not overflows(person.page), name


def fill_in(person: Visitor, fill: dict[str, str], choose: tuple[str, ...] = ()) -> None:
    """Fill in the form that is open, in the dialog or on a page of its own, and send it."""
    page = person.page
    dialog = page.get_by_role("dialog")
    place = dialog if dialog.count() else page.locator("main")
    for label in choose:
        place.get_by_label(label, exact=True).first.check()
    for label, text in fill.items():
        field = place.get_by_label(label).first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
    with page.expect_navigation():
        place.locator("form button.main").first.click()


def open_form(person: Visitor, link: str) -> None:
    person.page.get_by_role("link", name=link, exact=True).first.click()
    person.page.get_by_role("dialog").locator("form button[type=submit]").first.wait_for()


def do(person: Visitor, link: str, fill: dict[str, str] | None = None, *choose: str) -> None:
    """Follow a link into the dialog and send what is asked there."""
    open_form(person, link)
    fill_in(person, fill or {}, choose)


def send(person: Visitor, button: str) -> None:
    """Press a button that is a form of its own, and wait for the page that answers."""
    with person.page.expect_navigation():
        person.press(button)


def answer_questions_of_referee(page: Any) -> None:
    """Fill in the form of a referee, as they do it by their link and staff on the telephone."""
    page.get_by_label("What was their work?").fill("Order clerk")
    page.get_by_label("You worked together from").fill("2020-01-31")
    for group in page.locator("fieldset:has(input[value='mostly'])").all():
        group.locator("input[value='mostly']").check()
    for question in ("Did they work there", "Would you work with them"):
        page.get_by_role("group", name=question).get_by_label("Yes", exact=True).check()
