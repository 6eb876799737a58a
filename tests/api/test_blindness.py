"""Whoever owes a scorecard learns nothing of others' from any answer."""

from typing import Any

import pytest

from tests.api.conftest import People, Program, said, team_job
from tests.factories import actor_of, make_application
from tests.interviewing import KEYS, schedule
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Stage
from tracker.models.users import User

CANARY = "Zanzibar"


def card(program: Program, interview: int, *, status: int = 201, **changed: Any) -> Any:
    rows = [{"competency": key, "value": 1, "evidence": f"{CANARY} evidence"} for key in KEYS[:2]]
    body = {"ratings": rows, "recommendation": "strong_no", "summary": f"{CANARY} summary", "submit": True}
    return said(program.post(f"/interviews/{interview}/scorecards", body | changed), status)


@pytest.fixture
def scene(database: Database, people: People, programs: dict[str, Program]) -> dict[str, int]:
    """A session of ines and ivan and one of hank; ivan has handed in, the others owe their cards."""
    with database.writing() as session:
        application = make_application(session, team_job(session, people), stage=Stage.INTERVIEW)
        who = {name: actor_of(session, session.get_one(User, people[name])) for name in people}
        shared = schedule(session, application, who["ines"], who["ivan"], actor=SYSTEM)
        own = schedule(session, application, who["hank"], actor=SYSTEM)
        ids = {
            "application": application.id,
            "job": application.job_id,
            "candidate": application.candidate_id,
            "rubric": shared.rubric_id,
            "shared": shared.id,
            "own": own.id,
        }
    card(programs["ivan"], ids["shared"])
    return ids


def answers_to(program: Program, ids: dict[str, int]) -> str:
    paths = ("/applications/{application}", "/applications/{application}/history", "/jobs/{job}")
    more = ("/jobs/{job}/pipeline", "/candidates/{candidate}", "/candidates", "/rubrics/{rubric}", "/me")
    found = [program.get(path.format(**ids)).get_data(as_text=True) for path in (*paths, *more)]
    move = {"move": "advance", "from": "interview", "version": 3}
    found.append(program.post(f"/applications/{ids['application']}/moves", move).get_data(as_text=True))
    bulk = {"ids": [ids["application"]], "versions": [3], "move": "advance"}
    found.append(program.post("/applications/bulk-moves", bulk).get_data(as_text=True))
    decision = {"decision": "stop", "reason": "So"}
    found.append(program.post(f"/applications/{ids['application']}/debrief", decision).get_data(as_text=True))
    return "\n".join(found)


@pytest.mark.parametrize("name", ["ines", "hank"])
def test_no_answer_shows_what_others_wrote_or_that_they_did(
    programs: dict[str, Program], scene: dict[str, int], name: str
) -> None:
    shown = answers_to(programs[name], scene)
    assert CANARY not in shown
    assert "strong_no" not in shown
    assert "2 of 3" not in shown
    assert "1 of 3" not in shown
    option = said(programs[name].get(f"/applications/{scene['application']}"))["moves"][0]
    owed = [m for m in option["unmet"] if m["requirement"] in ("scorecards", "competencies_rated", "debrief")]
    assert [m["owner"] for m in owed] == ["you"]


def test_ones_own_card_is_answered_alone(
    programs: dict[str, Program], scene: dict[str, int], ines: Program
) -> None:
    rows = [{"competency": KEYS[0], "value": None, "evidence": "Mine"}]
    draft = {"ratings": rows, "recommendation": None, "summary": None, "submit": False}
    first = card(ines, scene["shared"], **draft)
    assert [row["evidence"] for row in first["ratings"]] == ["Mine"]
    assert (first["version"], first["submitted_at"], first["summary"]) == (1, None, None)
    stale = card(ines, scene["shared"], **draft | {"version": 0}, status=409)
    assert CANARY not in str(stale)
    assert stale["current"]["version"] == 1
    assert [row["evidence"] for row in stale["current"]["ratings"]] == ["Mine"]
    short = card(ines, scene["shared"], **draft | {"submit": True}, status=422)
    assert short["errors"][0]["field"].startswith("ratings.")
    assert CANARY not in str(short)
    done = card(ines, scene["shared"], version=1)
    assert done["submitted_at"]
    again = card(ines, scene["shared"], status=422)
    assert "handed in" in again["detail"]


def test_a_hiring_manager_decides_only_once_their_card_is_in(
    scene: dict[str, int], hank: Program, olga: Program
) -> None:
    path = f"/applications/{scene['application']}/debrief"
    decision = {"decision": "advance", "reason": "Good evidence"}
    said(hank.post(path, decision), 403)
    card(hank, scene["own"])
    kept = said(hank.post(path, decision), 201)
    assert (kept["decision"], kept["decided_by"]["name"]) == ("advance", "Hank")


def test_texts_of_moves_are_kept_from_who_owes_a_card(
    scene: dict[str, int], rita: Program, hank: Program
) -> None:
    path = f"/applications/{scene['application']}"
    back = {"move": "return", "to": "screening", "from": "interview", "version": 3, "reason": f"{CANARY} why"}
    said(rita.post(f"{path}/moves", back | {"note": f"{CANARY} note"}), 201)
    last = said(hank.get(f"{path}/history"))["items"][-1]
    assert (last["move"], last["reason"], last["note"]) == ("return", None, None)
    last = said(rita.get(f"{path}/history"))["items"][-1]
    assert (last["reason"], last["note"]) == (f"{CANARY} why", f"{CANARY} note")


def test_a_row_that_the_session_does_not_rate_is_named(scene: dict[str, int], ines: Program) -> None:
    rows = [{"competency": KEYS[5], "value": 2, "evidence": "Seen"}]
    problem = card(ines, scene["shared"], ratings=rows, submit=False, status=422)
    assert [error["field"] for error in problem["errors"]] == [f"ratings.{KEYS[5]}.value"]
