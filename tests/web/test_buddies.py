"""The pages about a buddy: naming one, and what the buddy sees of the new colleague and nothing besides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.candidates import own_client
from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import page_of
from tracker import clock
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import Stage
from tracker.models.onboarding import OnboardingBuddy, OnboardingTask
from tracker.models.users import User
from tracker.services.onboarding import add_task


@pytest.fixture
def hire_id(database, people):
    with database.writing() as session:
        job = make_job(session, title="CANARY of a job")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        candidate = make_candidate(session, "Amina Yusuf", email="canary@example.net", phone="0113")
        hire = make_application(session, job, stage=Stage.ONBOARDING, candidate=candidate)
        for title, owner in (("Show the canteen", TaskOwner.BUDDY), ("Sign CANARY", TaskOwner.HR)):
            day = clock.today() + timedelta(days=1)
            add_task(session, hire, title=title, owner=owner, due_on=day, actor=SYSTEM)
        return hire.id


def name(client, hire_id, user_id, seen="nobody"):
    path = f"/applications/{hire_id}/onboarding/buddy"
    return client.send(path, {"buddy": str(user_id), "seen": str(seen)})


def test_a_buddy_is_named_and_sees_what_is_theirs_alone(client, database, people, hire_id):
    sign_in(client, "ines")
    assert client.get(f"/buddies/{hire_id}").status_code == 404
    sign_in(client, "hank")
    assert "Nobody yet" in text_of(client.get(f"/applications/{hire_id}/onboarding"))
    assert name(client, hire_id, people["ines"]).status_code == 303
    assert "Ines is the one to ask" in text_of(client.get(f"/applications/{hire_id}/onboarding"))
    sign_in(client, "ines")
    found = page_of(client.get("/my-work")).find(".//li[@class='item']//a[@class='item-title']")
    assert (found.text, found.get("href")) == ("Amina Yusuf", f"/buddies/{hire_id}")
    page = client.get(f"/buddies/{hire_id}")
    said = page.get_data(as_text=True)
    assert "Amina Yusuf" in said
    assert "Show the canteen" in said
    assert "canary" not in said.lower()
    for closed in ("", "/onboarding"):
        assert client.get(f"/applications/{hire_id}{closed}").status_code in (403, 404)
    assert client.get("/candidates/1").status_code == 404
    assert client.send(f"/buddies/{hire_id}/tasks/1/done", {}).status_code == 303
    assert client.send(f"/buddies/{hire_id}/tasks/1/done", {}).status_code == 422
    assert client.send(f"/buddies/{hire_id}/tasks/2/done", {}).status_code == 404
    with database.reading() as session:
        done = select(OnboardingTask.done_at).order_by(OnboardingTask.id)
        assert [at is not None for at in session.scalars(done)] == [True, False]


@pytest.mark.parametrize(("persona", "status"), [("olga", 303), ("hank", 303), ("rita", 403), ("ines", 404)])
def test_hr_and_the_hiring_manager_may_and_others_may_not(client, database, people, hire_id, persona, status):
    assert name(sign_in(client, persona), hire_id, people["ines"]).status_code in (status, 403)
    with database.reading() as session:
        assert bool(session.scalars(select(OnboardingBuddy)).all()) == (status == 303)


@pytest.mark.parametrize(
    ("chosen", "seen", "status"),
    [("999", "nobody", 422), ("x", "nobody", 422), ("", "nobody", 422), ("3", "2", 422), ("3", "٣", 303)],
)
def test_nobody_is_named_by_a_wrong_choice(client, database, people, hire_id, chosen, seen, status):
    assert name(sign_in(client, "olga"), hire_id, chosen, seen).status_code == status
    with database.reading() as session:
        assert bool(session.scalars(select(OnboardingBuddy)).all()) == (status == 303)


def test_another_buddy_finds_it_no_more_once_changed(client, people, hire_id):
    sign_in(client, "olga")
    name(client, hire_id, people["ines"])
    assert name(client, hire_id, people["rita"], seen=people["ines"]).status_code == 303
    assert client.get(f"/buddies/{hire_id}").status_code == 404
    assert sign_in(client, "ines").get(f"/buddies/{hire_id}").status_code == 404
    assert sign_in(client, "rita").get(f"/buddies/{hire_id}").status_code == 200
    sign_in(client, "olga")
    assert name(client, hire_id, "nobody", seen=people["rita"]).status_code == 303
    assert "Nobody yet" in text_of(client.get(f"/applications/{hire_id}/onboarding"))


def test_the_checklist_gives_tasks_to_buddies(client, hire_id):
    sign_in(client, "olga")
    values = {"title": "Have lunch together", "owner": "buddy", "days_after_start": "0"}
    page = page_of(client.get("/onboarding-templates/new"))
    assert "buddy" in [one.get("value") for one in page.findall(".//select[@name='owner']/option")]
    assert client.send("/onboarding-templates/new", values).status_code == 303


def test_the_new_hires_own_page_tells_who_it_is(app, database, people, hire_id):
    own = own_client(app, database, 1)
    assert "Your buddy" not in text_of(own.get(f"/my/applications/{hire_id}"))
    name(sign_in(app.test_client(), "olga"), hire_id, people["ines"])
    assert "Ines looks after you" in text_of(own.get(f"/my/applications/{hire_id}"))
