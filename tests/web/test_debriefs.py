from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from tests.factories import actor_of, join_team, make_actor, make_application, make_job
from tests.interviewing import KEYS, RUBRIC, hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.models.applications import Application
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


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    statements: list[str] = []

    def note(conn: object, cursor: object, statement: str, *more: object) -> None:
        statements.append(statement.strip())

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


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


def test_decision_against_the_score_is_taken_knowingly(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    hank_hands_in(database, people, number, 4)
    sign_in(client, "hank")
    path = f"/applications/{number}/debrief"
    stop = {"decision": "stop", "reason": "The candidate wants another shift."}
    refused = client.send(f"{path}/decision", stop)
    assert refused.status_code == 422
    error = page_of(refused).find(".//*[@id='knows_score-error']")
    assert "The score reaches its target: 4.0" in "".join(error.itertext())
    assert client.send(f"{path}/decision", stop | {"knows_score": "y"}).status_code == 303
    assert stop["reason"] in text_of(client.get(path))


def test_debrief_shows_evidence_beside_the_anchors_and_what_is_covered(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    hank_hands_in(database, people, number, 2)
    sign_in(client, "hank")
    page = page_of(client.get(f"/applications/{number}/debrief"))
    shown = " ".join("".join(page.itertext()).split())
    row = RUBRIC.competency(KEYS[0])
    anchors = [anchor.statement for anchor in row.anchors.values() if anchor]
    assert all(" ".join(text.split()) in shown for text in anchors)
    assert f"0 of {sum(one.is_required for one in RUBRIC.competencies)}" in shown
    chips = [chip.get("data-value") for chip in page.findall(".//span[@class='score']")]
    assert sorted(chips) == ["2", "2", "4", "4"]


def test_card_that_came_days_after_its_session_is_shown_as_late(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    path = f"/applications/{number}/debrief"
    sign_in(client, "rita")
    assert "Late, after" not in text_of(client.get(path))
    with database.writing() as session:
        application = session.get_one(Application, number)
        ivan = make_actor(session, Role.INTERVIEWER, name="Ivan")
        at = clock.now() - timedelta(days=3, hours=2)
        hand_in(session, schedule(session, application, ivan, actor=SYSTEM, starts_at=at), ivan)
    assert "Late, after 3 days" in text_of(client.get(path))


def test_session_tells_who_schedules_that_its_people_cover_too_little(
    client: ReadingClient, app: Flask, database: Database, number: int
) -> None:
    with database.reading() as session:
        path = f"/interviews/{sessions_of(session, number)[0].id}"
    told = "The people assigned do not cover every competency"
    assert told in text_of(sign_in(client, "rita").get(path))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert told not in text_of(ines.get(path))


def test_debrief_opens_where_raters_differ_and_folds_the_rest(
    client: ReadingClient, database: Database, people: People, number: int
) -> None:
    def folded() -> dict[str, bool]:
        page = page_of(client.get(f"/applications/{number}/debrief"))
        rows = [one for one in page.iter("details") if "debrief-row" in one.get("class", "")]
        return {one.find("div").get("id"): one.get("open") is None for one in rows}

    sign_in(client, "rita")
    assert set(folded().values()) == {True}, "one card differs from nobody"
    hank_hands_in(database, people, number, 2)
    assert folded() == {f"row-{key}": False for key in KEYS[:2]}
    page = client.get(f"/applications/{number}/debrief").get_data(as_text=True)
    assert page.index("Nothing is decided yet.") < page.index(f"row-{KEYS[0]}") < page.index("Overall words")


def test_debrief_costs_as_many_queries_for_one_card_as_for_eight_on_ten_rows(
    client: ReadingClient, database: Database, people: People
) -> None:
    counts = []
    sign_in(client, "rita")
    for cards in (1, 8):
        with database.writing() as session:
            job = make_job(session)
            publish_rubric(session, job)
            application = make_application(session, job, stage=Stage.INTERVIEW)
            for _ in range(cards):
                ivan = make_actor(session, Role.INTERVIEWER, name="Ivan")
                interview = schedule(session, application, ivan, actor=SYSTEM, competencies=KEYS[:10])
                hand_in(session, interview, ivan)
            path = f"/applications/{application.id}/debrief"
        with counted(database) as statements:
            assert client.get(path).status_code == 200
        reads = [statement for statement in statements if statement.startswith("SELECT")]
        counts.append(len(reads))

    assert counts[0] == counts[1] < 40
