"""Moves by API: the order of the checks, replays, and several at once."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.api.conftest import People, Program, field_of, said, team_job
from tests.factories import actor_of, make_application, make_job
from tests.interviewing import schedule
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.users import User

ADVANCE = {"move": "advance", "from": "application", "version": 1}


@pytest.fixture
def path(database: Database, people: People, programs: dict[str, Program]) -> str:
    with database.writing() as session:
        application = make_application(session, team_job(session, people))
        application.candidate.profile = {"basics": {}}
        return f"/applications/{application.id}"


@pytest.fixture
def interview_path(database: Database, people: People, programs: dict[str, Program]) -> str:
    """An application in interviews, on which ines sits on a panel."""
    with database.writing() as session:
        application = make_application(session, team_job(session, people), stage=Stage.INTERVIEW)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        schedule(session, application, ines, actor=SYSTEM)
        return f"/applications/{application.id}"


@pytest.fixture
def statements(database: Database) -> list[str]:
    asked: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda c, cu, statement, *more: asked.append(statement)
    )
    return asked


def test_a_move_answers_with_where_the_application_stands(rita: Program, path: str) -> None:
    made = said(rita.post(f"{path}/moves", ADVANCE | {"note": "Sounds good"}), 201)
    assert made["application"]["stage"] == "screening"
    assert made["application"]["version"] == made["move"]["version"] == 2
    assert made["move"]["note"] == "Sounds good"
    assert made["application"] == said(rita.get(path))
    assert said(rita.get(f"{path}/history"))["items"][-1] == made["move"]


def test_the_same_key_and_body_again_are_one_move(rita: Program, path: str) -> None:
    headers = {"Idempotency-Key": "advance-1"}
    first = said(rita.post(f"{path}/moves", ADVANCE, headers=headers), 201)
    assert said(rita.post(f"{path}/moves", ADVANCE, headers=headers), 201) == first
    back = {"move": "return", "to": "application", "from": "screening", "version": 2, "reason": "Too soon"}
    said(rita.post(f"{path}/moves", back), 201)
    later = said(rita.post(f"{path}/moves", ADVANCE, headers=headers), 201)
    assert later["move"] == first["move"]
    assert later["application"] == first["application"] | {"moves": []}
    assert len(said(rita.get(f"{path}/history"))["items"]) == 3


@pytest.mark.parametrize(
    "changed", [{"note": "Another"}, {"version": 2}, {"from": "screening"}, {"move": "undo"}]
)
def test_a_key_used_for_another_body_is_refused(rita: Program, path: str, changed: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "advance-1"}
    said(rita.post(f"{path}/moves", ADVANCE, headers=headers), 201)
    answer = said(rita.post(f"{path}/moves", ADVANCE | changed, headers=headers), 422)
    assert "key" in answer["detail"]
    assert said(rita.get(path))["version"] == 2


@pytest.mark.parametrize("key", ["", "k" * 101, "a b\t", "é"])
def test_a_key_that_cannot_be_kept_is_named(rita: Program, path: str, key: str) -> None:
    answer = rita.post(f"{path}/moves", ADVANCE, headers={"Idempotency-Key": key})
    assert field_of(answer) == ["Idempotency-Key"]


def test_checks_come_in_their_order(
    rita: Program, hank: Program, ines: Program, olga: Program, path: str, interview_path: str
) -> None:
    moves = f"{path}/moves"
    nonsense = {"move": "fly"}
    # 404 before all else, also before reading the body.
    said(ines.post(moves, nonsense), 404)
    said(rita.post("/applications/99/moves", nonsense), 404)
    # 403 before what the body says, and before a stale version.
    said(ines.post(f"{interview_path}/moves", nonsense), 403)
    said(hank.post(moves, ADVANCE | {"version": 9}), 403)
    said(
        rita.post(moves, ADVANCE | {"version": 9, "override": {"requirements": ["debrief"], "reason": "x"}}),
        403,
    )
    assert set(field_of(rita.post(moves, nonsense))) == {"move", "from", "version"}
    # 409 before illegal, with how it stands.
    stale = said(rita.post(moves, ADVANCE | {"version": 9, "move": "reopen"}), 409)
    assert (stale["current"]["stage"], stale["current"]["version"]) == ("application", 1)
    said(rita.post(moves, ADVANCE | {"from": "offer"}), 409)
    # Illegal before reasons, reasons before requirements.
    for body in (
        {"to": "offer"},
        {"move": "complete"},
        {"move": "reopen"},
        {"move": "undo"},
        {"move": "apply"},
    ):
        assert said(rita.post(moves, ADVANCE | body), 422)["type"] == "illegal-move", body
    assert field_of(rita.post(moves, ADVANCE | {"move": "reject"})) == ["reason"]
    assert field_of(rita.post(moves, ADVANCE | {"move": "reject", "reason": "personal"})) == ["reason"]
    other = {"move": "reject", "reason": "other_rejected"}
    assert field_of(rita.post(moves, ADVANCE | other)) == ["note"]
    body = {"move": "advance", "from": "interview", "version": 3}
    unmet = said(rita.post(f"{interview_path}/moves", body), 422)
    assert unmet["type"] == "unmet-requirements"
    assert {m["requirement"] for m in unmet["unmet"]} >= {"scorecards", "debrief"}
    named = {"requirements": [m["requirement"] for m in unmet["unmet"]], "reason": "  "}
    assert field_of(olga.post(f"{interview_path}/moves", body | {"override": named})) == ["override.reason"]
    made = said(olga.post(f"{interview_path}/moves", body | {"override": named | {"reason": "Agreed"}}), 201)
    assert set(made["move"]["overridden"]) == set(named["requirements"])


def test_a_replay_comes_after_permission_and_before_a_stale_version(
    hank: Program, olga: Program, interview_path: str
) -> None:
    body = {"move": "reject", "from": "interview", "version": 3, "reason": "interview_score"}
    headers = {"Idempotency-Key": "k"}
    first = said(hank.post(f"{interview_path}/moves", body, headers=headers), 201)
    assert said(hank.post(f"{interview_path}/moves", body, headers=headers), 201) == first
    # Another person's key is another key.
    said(olga.post(f"{interview_path}/moves", body, headers=headers), 409)


def test_only_who_made_a_move_takes_it_back(rita: Program, olga: Program, path: str) -> None:
    said(rita.post(f"{path}/moves", ADVANCE), 201)
    undo = {"move": "undo", "from": "screening", "version": 2}
    said(olga.post(f"{path}/moves", undo), 403)
    assert said(rita.post(f"{path}/moves", undo), 201)["application"]["stage"] == "application"


def test_a_transfer_names_a_job_that_one_may_know_of(
    database: Database, rita: Program, hank: Program, path: str
) -> None:
    with database.writing() as session:
        other = make_job(session).id
    body = ADVANCE | {"move": "transfer"}
    assert field_of(rita.post(f"{path}/moves", body)) == ["to_job"]
    assert field_of(rita.post(f"{path}/moves", body | {"to_job": 999})) == ["to_job"]
    said(hank.post(f"{path}/moves", body | {"to_job": other}), 403)
    made = said(rita.post(f"{path}/moves", body | {"to_job": other}), 201)
    assert made["application"]["outcome"] == "withdrawn"
    stages = said(rita.get(f"/jobs/{other}/pipeline"))["stages"]
    assert [(s["stage"], s["active"]) for s in stages if s["active"]] == [("application", 1)]


def test_several_are_moved_each_for_itself(
    database: Database, people: People, rita: Program, path: str, interview_path: str
) -> None:
    first, second = (int(one.split("/")[2]) for one in (path, interview_path))
    body = {"ids": [second, 999, first], "versions": [3, 1, 1], "move": "advance"}
    items = said(rita.post("/applications/bulk-moves", body))["items"]
    assert [(one["id"], one["status"]) for one in items] == [(second, 422), (999, 404), (first, 201)]
    assert items[0]["problem"]["type"] == "unmet-requirements"
    assert items[2]["move"]["to_stage"] == "screening"
    late = {"ids": [first, second], "move": "reject", "versions": [1, 3], "reason": "position_filled"}
    items = said(rita.post("/applications/bulk-moves", late))["items"]
    assert [one["status"] for one in items] == [409, 201]
    assert items[0]["problem"]["current"]["version"] == 2
    assert said(rita.get(interview_path))["outcome"] == "rejected"


def test_several_are_taken_as_they_stand_where_nobody_says_what_was_seen(rita: Program, path: str) -> None:
    first = int(path.split("/")[2])
    for status in (201, 422):
        body = {"ids": [first, 999], "move": "reject", "reason": "position_filled"}
        items = said(rita.post("/applications/bulk-moves", body))["items"]
        assert [one["status"] for one in items] == [status, 404]


def test_a_key_for_several_wants_the_versions_that_were_seen(rita: Program, path: str) -> None:
    body = {"ids": [int(path.split("/")[2])], "move": "reject", "reason": "position_filled"}
    refused = said(rita.post("/applications/bulk-moves", body, headers={"Idempotency-Key": "friday"}), 422)
    assert [one["field"] for one in refused["errors"]] == ["versions"]


def test_no_way_back_beside_another_active_application(
    database: Database, people: People, rita: Program, path: str
) -> None:
    application_id = int(path.split("/")[2])
    said(rita.post(f"{path}/moves", ADVANCE | {"move": "reject", "reason": "position_filled"}), 201)
    with database.writing() as session:
        first = session.get_one(Application, application_id)
        make_application(session, first.job, candidate=first.candidate)
    offered = {one["move"]: one for one in said(rita.get(path))["moves"]}
    for kind in ("reopen", "undo"):
        assert offered[kind]["allowed"] is False
        assert [m["requirement"] for m in offered[kind]["unmet"]] == ["no_other_active"]
    again = {"move": "reopen", "from": "application", "version": 2, "reason": "Meant another"}
    refused = said(rita.post(f"{path}/moves", again), 422)
    assert refused["type"] == "unmet-requirements"
    assert "other active application" in refused["detail"]


def test_several_moved_twice_by_the_same_key_are_moved_once(
    rita: Program, path: str, interview_path: str
) -> None:
    first, second = (int(one.split("/")[2]) for one in (path, interview_path))
    bulk, key = "/applications/bulk-moves", {"Idempotency-Key": "friday"}
    body = {"ids": [first, second], "versions": [1, 3], "move": "advance"}
    made = said(rita.post(bulk, body, headers=key))["items"]
    assert [one["status"] for one in made] == [201, 422]
    again = said(rita.post(bulk, body, headers=key))["items"]
    assert again[0] == made[0]
    assert again[1]["status"] == 422
    assert said(rita.get(path))["version"] == 2
    # Without a key the version seen refuses it.
    assert [one["status"] for one in said(rita.post(bulk, body))["items"]] == [409, 422]
    for other in ({"note": "Another"}, {"versions": [2, 3]}, {"ids": [first], "versions": [1]}):
        assert "key" in said(rita.post(bulk, body | other, headers=key), 422)["detail"]
    single = {"move": "return", "to": "application", "from": "screening", "version": 2, "reason": "Too soon"}
    assert "key" in said(rita.post(f"{path}/moves", single, headers=key), 422)["detail"]
    assert field_of(rita.post(bulk, body, headers={"Idempotency-Key": ""})) == ["Idempotency-Key"]


def test_several_are_moved_only_by_those_who_may(
    hank: Program, ines: Program, path: str, interview_path: str
) -> None:
    ids = [int(one.split("/")[2]) for one in (path, interview_path)]
    body = {"ids": ids, "versions": [1, 3], "move": "advance"}
    said(ines.post("/applications/bulk-moves", body), 403)
    items = said(hank.post("/applications/bulk-moves", body))["items"]
    assert [one["status"] for one in items] == [403, 422]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"ids": [], "versions": [], "move": "advance"}, ["ids"]),
        ({"ids": list(range(1, 202)), "versions": [1], "move": "advance"}, ["ids"]),
        ({"ids": [0], "versions": [1], "move": "advance"}, ["ids.0"]),
        ({"ids": [2**31], "versions": [1], "move": "advance"}, ["ids.0"]),
        ({"ids": [1, 2], "versions": [1], "move": "advance"}, ["versions"]),
        ({"ids": [1], "versions": [1], "move": "transfer"}, ["move"]),
    ],
)
def test_several_at_once_are_asked_for_properly(
    rita: Program, body: dict[str, Any], fields: list[str]
) -> None:
    assert field_of(rita.post("/applications/bulk-moves", body)) == fields


def test_reading_an_application_takes_few_queries(rita: Program, path: str, statements: list[str]) -> None:
    rita.get(path)
    statements.clear()
    said(rita.get(path))
    assert len([one for one in statements if not one.startswith("BEGIN")]) <= 11


def test_a_move_takes_few_queries(rita: Program, path: str, statements: list[str]) -> None:
    rita.get(path)
    statements.clear()
    said(rita.post(f"{path}/moves", ADVANCE), 201)
    assert len(statements) <= 25
