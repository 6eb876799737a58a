from datetime import timedelta

import pytest
from flask import Flask

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import KEYS, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.users import User

People = dict[str, int]


@pytest.fixture
def number(database: Database, people: People) -> int:
    """An application in Interview on a job of Hank's whose rubric is published."""
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        return make_application(session, job, stage=Stage.INTERVIEW).id


def form_for(people: People, **changes: object) -> dict[str, object]:
    start = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    values = {"kind": "panel", "starts_at": start, "minutes": "45", "place": "Room 2"}
    return {**values, "panel": [str(people["ines"])], "competencies": KEYS[:2], **changes}


def stored(database: Database, interview_id: int) -> Interview:
    with database.reading() as session:
        return session.get_one(Interview, interview_id)


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_hiring_manager_schedules_and_the_interviewer_finds_the_session(
    client: ReadingClient, app: Flask, database: Database, people: People, number: int
) -> None:
    sign_in(client, "hank")
    path = f"/applications/{number}/interviews/new"
    assert path in client.get(f"/applications/{number}").get_data(as_text=True)
    assert "Ines" in text_of(client.get(path))
    answer = client.send(path, form_for(people))
    assert answer.status_code == 303
    assert "Room 2" in text_of(client.get(answer.location))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert answer.location in ines.get("/interviews").get_data(as_text=True)
    assert "Your scorecard is due" in text_of(ines.get(answer.location))
    assert answer.location in ines.get(f"/applications/{number}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "4"),
        ("minutes", "1e9"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("starts_at", "soon"),
        ("panel", []),
        ("panel", ["9" * 30]),
        ("competencies", ["made up"]),
    ],
)
def test_session_that_does_not_hold_says_so_at_the_field(
    client: ReadingClient, people: People, number: int, field: str, value: object
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/applications/{number}/interviews/new", form_for(people, **{field: value}))
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None


def test_job_without_a_rubric_says_what_to_do_first(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        bare = make_application(session, stage=Stage.INTERVIEW).id
    sign_in(client, "rita")
    assert "Publish a rubric" in text_of(client.get(f"/applications/{bare}/interviews/new"))


@pytest.fixture
def interview_id(database: Database, people: People, number: int) -> int:
    """Ines's session on the application."""
    with database.writing() as session:
        ines = actor_of(session, session.get_one(User, people["ines"]))
        application = session.get_one(Application, number)
        return schedule(session, application, ines, actor=SYSTEM).id


def test_session_is_marked_as_held_or_cancelled_with_a_reason(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "hank")
    path = f"/interviews/{interview_id}"
    assert client.send(f"{path}/cancel", {"reason": " "}).status_code == 422
    assert client.send(f"{path}/hold").status_code == 303
    assert stored(database, interview_id).status is InterviewStatus.HELD
    assert "held already" in text_of(client.send(f"{path}/cancel", {"reason": "Ill."}))


def test_cancelled_session_leaves_the_list_of_its_interviewer(
    client: ReadingClient, app: Flask, database: Database, interview_id: int
) -> None:
    path = f"/interviews/{interview_id}"
    assert sign_in(client, "hank").send(f"{path}/cancel", {"reason": "Ill."}).status_code == 303
    assert "Cancelled: Ill." in text_of(client.get(path))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert "No interviews yet" in text_of(ines.get("/interviews"))


def test_interviewer_neither_schedules_nor_cancels(
    client: ReadingClient, database: Database, people: People, number: int, interview_id: int
) -> None:
    sign_in(client, "ines")
    assert client.send(f"/applications/{number}/interviews/new", form_for(people)).status_code == 403
    assert client.send(f"/interviews/{interview_id}/cancel", {"reason": "Ill."}).status_code == 403
    assert stored(database, interview_id).status is InterviewStatus.SCHEDULED


def test_who_has_no_part_in_the_job_finds_no_session(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job)
        other = make_application(session, job, stage=Stage.INTERVIEW)
        olga = actor_of(session, session.get_one(User, people["olga"]))
        theirs = schedule(session, other, olga, actor=SYSTEM).id
        number = other.id
    sign_in(client, "hank")
    paths = [f"/interviews/{theirs}{part}" for part in ("", "/hold", "/cancel")]
    for path in (*paths, f"/applications/{number}/interviews/new"):
        assert client.get(path).status_code == 404
    assert sign_in(client, "ines").get(f"/interviews/{theirs}").status_code == 404
