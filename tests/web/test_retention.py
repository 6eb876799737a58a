"""HR sees whose records are due, holds records, and erases people; nobody else finds any of it."""

from datetime import timedelta

import pytest

from tests.factories import make_job
from tests.histories import write_history
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.domain.stages import Outcome, Stage
from tracker.models.candidates import Candidate


def text_of(response):
    return " ".join("".join(page_of(response).itertext()).split())


@pytest.fixture
def amina(database, people):
    with database.writing() as session:
        written = write_history(
            session,
            make_job(session, title="Order clerk, Leeds", jurisdiction="US"),
            (0, Stage.APPLICATION, Outcome.ACTIVE),
            (1, Stage.APPLICATION, Outcome.REJECTED),
        )
        return written.application.candidate_id


@pytest.fixture
def three_years_on(amina, monkeypatch):
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)


def post(client, address, **fields):
    page = client.get(address)
    assert page.status_code == 200, address
    token = page_of(page).find(".//main//input[@name='csrf_token']").get("value")
    return client.post(address, data={"csrf_token": token, **fields})


def name_of(database, candidate_id):
    with database.reading() as session:
        return session.get_one(Candidate, candidate_id).name


def test_hr_erases_whoever_is_due(client, database, amina, three_years_on):
    olga = sign_in(client, "olga")
    assert "Due: 1" in text_of(olga.get("/retention"))
    assert post(olga, f"/candidates/{amina}/erase").status_code == 303
    assert name_of(database, amina) == "Erased"
    shown = text_of(olga.get("/retention"))
    assert "Due: 0" in shown
    assert f"Number {amina}" in shown
    assert "Amina" not in shown
    assert olga.get(f"/candidates/{amina}/erase").status_code == 404


def test_the_page_says_why_somebody_stays_and_offers_no_erasure(client, database, amina):
    olga = sign_in(client, "olga")
    shown = olga.get(f"/candidates/{amina}/erase")
    assert "The law wants the records kept, until 2 Mar 2027. The records cannot be erased now." in text_of(
        shown
    )
    assert "By 29 CFR 1602.14." in text_of(shown)
    assert "Erase for good" not in text_of(shown)
    token = page_of(shown).find(".//main//input[@name='csrf_token']").get("value")
    refused = olga.post(f"/candidates/{amina}/erase", data={"csrf_token": token})
    assert refused.status_code == 422
    assert "The records stay" in text_of(refused)
    assert name_of(database, amina) == "Amina Yusuf"


def test_a_hold_of_the_job_keeps_until_it_is_released(client, amina, three_years_on):
    olga = sign_in(client, "olga")
    answer = post(olga, "/retention/holds/new", reason="A charge was filed", job="1")
    assert answer.status_code == 303
    shown = text_of(olga.get("/retention"))
    assert "Due: 0" in shown
    assert "A charge was filed" in shown
    assert post(olga, "/retention/holds/1/release").status_code == 303
    assert "Due: 1" in text_of(olga.get("/retention"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "", "job": "1"}, "Say why the records are held."),
        ({"reason": "Audit"}, "Say whose records"),
        ({"reason": "Audit", "job": "77"}, "Not a valid choice"),
        ({"reason": "Audit", "from_on": "yesterday"}, "Not a valid date value"),
        ({"reason": "Audit", "from_on": "2026-02-02", "to_on": "2026-02-01"}, "must end after it begins"),
    ],
)
def test_a_hold_that_is_not_complete_says_what_is_missing(client, amina, fields, sentence):
    answer = post(sign_in(client, "olga"), "/retention/holds/new", **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
def test_nobody_but_hr_finds_retention(client, amina, persona):
    other = sign_in(client, persona)
    for address in (
        "/retention",
        "/retention/holds/new",
        "/retention/holds/1/release",
        f"/candidates/{amina}/erase",
    ):
        assert other.get(address).status_code == 403
    assert "Erase" not in text_of(other.get(f"/candidates/{amina}")) or persona == "ines"
