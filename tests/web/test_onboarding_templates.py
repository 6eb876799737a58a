"""HR keeps the checklist of new hires by its pages."""

import pytest
from flask import Flask

from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.onboarding import CHECKLIST
from tracker.queries.onboarding import onboarding_templates

PLACE = "/onboarding-templates"
TASK = {"title": "Hand out the badge", "owner": "it", "days_after_start": "0", "department": "Sales"}


@pytest.fixture
def olga(client: ReadingClient, people: dict[str, int]) -> ReadingClient:
    return sign_in(client, "olga")


def kept(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.title for row in onboarding_templates(session)]


def test_a_task_is_added_changed_and_removed(olga: ReadingClient, database: Database) -> None:
    assert "as delivered so far" in olga.get(PLACE).text
    assert olga.send(f"{PLACE}/new", TASK).status_code == 303
    page = olga.get(PLACE).text
    assert "as delivered so far" not in page
    assert "on the first day" in page
    with database.reading() as session:
        number = next(row.id for row in onboarding_templates(session) if row.title == TASK["title"])
    one = f"{PLACE}/{number}"
    page = olga.get(one)
    assert 'value="Sales"' in page.text
    seen = page_of(page).find(".//input[@name='seen']").get("value")
    changed = TASK | {"title": "Hand out the key", "seen": seen}
    assert olga.send(one, changed).status_code == 303
    late = olga.send(one, changed | {"title": "Hand out nothing"})
    assert late.status_code == 422
    assert "Somebody else changed this task" in late.text
    assert "Hand out the key" in kept(database)
    assert olga.send(f"{one}/remove").status_code == 303
    assert olga.get(one).status_code == 404
    assert len(kept(database)) == len(CHECKLIST)


def test_the_checklist_is_taken_over_once(olga: ReadingClient, database: Database) -> None:
    assert olga.send(f"{PLACE}/take-over").status_code == 303
    assert kept(database) == [one.title for one in CHECKLIST]
    assert olga.send(f"{PLACE}/take-over").status_code == 422
    assert len(kept(database)) == len(CHECKLIST)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "Say what is to be done"),
        ({"days_after_start": "x"}, "Not a valid integer value"),
        ({"days_after_start": "400"}, "From 90 days before"),
        ({"owner": "nobody"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    olga: ReadingClient, database: Database, changed: dict[str, str], said: str
) -> None:
    answer = olga.send(f"{PLACE}/new", TASK | changed)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert kept(database) == []


@pytest.mark.parametrize("name", ["rita", "hank", "ines"])
def test_only_hr_opens_it(app: Flask, people: dict[str, int], name: str) -> None:
    client = sign_in(app.test_client(), name)  # type: ignore[arg-type]
    assert client.get(PLACE).status_code == 403
