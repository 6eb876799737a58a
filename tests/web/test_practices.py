"""The practice pages: offered before a first card, for the person alone, and nothing half saved."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import actor_of, join_team, make_actor, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_debriefs import text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.practices import Practice
from tracker.models.scorecards import Rating
from tracker.models.users import User

People = dict[str, int]


@pytest.fixture
def interview_id(database: Database, people: People) -> int:
    """A session of Ines's on a job of Hank's."""
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        return schedule(session, application, ines, actor=SYSTEM).id


def filled(page: Any, value: str) -> dict[str, str]:
    """The form of the page with this choice for each sample."""
    names = {field.get("name") for field in page.findall(".//main//input[@type='radio']")}
    attempt = page.find(".//input[@name='attempt']").get("value")
    return dict.fromkeys(sorted(names), value) | {"attempt": attempt}


def practices(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Practice)) or 0


def test_new_interviewer_practises_and_reads_the_key(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/practice"
    assert "Practise before your first card" in text_of(client.get("/interviews"))
    assert path in client.get("/interviews").get_data(as_text=True)
    page = page_of(client.get(path))
    answers = ["".join(one.itertext()) for one in page.findall(".//blockquote")]
    assert len(answers) == 2
    kept = client.send(path, filled(page, "3"))
    assert kept.status_code == 303
    said = text_of(client.get(kept.headers["Location"]))
    assert all(" ".join(answer.split()) in said for answer in answers)
    assert said.count("the sample shows this") == 2
    assert said.count("your choice") == 2
    again = text_of(client.get("/interviews"))
    assert "Practise before your first card" not in again
    assert "You practised once" in again


def test_choice_that_is_missing_or_off_the_scale_is_told_at_its_field(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/practice"
    values = filled(page_of(client.get(path)), "2")
    name = next(key for key in values if key.startswith("answers."))
    for wrong in ({name: ""}, {name: "9"}, {name: "x"}, {"attempt": ""}, {"attempt": "x"}, {"attempt": "7"}):
        answer = client.send(path, values | wrong)
        assert answer.status_code == 422, wrong
        assert page_of(answer).find(".//*[@role='alert']") is not None, wrong
    assert practices(database) == 0


def test_form_that_is_sent_twice_keeps_one_practice(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/practice"
    values = filled(page_of(client.get(path)), "1")
    first, second = client.send(path, values), client.send(path, values)
    assert first.headers["Location"] == second.headers["Location"]
    assert practices(database) == 1
    assert values != filled(page_of(client.get(path)), "1")


def test_practice_is_nobody_elses_to_see(
    client: ReadingClient, app: Flask, database: Database, interview_id: int
) -> None:
    sign_in(client, "ines")
    path = f"/interviews/{interview_id}/practice"
    shown = client.send(path, filled(page_of(client.get(path)), "4")).headers["Location"]
    for persona in ("rita", "hank", "olga"):
        other = sign_in(app.test_client(), persona)  # type: ignore[arg-type]
        assert other.get(shown).status_code == 404
        assert other.get(path).status_code == 403
    assert client.get(shown).status_code == 200
    with database.reading() as session:
        assert not session.scalars(select(Rating)).all(), "what is practised is no rating"


def test_interviewer_of_other_sessions_finds_none(
    client: ReadingClient, database: Database, interview_id: int
) -> None:
    with database.writing() as session:
        elsewhere = make_application(session, stage=Stage.INTERVIEW)
        publish_rubric(session, session.get_one(Job, elsewhere.job_id))
        noor = make_actor(session, Role.INTERVIEWER, name="Noor")
        other = schedule(session, elsewhere, noor, actor=SYSTEM).id
    assert sign_in(client, "ines").get(f"/interviews/{other}/practice").status_code == 404


def test_job_asks_for_a_practice_and_the_first_card_waits(
    client: ReadingClient, app: Flask, database: Database, people: People, interview_id: int
) -> None:
    with database.reading() as session:
        job_id = session.get_one(Interview, interview_id).application.job_id
    hank = sign_in(app.test_client(), "hank")  # type: ignore[arg-type]
    path = f"/jobs/{job_id}/practice"
    assert path in hank.get(f"/jobs/{job_id}/plan").get_data(as_text=True)
    assert hank.get(path).status_code == 200
    assert hank.send(path, {"is_needed": "y"}).status_code == 303
    assert "practises on two sample answers first" in text_of(hank.get(f"/jobs/{job_id}/plan"))
    assert sign_in(client, "ines").send(path, {}).status_code in (403, 404)
    card = f"/interviews/{interview_id}/scorecard"
    with database.reading() as session:
        keys = session.get_one(Interview, interview_id).competencies
    rated = {f"ratings.{key}.value": "3" for key in keys} | {
        f"ratings.{key}.evidence": "Said." for key in keys
    }
    written = client.send(card, rated | {"recommendation": "yes", "version": "0", "do": "review"})
    assert written.status_code == 303
    client.get(f"{card}/review")
    refused = client.send(f"{card}/review", {"version": "1"})
    assert refused.status_code == 422
    assert "practise before your first scorecard" in text_of(refused)
    practice = f"/interviews/{interview_id}/practice"
    assert client.send(practice, filled(page_of(client.get(practice)), "1")).status_code == 303
    assert client.send(f"{card}/review", {"version": "1"}).status_code == 303
    assert hank.send(path, {}).status_code == 303


def test_who_has_handed_in_is_not_asked_to_practise(
    client: ReadingClient, database: Database, people: People, interview_id: int
) -> None:
    with database.writing() as session:
        ines = actor_of(session, session.get_one(User, people["ines"]))
        hand_in(session, session.get_one(Interview, interview_id), ines)
    assert "Practise before" not in text_of(sign_in(client, "ines").get("/interviews"))
