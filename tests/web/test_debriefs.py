import pytest
from flask import Flask

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.queries.debriefs import debriefs_of
from tracker.queries.interviews import sessions_of

People = dict[str, int]
EVIDENCE = "Named each step of the correction."
DECISION = {"decision": "advance", "reason": "Both sessions were strong."}


@pytest.fixture
def number(database: Database, people: People) -> int:
    """An application with a session of Hank's and Ines's, for which Ines's card is in and Hank's is due."""
    with database.writing() as session:
        job = make_job(session)
        hank, ines = (session.get_one(User, people[name]) for name in ("hank", "ines"))
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        panel = (actor_of(session, hank), actor_of(session, ines))
        interview = schedule(session, application, *panel, actor=SYSTEM, competencies=KEYS[:2])
        hand_in(session, interview, actor_of(session, ines), 4)
        return application.id


def hank_hands_in(database: Database, people: People, number: int, value: int) -> None:
    with database.writing() as session:
        hank = actor_of(session, session.get_one(User, people["hank"]))
        interview = sessions_of(session, number)[0]
        hand_in(session, interview, hank, value)


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def test_manager_who_owes_a_card_reads_nothing_and_decides_nothing(
    client: ReadingClient, database: Database, number: int
) -> None:
    sign_in(client, "hank")
    path = f"/applications/{number}/debrief"
    shown = text_of(client.get(path))
    assert "Your scorecard is due" in shown
    assert EVIDENCE not in shown
    assert "Ines" not in shown
    answer = client.send(f"{path}/decision", DECISION)
    assert answer.status_code == 422
    assert "Your scorecard is due" in text_of(answer)
    with database.reading() as session:
        assert not debriefs_of(session, number)


def test_manager_sees_where_raters_differ_and_decides_with_a_reason(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    hank_hands_in(database, people, number, 2)
    sign_in(client, "hank")
    path = f"/applications/{number}/debrief"
    assert path in client.get(f"/applications/{number}").get_data(as_text=True)
    shown = text_of(client.get(path))
    assert all(word in shown for word in ("Raters differ", EVIDENCE, "Ines", "Nothing is decided yet."))
    assert client.send(f"{path}/decision", DECISION | {"reason": " "}).status_code == 422
    assert client.send(f"{path}/decision", {"reason": "Strong."}).status_code == 422
    assert client.send(f"{path}/decision", DECISION).status_code == 303
    assert DECISION["reason"] in text_of(client.get(path))


def test_debrief_is_not_for_interviewers_and_recruiters_read_without_deciding(
    client: ReadingClient, app: Flask, number: int
) -> None:
    path = f"/applications/{number}/debrief"
    assert sign_in(client, "ines").get(path).status_code == 403
    rita = sign_in(app.test_client(), "rita")  # type: ignore[arg-type]
    assert EVIDENCE in text_of(rita.get(path))
    assert rita.send(f"{path}/decision", DECISION).status_code == 403


def test_manager_of_another_job_finds_no_debrief(client: ReadingClient, database: Database) -> None:
    with database.writing() as session:
        other = make_application(session, stage=Stage.INTERVIEW).id
    sign_in(client, "hank")
    assert client.get(f"/applications/{other}/debrief").status_code == 404
    assert client.send(f"/applications/{other}/debrief/decision", DECISION).status_code == 404
