"""What people without an account read when a page is not there: a layout of theirs, no word of signing in."""

from typing import Any

import pytest
from flask import Flask

from tests.candidates import applied, own_client
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database


def links_of(answer: Any) -> set[str]:
    return {one.get("href") for one in page_of(answer).find(".//main").iter("a")}


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/careers/999", "/careers"),
        ("/careers/999/apply", "/careers"),
        ("/careers/voluntary", "/careers"),
        ("/careers/no/such/page", "/careers"),
        ("/my/no-such-page", "/my"),
        ("/my/link/x/y", "/my/link"),
        ("/reference", "/careers"),
        ("/reference/no-such-page", "/careers"),
    ],
)
def test_what_is_not_there_leads_people_on_and_not_to_signing_in(
    client: ReadingClient, path: str, way: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Sign in" not in answer.text
    assert links_of(answer) == {way}


def test_a_form_without_its_token_does_not_lead_to_signing_in(client: ReadingClient) -> None:
    answer = client.post("/careers/1/apply", data={})
    assert (answer.status_code, "Sign in" in answer.text) == (400, False)


def test_candidates_are_led_back_to_their_applications(app: Flask, database: Database) -> None:
    number, candidate_id = applied(database)
    answer = own_client(app, database, candidate_id).get(f"/my/applications/{number + 1}")
    assert (answer.status_code, links_of(answer)) == (404, {"/my"})


@pytest.mark.parametrize("path", ["/my-work/none", "/careers-of-nobody", "/references/1"])
def test_pages_of_staff_lead_to_signing_in_as_before(client: ReadingClient, path: str) -> None:
    assert links_of(client.get(path)) == {"/sign-in"}
    sign_in(client, "rita")
    assert "/" in links_of(client.get(path))
