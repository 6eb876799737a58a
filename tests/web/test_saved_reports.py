"""Keeping a report under a name, opening it anew, sharing it, and stopping its mails by one click."""

import pytest
from sqlalchemy import select

from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, rita, words
from tracker.models.saved_reports import SavedReport
from tracker.services.report_mails import REPORT_PATH

__all__ = ["jobs", "rita"]
GIVEN = {"name": "Late ones", "every": ""}


def kept(database):
    with database.reading() as session:
        return session.scalars(select(SavedReport).order_by(SavedReport.id)).all()


def link_to_save(page):
    (link,) = [a.get("href") for a in page.iter("a") if words(a) == "Save"]
    return link


@pytest.fixture
def saved(rita, jobs, database):
    """A report of Rita's on one job, shared and mailed."""
    page = page_of(rita.get(f"/reports/pipeline?job={jobs['clerk']}&zone=Europe/London"))
    given = {**GIVEN, "is_shared": "y", "every": "week"}
    assert rita.send(link_to_save(page), given).status_code == 303
    return kept(database)[0]


def test_a_report_is_saved_with_its_filters_and_counts_anew(rita, saved, jobs):
    assert REPORT_PATH == "/saved-reports/"
    index = page_of(rita.get("/reports"))
    link = next(a.get("href") for a in index.iter("a") if words(a) == "Late ones")
    assert link == f"{REPORT_PATH}{saved.id}"
    answer = rita.get(link)
    assert answer.status_code == 303
    assert answer.location == f"/reports/pipeline?job={jobs['clerk']}&zone=Europe%2FLondon"
    assert "Clerk" in words(page_of(rita.get(answer.location)))
    assert "Pipeline, shared, mailed every Monday" in words(index)


def test_it_is_renamed_and_deleted(rita, saved, database):
    path = f"/saved-reports/{saved.id}"
    changed = {"name": "Slow ones", "every": "month", "version": "1"}
    assert rita.send(f"{path}/edit", changed).status_code == 303
    late = rita.send(f"{path}/edit", changed)
    assert late.status_code == 422
    assert "changed meanwhile" in late.get_data(as_text=True)
    (now,) = kept(database)
    assert (now.name, now.is_shared, now.mailed_every) == ("Slow ones", False, "month")
    assert rita.get(f"{path}/delete").status_code == 200
    assert rita.send(f"{path}/delete").status_code == 303
    assert kept(database) == []


def test_mails_stop_by_one_click_in_the_list_and_behind_the_link(rita, saved, database):
    page = page_of(rita.get("/reports"))
    form = next(f for f in page.iter("form") if (f.get("action") or "").endswith("/stop"))
    assert [words(button) for button in form.iter("button")] == ["Stop mails"]
    behind = page_of(rita.get(f"/saved-reports/{saved.id}/stop"))
    assert not [one for one in behind.findall(".//main//input") if one.get("type") != "hidden"]
    assert kept(database)[0].mailed_every == "week"
    assert rita.send(form.get("action")).status_code == 303
    assert kept(database)[0].mailed_every is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": " "}, "name"), ({"name": "late ONES"}, "name"), ({"every": "hour"}, "every")],
)
def test_wrong_ones_are_told_at_their_field(rita, saved, database, wrong, field):
    answer = rita.send("/saved-reports/new/funnel", {**GIVEN, "name": "Other", **wrong})
    assert answer.status_code == 422
    errors = [e.get("id") for e in page_of(answer).iter("p") if e.get("class") == "error"]
    assert errors == [f"{field}-error"]
    assert len(kept(database)) == 1


def test_filters_that_a_report_does_not_take_are_not_kept(rita, jobs, database):
    for asked in ("from=tomorrow", "days=business", "job=x"):
        assert rita.send(f"/saved-reports/new/funnel?{asked}", GIVEN).status_code == 422
    assert rita.get("/saved-reports/new/gossip").status_code == 404
    assert rita.get("/saved-reports/new/adverse-impact").status_code == 403
    assert kept(database) == []


def test_others_open_what_is_shared_under_their_own_permission_and_change_nothing(app, rita, saved, database):
    olga = sign_in(app.test_client(), "olga")
    page = page_of(olga.get("/reports"))
    assert "Late ones" in words(page)
    assert not [f for f in page.iter("form") if (f.get("action") or "").endswith("/stop")]
    assert olga.get(f"/saved-reports/{saved.id}").status_code == 303
    for deed in ("edit", "stop", "delete"):
        assert olga.get(f"/saved-reports/{saved.id}/{deed}").status_code == 404
        assert olga.send(f"/saved-reports/{saved.id}/{deed}", GIVEN).status_code == 404
    assert [one.name for one in kept(database)] == ["Late ones"]


def test_what_is_not_shared_does_not_exist_for_others(app, rita, saved):
    rita.send(f"/saved-reports/{saved.id}/edit", {"name": "Canary", "every": "", "version": "1"})
    olga = sign_in(app.test_client(), "olga")
    assert "Canary" not in words(page_of(olga.get("/reports")))
    assert olga.get(f"/saved-reports/{saved.id}").status_code == 404


def test_whoever_may_not_read_reports_opens_none(app, rita, saved):
    ines = sign_in(app.test_client(), "ines")
    assert ines.get(f"/saved-reports/{saved.id}").status_code in (403, 404)
    hank = sign_in(app.test_client(), "hank")
    assert hank.get(f"/saved-reports/{saved.id}").status_code == 303
    # Shared, and still of Hank's own jobs only.
    other = hank.get("/reports/pipeline?job=999")
    assert other.status_code == 422


def test_a_saved_report_whose_job_is_gone_says_so_at_its_field(rita, saved):
    answer = rita.get("/reports/pipeline?job=999999")
    assert answer.status_code == 422
    assert "There is no such job" in answer.get_data(as_text=True)
