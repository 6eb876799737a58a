"""My work as a page: the first one after signing in, each line with its way on."""

from datetime import timedelta

import pytest

from tests.candidates import sent_offer
from tests.factories import actor_of, join_team, make_actor, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import STAGES, Stage
from tracker.models.applications import Application
from tracker.models.users import User
from tracker.services import references
from tracker.services.offers import decline_offer
from tracker.services.onboarding import add_task


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


def test_a_long_group_shows_its_first_and_then_all(client, database, people, numbers):
    with database.writing() as session:
        job = session.get_one(Application, numbers["new"]).job
        for _ in range(10):
            make_application(session, job)
    page = page_of(sign_in(client, "rita").get("/my-work"))
    assert len(page.findall(".//li[@class='item']")) == 8
    (link,) = [a for a in page.iter("a") if "Show all" in "".join(a.itertext())]
    assert "".join(link.itertext()) == "Show all 11"
    all_ = client.get(link.get("href"))
    assert len(page_of(all_).findall(".//li[@class='item']")) == 11
    assert client.get("/my-work?show=nothing").status_code == 404
    assert "Nothing waits for you" in client.get("/my-work?show=assess").get_data(as_text=True)


def test_a_declined_offer_says_why_and_leads_to_the_application(client, database, people, numbers):
    with database.writing() as session:
        job = session.get_one(Application, numbers["new"]).job
        application = make_application(session, job, stage=Stage.OFFER)
        offer = sent_offer(session, application)
        decline_offer(session, offer, reason="Paid 100% <elsewhere>", actor=SYSTEM)
        number = application.id
    page = sign_in(client, "rita").get("/my-work")
    assert f"/applications/{number}" in lines(page_of(page)).values()
    assert "because: Paid 100% &lt;elsewhere&gt;" in page.get_data(as_text=True)


@pytest.fixture
def canaries(database, people):
    """On a job where nobody but rita has a part: something of every kind, each with a name of its own."""
    with database.writing() as session:
        job = make_job(session)
        rita = session.get_one(User, people["rita"])
        join_team(session, job, rita, TeamRole.RECRUITER)
        publish_rubric(session, job)
        known = actor_of(session, rita)
        for stage in STAGES:
            candidate = make_candidate(session, f"Canary {stage.value}", profile={"basics": {}})
            application = make_application(session, job, stage=stage, candidate=candidate)
            if stage is Stage.INTERVIEW:
                late = clock.now() - timedelta(days=3)
                schedule(
                    session,
                    application,
                    make_actor(session, Role.INTERVIEWER, name="Ivan"),
                    actor=SYSTEM,
                    starts_at=late,
                )
            if stage is Stage.REFERENCES:
                asked = references.add_reference(session, application, referee_name="Bela", actor=known)
                references.record_consent(session, asked, actor=known)
                asked.requested_at = clock.now() - timedelta(days=6)
            if stage is Stage.ONBOARDING:
                task = {"title": "Paperwork", "is_required": True, "due_on": clock.today()}
                for owner in (TaskOwner.CANDIDATE, TaskOwner.HR):
                    add_task(session, application, owner=owner, **task, actor=known)


def test_each_sees_of_all_that_waits_only_what_is_theirs(client, app, canaries):
    def seen(persona):
        page = sign_in(app.test_client(), persona).get("/my-work").get_data(as_text=True)
        return {stage.value for stage in STAGES if f"Canary {stage.value}" in page}

    assert seen("rita") == {"application", "interview", "references", "offer", "onboarding"}
    assert seen("olga") == {"onboarding"}
    assert seen("hank") == seen("ines") == set()
