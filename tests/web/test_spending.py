"""HR records what a source cost, and the report on sources tells the cost per hire."""

import json

import pytest
from sqlalchemy import select

from tests.factories import make_job
from tests.histories import write_history
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, olga, words
from tracker.domain.stages import Outcome, Stage
from tracker.models.spending import SourceSpend

__all__ = ["jobs", "olga"]
GIVEN = {
    "source": "agency",
    "amount": "2,400",
    "currency": "EUR",
    "starts_on": "2026-03-01",
    "ends_on": "2026-03-31",
}


@pytest.fixture
def hired(database, jobs):
    with database.writing() as session:
        job = make_job(session, title="Desk", openings=9)
        for _ in range(2):
            places = ((0, Stage.APPLICATION, Outcome.ACTIVE), (3, Stage.ONBOARDING, Outcome.ACTIVE))
            write_history(session, job, *places, source="agency")


def test_what_is_recorded_is_told_per_hire_on_page_and_in_files_until_taken_back(olga, hired, database):
    assert olga.send("/spending/new", GIVEN).status_code == 303
    assert lines_of(page_of(olga.get("/spending")), "Spend on sources")[0][:2] == ["agency", "2,400 EUR"]
    page = page_of(olga.get("/reports/sources"))
    agency = next(line for line in lines_of(page, "Sources") if line[0] == "agency")
    assert agency[-2:] == ["2,400.00 EUR", "1,200.00 EUR"]
    rows = json.loads(olga.get("/reports/sources/export?format=json").data)["rows"]
    assert {row["source"]: row["cost_per_hire"] for row in rows} == {"agency": "1200.00 EUR", "unknown": None}
    for format_ in ("csv", "xlsx"):
        assert olga.get(f"/reports/sources/export?format={format_}").status_code == 200
    with database.reading() as session:
        number = session.scalars(select(SourceSpend.id)).one()
    assert olga.send(f"/spending/{number}/remove").status_code == 303
    assert "Nothing recorded yet" in words(page_of(olga.get("/spending")))


def test_spend_stands_beside_what_it_was_in_the_window_before(olga, hired):
    olga.send("/spending/new", {**GIVEN, "amount": "31", "starts_on": "2026-03-01"})
    window = "from=2026-03-02&to=2026-03-03&zone=UTC&with_before=1"
    lines = lines_of(page_of(olga.get(f"/reports/sources?{window}")), "Sources")
    agency = next(line for line in lines if line[0] == "agency")
    assert agency[-2] == "1.00 EUR was 1.00 EUR"


def test_a_source_with_spend_and_no_applicant_is_shown(olga, jobs):
    assert olga.send("/spending/new", {**GIVEN, "source": "print"}).status_code == 303
    lines = lines_of(page_of(olga.get("/reports/sources")), "Sources")
    assert lines[-1] == ["print", "0", "0", "0", "—", "—", "—", "2,400.00 EUR", "—"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "carrier pigeon"}, "source"),
        ({"amount": "a lot"}, "amount"),
        ({"currency": "ABC"}, "currency"),
        ({"starts_on": "yesterday"}, "starts_on"),
        ({"ends_on": "2026-02-01"}, "ends_on"),
    ],
)
def test_wrong_ones_are_told_at_their_field_and_nothing_is_kept(olga, jobs, database, wrong, field):
    answer = olga.send("/spending/new", {**GIVEN, **wrong})
    assert answer.status_code == 422
    errors = [e.get("id") for e in page_of(answer).iter("p") if e.get("class") == "error"]
    assert errors == [f"{field}-error"]
    with database.reading() as session:
        assert session.scalars(select(SourceSpend)).all() == []


@pytest.mark.parametrize("name", ["rita", "hank", "ines"])
def test_others_record_nothing(client, jobs, name):
    person = sign_in(client, name)
    for path in ("/spending", "/spending/new", "/spending/1/remove"):
        assert person.get(path).status_code == 403
