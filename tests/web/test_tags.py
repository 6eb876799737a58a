import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview
from tracker.models.tags import ApplicationTag
from tracker.models.users import User
from tracker.services.tags import add_tags

People = dict[str, int]


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def application_id(database: Database, people: People) -> int:
    """An application in interviews on a job of Hank's; Hank and Ines sit on its panel and owe their cards."""
    with database.writing() as session:
        job = make_job(session)
        hank, ines = (session.get_one(User, people[name]) for name in ("hank", "ines"))
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        panel = [actor_of(session, person) for person in (hank, ines)]
        schedule(session, application, *panel, actor=SYSTEM)
        return application.id


def tags(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(ApplicationTag.name)))


def test_tags_are_put_on_and_taken_off_on_the_page(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{application_id}"
    assert client.get(f"{path}/tags/new").status_code == 200
    assert client.send(f"{path}/tags/new", {"tag": "Nights, <b>forklift"}).status_code == 303
    shown = page_of(client.get(path)).find(".//section[@id='tags']")
    assert ["".join(one.find(".//button/span").itertext()) for one in shown.iter("li")] == [
        "<b>forklift",
        "nights",
    ]
    assert client.send(f"{path}/tags/remove", {"tag": "nights"}).location == f"{path}#tags"
    for nothing in ("nights", ""):
        assert client.send(f"{path}/tags/remove", {"tag": nothing}).status_code == 303
    assert tags(database) == ["<b>forklift"]


def test_what_is_no_tag_is_refused_at_its_field(
    client: ReadingClient, database: Database, application_id: int
) -> None:
    sign_in(client, "rita")
    for tag in ("", " ,# ", "x" * 41):
        answer = client.send(f"/applications/{application_id}/tags/new", {"tag": tag})
        assert answer.status_code == 422
        assert page_of(answer).find(".//p[@id='tag-error']") is not None
    assert tags(database) == []


def test_tags_show_to_a_manager_once_their_scorecard_is_in_and_never_to_interviewers(
    client: ReadingClient, app: Flask, database: Database, people: People, application_id: int
) -> None:
    with database.writing() as session:
        add_tags(session, session.get_one(Application, application_id), ["canary"], actor=SYSTEM)
    hank = sign_in(app.test_client(), "hank")  # type: ignore[arg-type]
    path = f"/applications/{application_id}"
    before = text_of(hank.get(path))
    assert "canary" not in before
    assert "Tags show once your scorecard is handed in." in before
    assert "canary" not in text_of(hank.get(f"{path}/tags/new"))
    with database.writing() as session:
        interview = session.scalars(select(Interview)).one()
        for name in ("hank", "ines"):
            hand_in(session, interview, actor_of(session, session.get_one(User, people[name])))
    assert "canary" in text_of(hank.get(path))
    ines = sign_in(client, "ines")
    assert "canary" not in text_of(ines.get(path))
    assert ines.send(f"{path}/tags/remove", {"tag": "canary"}).status_code == 403
    assert tags(database) == ["canary"]


def test_application_is_given_to_a_recruiter_on_its_page(
    client: ReadingClient, app: Flask, database: Database, people: People, application_id: int
) -> None:
    sign_in(client, "olga")
    path = f"/applications/{application_id}"
    assert client.send(f"{path}/recruiter", {"recruiter": str(people["ines"])}).status_code == 422
    assert client.send(f"{path}/recruiter", {"recruiter": str(people["rita"])}).status_code == 303
    with database.reading() as session:
        assert session.get_one(Application, application_id).recruiter_id == people["rita"]
    assert "Recruiter Rita" in text_of(client.get(path)).replace("RecruiterRita", "Recruiter Rita")
    hank = sign_in(app.test_client(), "hank")  # type: ignore[arg-type]
    assert hank.send(f"{path}/recruiter", {"recruiter": "0"}).status_code == 403
    stranger = {"tag": "nights", "recruiter": "0"}
    with database.writing() as session:
        elsewhere = make_application(session).id
    for deed in ("recruiter", "tags/new", "tags/remove"):
        assert hank.send(f"/applications/{elsewhere}/{deed}", stranger).status_code in (403, 404)
    assert tags(database) == []
