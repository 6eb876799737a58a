"""HR keeps calendars of holidays, and reports in business days leave them out."""

import pytest
from sqlalchemy import select

from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, olga, rita, words
from tracker.models.holidays import HolidayCalendar

__all__ = ["jobs", "olga", "rita"]
GIVEN = {"name": "England", "jurisdiction": "GB", "days": "2026-03-02 Fair\n2026-12-25 Christmas Day"}


@pytest.fixture
def england(olga, database):
    assert olga.send("/holidays/new", GIVEN).status_code == 303
    with database.reading() as session:
        return session.scalars(select(HolidayCalendar)).one().id


def test_hr_adds_changes_and_removes_a_calendar(olga, england, database):
    assert "2 days, the last 25 Dec 2026" in words(page_of(olga.get("/holidays")))
    page = page_of(olga.get(f"/holidays/{england}"))
    assert page.find(".//textarea[@name='days']").text.strip() == GIVEN["days"]
    changed = {**GIVEN, "days": "2026-12-25", "version": "1"}
    assert olga.send(f"/holidays/{england}", changed).status_code == 303
    late = olga.send(f"/holidays/{england}", changed)
    assert late.status_code == 422
    assert "Somebody else saved this calendar" in late.get_data(as_text=True)
    assert "1 day, the last" in words(page_of(olga.get("/holidays")))
    assert olga.send(f"/holidays/{england}/remove", {}).status_code == 303
    assert "No calendars yet" in words(page_of(olga.get("/holidays")))
    assert olga.get(f"/holidays/{england}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "ENGLAND"}, "name"),
        ({"jurisdiction": "nowhere at all"}, "jurisdiction"),
        ({"days": "Christmas"}, "days"),
    ],
)
def test_wrong_ones_are_told_at_their_field_and_nothing_is_kept(olga, england, database, wrong, field):
    answer = olga.send("/holidays/new", {**GIVEN, "name": "Wales", **wrong})
    assert answer.status_code == 422
    errors = [e.get("id") for e in page_of(answer).iter("p") if e.get("class") == "error"]
    assert errors == [f"{field}-error"]
    with database.reading() as session:
        assert session.scalars(select(HolidayCalendar.name)).all() == ["England"]


@pytest.mark.parametrize("name", ["rita", "hank", "ines"])
def test_others_do_not_keep_calendars(client, england, name):
    person = sign_in(client, name)
    for path in ("/holidays", "/holidays/new", f"/holidays/{england}", f"/holidays/{england}/remove"):
        assert person.get(path).status_code == 403


def test_a_report_in_business_days_says_so_and_keeps_it_in_rows_and_files(client, olga, england, jobs):
    rita = sign_in(client, "rita")
    page = page_of(rita.get(f"/reports/time-in-stage?job={jobs['clerk']}&days=business&holidays=England"))
    assert "; in business days, calendar England." in words(page)
    assert "Days: business" in words(page)
    assert "Holidays: England" in words(page)
    link = next(a.get("href") for a in page.iter("a") if "figure=spells" in (a.get("href") or ""))
    rows = page_of(rita.get(link))
    assert "calendar England" in words(rows)
    # From Sunday to Monday 2 March, which is a holiday there.
    cells = [words(row) for row in rows.find(".//tbody")]
    assert all(cell.endswith("0.0") for cell in cells)
    file = next(a.get("href") for a in page.iter("a") if "format=json" in (a.get("href") or ""))
    assert "less the holidays of England" in rita.get(file).get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("days=moon", "days"),
        ("days=business&holidays=Nowhere", "holidays"),
        ("holidays=England", "holidays"),
        ("days=calendar&holidays=England", "holidays"),
    ],
)
def test_days_that_there_are_not_are_refused_at_their_field(rita, asked, field):
    for name in ("ageing", "time-to-hire"):
        answer = rita.get(f"/reports/{name}?{asked}")
        assert answer.status_code == 422
        errors = [e.get("id") for e in page_of(answer).iter("p") if e.get("class") == "error"]
        assert errors == [f"{field}-error"]


def test_a_report_that_states_no_days_refuses_and_does_not_offer_them(rita):
    answer = rita.get("/reports/funnel?days=business")
    assert answer.status_code == 422
    assert "does not count in business days" in answer.get_data(as_text=True)
    assert not page_of(rita.get("/reports/funnel")).findall(".//select[@name='days']")
    assert page_of(rita.get("/reports/ageing")).findall(".//select[@name='days']")
