import pytest
from flask import Flask

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.queries.screenings import calls_of, reviews_of

People = dict[str, int]
EXPERIENCE = "One year of order handling"


@pytest.fixture
def number(database: Database, people: People) -> int:
    with database.writing() as session:
        job = make_job(session, minimum_qualifications=[EXPERIENCE])
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return make_application(session, job, stage=Stage.SCREENING).id


def error_at(response: object, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")  # type: ignore[arg-type]
    return "" if found is None else " ".join("".join(found.itertext()).split())


def test_review_and_call_are_recorded_and_open_the_way_to_interviews(
    client: ReadingClient, number: int
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{number}/screening"
    assert path in client.get(f"/applications/{number}").get_data(as_text=True)
    assert client.get(f"{path}/review").status_code == 200
    review = {"qualifications": [EXPERIENCE], "verdict": "passed"}
    assert client.send(f"{path}/review", review).status_code == 303
    assert client.send(f"{path}/call", {"result": "strong", "notes": "Knows returns."}).status_code == 303
    shown = client.get(path).get_data(as_text=True)
    assert all(word in shown for word in (EXPERIENCE, "Passes", "Strong", "Knows returns."))


def test_resume_that_misses_a_minimum_cannot_pass_and_says_so_at_the_field(
    client: ReadingClient, database: Database, number: int
) -> None:
    sign_in(client, "rita")
    answer = client.send(f"/applications/{number}/screening/review", {"verdict": "passed"})
    assert answer.status_code == 422
    assert "misses a minimum qualification" in error_at(answer, "qualifications")
    answer = client.send(f"/applications/{number}/screening/review", {"verdict": "failed", "reason": " "})
    assert "Say why" in error_at(answer, "reason")
    with database.reading() as session:
        assert not reviews_of(session, number)


def test_waiver_needs_its_reason(client: ReadingClient, database: Database, number: int) -> None:
    sign_in(client, "rita")
    path = f"/applications/{number}/screening/waiver"
    assert error_at(client.send(path, {"reason": ""}), "reason")
    assert client.send(path, {"reason": "Worked here before."}).status_code == 303
    with database.reading() as session:
        assert [call.waived_reason for call in calls_of(session, number)] == ["Worked here before."]


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_screening_is_for_recruiters_and_hr(client: ReadingClient, number: int, persona: str) -> None:
    sign_in(client, persona)
    assert client.get(f"/applications/{number}/screening").status_code == 403
    assert client.send(f"/applications/{number}/screening/call", {"result": "strong"}).status_code == 403


def test_stranger_signs_in_first_and_unknown_numbers_lead_nowhere(client: ReadingClient, app: Flask) -> None:
    assert "/sign-in" in client.get("/applications/1/screening").location
    assert sign_in(client, "rita").get("/applications/999/screening").status_code == 404
