"""My work as a page: the first one after signing in, each line with its way on."""

from datetime import timedelta

import pytest

from tests.factories import actor_of, join_team, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.users import User


@pytest.fixture
def numbers(database, people):
    """A job of rita and ines with one application that waits for each of them."""
    with database.writing() as session:
        job = make_job(session)
        users = {name: session.get_one(User, people[name]) for name in ("rita", "ines")}
        join_team(session, job, users["rita"], TeamRole.RECRUITER)
        publish_rubric(session, job)
        name = "Wilhelmina Featherstonehaugh-Cholmondeley Montgomery the Third"
        new = make_application(session, job, candidate=make_candidate(session, name))
        seen = make_application(
            session, job, stage=Stage.INTERVIEW, candidate=make_candidate(session, "محمد الأمين")
        )
        start = clock.now() - timedelta(hours=3)
        held = schedule(session, seen, actor_of(session, users["ines"]), actor=SYSTEM, starts_at=start)
        return {"new": new.id, "held": held.id}


def lines(page):
    return {
        "".join(a.itertext()).strip(): a.get("href")
        for a in page.findall(".//li[@class='item']//a[@class='item-title']")
    }


def test_signing_in_leads_to_my_work(client, people):
    sign_in(client, "rita")
    assert client.get("/").headers["Location"] == "/my-work"


def test_each_line_leads_to_where_it_is_done(client, numbers):
    sign_in(client, "rita")
    assert f"/applications/{numbers['new']}" in lines(page_of(client.get("/my-work"))).values()
    sign_in(client, "ines")
    found = lines(page_of(client.get("/my-work")))
    assert found == {"محمد الأمين": f"/interviews/{numbers['held']}/scorecard"}
    assert client.get(found["محمد الأمين"]).status_code == 200


@pytest.mark.parametrize("persona", ["hank", "olga"])
def test_nothing_of_other_peoples_work_shows(client, numbers, persona):
    sign_in(client, persona)
    page = client.get("/my-work")
    assert lines(page_of(page)) == {}
    assert "Nothing waits for you" in page.get_data(as_text=True)


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/my-work").status_code == 302
