"""Jobs by API: pages of a list, drafting, changes, and the pipeline."""

from typing import Any

import pytest

from tests.api.conftest import People, Program, field_of, said, team_job
from tests.factories import make_application, make_candidate, make_job
from tests.interviewing import SEED
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.queries.board import CARDS
from tracker.services.frameworks import import_framework


def test_a_job_is_drafted_changed_and_opened(rita: Program, olga: Program) -> None:
    job = said(rita.post("/jobs", {"title": "Order clerk", "openings": 3, "location": "Leeds"}), 201)
    path = f"/jobs/{job['id']}"
    assert (job["status"], job["openings"], job["openings_taken"]) == ("draft", 3, 0)
    assert [part["role"] for part in job["team"]] == ["recruiter"]
    changed = said(rita.patch(path, {"version": 1, "openings": 2, "location": None}))
    assert (changed["openings"], changed["location"], changed["title"]) == (2, None, "Order clerk")
    assert changed["version"] == 2
    said(rita.patch(path, {"status": "open"}), 403)
    assert said(olga.patch(path, {"status": "open"}))["status"] == "open"
    assert said(rita.get(path))["approved_at"]
    assert said(rita.patch(path, {"status": "closed", "reason": "Budget"}))["status"] == "closed"
    assert field_of(rita.patch(path, {"status": "open"})) == ["reason"]
    assert said(rita.patch(path, {"status": "open", "reason": "Budget is back"}))["status"] == "open"


def test_a_change_of_what_changed_since_is_refused_with_how_it_stands(rita: Program) -> None:
    path = f"/jobs/{said(rita.post('/jobs', {'title': 'Clerk'}), 201)['id']}"
    said(rita.patch(path, {"version": 1, "openings": 2}))
    stale = said(rita.patch(path, {"version": 1, "title": "Another"}), 409)
    assert (stale["current"]["version"], stale["current"]["openings"]) == (2, 2)
    assert said(rita.get(path))["title"] == "Clerk"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"title": None}, ["title"]),
        ({"status": None}, ["status"]),
        ({"version": None}, ["version"]),
        ({"openings": 0}, ["openings"]),
        ({"status": "filled"}, ["status"]),
        ({"status": "gone"}, ["status"]),
        ({"team": [{"user_id": 999, "role": "recruiter"}]}, ["team"]),
        ({"team": [{"user_id": 1, "role": "hiring_manager"}]}, ["team"]),
        ({"colour": "red"}, ["colour"]),
    ],
)
def test_a_change_that_cannot_be_is_named_and_nothing_is_kept(
    rita: Program, body: dict[str, Any], fields: list[str]
) -> None:
    job = said(rita.post("/jobs", {"title": "Clerk"}), 201)
    path = f"/jobs/{job['id']}"
    assert field_of(rita.patch(path, {"location": "Leeds", **body})) == fields
    assert said(rita.get(path)) == job


def test_the_team_is_set_as_a_whole(rita: Program, olga: Program, hank: Program, people: People) -> None:
    path = f"/jobs/{said(rita.post('/jobs', {'title': 'Clerk'}), 201)['id']}"
    said(hank.get(path), 404)
    team = [{"user_id": people["hank"], "role": "hiring_manager"}]
    assert said(olga.patch(path, {"team": team}))["team"] == team
    assert said(hank.get(path))["team"] == team


def test_jobs_come_in_pages_by_title(
    database: Database, people: People, rita: Program, ines: Program
) -> None:
    with database.writing() as session:
        for title in ("Cook", "Baker", "Baker", "Nurse", "Porter"):
            make_job(session, title=title)
    found: list[str] = []
    after: dict[str, str] = {}
    for _ in range(3):
        page = said(rita.get("/jobs", query_string={"limit": 2} | after))
        found += [job["title"] for job in page["items"]]
        after = {"after": page["next"]}
    assert found == ["Baker", "Baker", "Cook", "Nurse", "Porter"]
    assert page["next"] is None
    assert said(rita.get("/jobs", query_string={"status": "draft"}))["items"] == []
    assert said(ines.get("/jobs"))["items"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"after": "somewhere"}, "after"),
        ({"after": "99999999999999999999-Baker"}, "after"),
        ({"status": "gone"}, "status"),
    ],
)
def test_a_page_asked_for_wrongly_is_named(rita: Program, query: dict[str, Any], field: str) -> None:
    assert field_of(rita.get("/jobs", query_string=query)) == [field]


def test_a_job_says_its_framework_and_rubric(database: Database, people: People, rita: Program) -> None:
    with database.writing() as session:
        import_framework(session, SEED.read_bytes(), actor=SYSTEM)
        job = team_job(session, people).id
    drafted = said(rita.post("/jobs", {"title": "Clerk", "soc": "43-4151.00"}), 201)
    assert drafted["framework"]["soc"] == "43-4151.00"
    assert (drafted["rubric_id"], drafted["rubric_version"]) == (None, None)
    shown = said(rita.get(f"/jobs/{job}"))
    assert shown["rubric_version"] == 1
    assert shown["rounds"]
    rubric = said(rita.get(f"/rubrics/{shown['rubric_id']}"))
    assert (rubric["version"], rubric["status"], rubric["job_id"]) == (1, "published", job)
    anchor = next(a for row in rubric["competencies"] for a in row["anchors"].values() if a)
    assert anchor["source"]["soc"] == "43-4151.00"
    assert anchor["source"]["index"] == anchor["index"]
    assert rubric["plan"][0]["competencies"]


def test_the_pipeline_shows_the_first_of_each_stage_and_goes_on(
    database: Database, people: People, rita: Program
) -> None:
    with database.writing() as session:
        job = team_job(session, people)
        for number in range(CARDS + 2):
            make_application(session, job, candidate=make_candidate(session, f"Person {number}"))
        path = f"/jobs/{job.id}/pipeline"
    shown = said(rita.get(path))
    assert shown["as_of"].endswith("Z")
    first = shown["stages"][0]
    assert (first["stage"], first["active"], len(first["cards"])) == ("application", CARDS + 2, CARDS)
    assert [stage["active"] for stage in shown["stages"][1:]] == [0] * 5
    [more] = said(rita.get(path, query_string={"stage": "application", "after": first["next"]}))["stages"]
    names = [card["name"] for card in first["cards"] + more["cards"]]
    assert names == [f"Person {number}" for number in range(CARDS + 2)]
    assert more["next"] is None
    assert field_of(rita.get(path, query_string={"after": first["next"]})) == ["stage"]
    assert said(rita.get(path, query_string={"stage": "application", "after": "x"}), 422)["detail"]
