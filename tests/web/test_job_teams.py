"""Putting together a job's hiring team by its pages."""

import pytest
from flask import Flask

from tests.factories import actor_of, make_application, make_user
from tests.interviewing import publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_job_setups import Office, People, links_of, office, text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.models.jobs import Job
from tracker.models.users import User

__all__ = ["office"]


def parts(office: Office) -> set[tuple[int, TeamRole]]:
    return {(member.user_id, member.role) for member in office.job().team}


def test_only_people_whose_role_fits_are_offered_and_taken(
    client: ReadingClient, office: Office, people: People
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/team/recruiter/add"
    offered = {option.get("value") for option in page_of(client.get(path)).iter("option")}
    assert offered == {"", str(people["rita"])}
    for wrong in (people["ines"], "", "9" * 30, "rita"):
        answer = client.send(path, {"user": str(wrong)})
        assert answer.status_code == 422
        assert page_of(answer).find(".//*[@id='user-error']") is not None
    assert client.send(path, {"user": str(people["rita"])}).status_code == 303
    assert (people["rita"], TeamRole.RECRUITER) in parts(office)
    assert "Rita" in text_of(client.get(f"/jobs/{office.job_id}/team"))
    assert "Nobody is left to add" in text_of(client.get(path))


def test_who_joins_sees_the_job_and_who_leaves_does_not(
    client: ReadingClient, app: Flask, database: Database, office: Office, people: People
) -> None:
    sign_in(client, "hank")
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    path = f"/jobs/{office.job_id}/team/interviewer/{people['ines']}/remove"
    assert "no longer finds this job" in text_of(client.get(path))
    assert ines.get(f"/jobs/{office.job_id}/team").status_code == 200
    assert client.send(path).status_code == 303
    assert ines.get(f"/jobs/{office.job_id}/team").status_code == 404
    assert client.send(path).status_code == 404


def test_scorecards_due_are_said_before_somebody_leaves_and_stay_due(
    client: ReadingClient, database: Database, office: Office, people: People
) -> None:
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        publish_rubric(session, job)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        for _ in range(2):
            application = make_application(session, job, stage=Stage.INTERVIEW)
            schedule(session, application, ines, actor=SYSTEM)
    sign_in(client, "rita")
    assert "2 scorecards due" in text_of(client.get(f"/jobs/{office.job_id}/team"))
    path = f"/jobs/{office.job_id}/team/interviewer/{people['ines']}/remove"
    assert "2 scorecards are still due from Ines" in text_of(client.get(path))
    assert client.send(path).status_code == 303
    sign_in(client, "ines")
    assert "Your scorecard is due" in text_of(client.get("/interviews/1"))


def test_last_hiring_manager_stays_and_the_page_says_so_before_the_click(
    client: ReadingClient, database: Database, office: Office, people: People
) -> None:
    sign_in(client, "rita")
    team = f"/jobs/{office.job_id}/team"
    path = f"{team}/hiring_manager/{people['hank']}/remove"
    assert path not in links_of(client.get(team))
    assert "keeps a hiring manager" in text_of(client.get(team))
    assert "keeps a hiring manager" in text_of(client.get(path))
    assert client.send(path).status_code == 422
    with database.writing() as session:
        hanna = make_user(session, "Hanna", Role.HIRING_MANAGER).id
    assert client.send(f"{team}/hiring_manager/add", {"user": str(hanna)}).status_code == 303
    assert path in links_of(client.get(team))
    assert client.send(path).status_code == 303
    assert parts(office) == {(hanna, TeamRole.HIRING_MANAGER), (people["ines"], TeamRole.INTERVIEWER)}


def test_manager_who_leaves_their_own_team_comes_back_to_the_list(
    client: ReadingClient, database: Database, office: Office, people: People
) -> None:
    sign_in(client, "hank")
    team = f"/jobs/{office.job_id}/team"
    with database.writing() as session:
        hanna = make_user(session, "Hanna", Role.HIRING_MANAGER).id
    assert client.send(f"{team}/hiring_manager/add", {"user": str(hanna)}).status_code == 303
    answer = client.send(f"{team}/hiring_manager/{people['hank']}/remove")
    assert (answer.status_code, answer.location) == (303, "/jobs")
    assert client.get(team).status_code == 404


@pytest.mark.parametrize(
    "path", ["boss/add", "recruiter/1/remove", "interviewer/999999/remove", "boss/1/remove"]
)
def test_parts_and_people_that_are_not_on_the_team_are_nowhere(
    client: ReadingClient, office: Office, path: str
) -> None:
    assert sign_in(client, "olga").get(f"/jobs/{office.job_id}/team/{path}").status_code == 404


def test_interviewer_of_the_team_reads_it_and_changes_nothing(
    client: ReadingClient, office: Office, people: People
) -> None:
    sign_in(client, "ines")
    page = client.get(f"/jobs/{office.job_id}/team")
    assert not [href for href in links_of(page) if "/add" in href or "/remove" in href]
    before = parts(office)
    for path in ("interviewer/add", f"interviewer/{people['ines']}/remove"):
        assert client.send(f"/jobs/{office.job_id}/team/{path}", {"user": "1"}).status_code == 403
    assert parts(office) == before
