"""What is kept on an application by API: each record where it belongs, each refusal at its field."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.api.conftest import People, Program, field_of, said, team_job
from tests.enclosing import enclose
from tests.factories import make_application
from tests.interviewing import KEYS
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import STAGES, Stage
from tracker.models.applications import Application
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.services.onboarding import start_onboarding

Paths = dict[Stage, str]


@pytest.fixture
def paths(database: Database, people: People, programs: dict[str, Program]) -> Paths:
    """An application in each stage, of a job that asks for a background check."""
    with database.writing() as session:
        job = team_job(
            session, people, needs_background_check=True, minimum_qualifications=["Types fast"], openings=9
        )
        made = {stage: make_application(session, job, stage=stage) for stage in STAGES}
        start_onboarding(session, made[Stage.ONBOARDING], starts_on=clock.today(), actor=SYSTEM)
        return {stage: f"/applications/{application.id}" for stage, application in made.items()}


def offer_terms(**changed: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "salary": {"amount": 18.5, "currency": "EUR", "period": "hour"},
        "starts_on": str(clock.today() + timedelta(days=14)),
        "expires_at": (clock.now() + timedelta(days=7)).isoformat(),
        "benefits": "A bicycle",
    }
    salary = {key: changed.pop(key) for key in ("amount", "currency", "period") if key in changed}
    return given | changed | {"salary": given["salary"] | salary}


def session_terms(people: People, **changed: Any) -> dict[str, Any]:
    given = {
        "kind": "in_person",
        "starts_at": (clock.now() + timedelta(days=1)).isoformat(),
        "minutes": 45,
        "panel": [people["ines"]],
        "competencies": KEYS[:2],
    }
    return given | changed


def test_screening_is_kept_and_answered(rita: Program, paths: Paths) -> None:
    path = f"{paths[Stage.SCREENING]}/screening"
    review = {"passed": False, "reason": "Types slowly", "qualifications": {"Types fast": False}}
    shown = said(rita.put(path, {"resume_review": review}))
    assert {key: shown["resume_review"][key] for key in review} == review
    assert shown["call"] is None
    waived = said(rita.put(path, {"call": {"waived": True, "reason": "Known to us"}}))["call"]
    assert (waived["result"], waived["waived"], waived["reason"]) == ("waived", True, "Known to us")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"call": {}}, ["call"]),
        ({"call": {"waived": True, "result": "weak"}}, ["call"]),
        ({"call": {"waived": True}}, ["call.reason"]),
        ({"call": {"result": "waived"}}, ["call.result"]),
        ({"call": {"result": "superb"}}, ["call.result"]),
        ({"resume_review": {"passed": False}}, ["resume_review.reason"]),
        ({"resume_review": {"passed": "yes"}}, ["resume_review.passed"]),
        (
            {"resume_review": {"passed": True, "qualifications": {"Sings": True}}},
            ["resume_review.qualifications"],
        ),
        (
            {"resume_review": {"passed": True}, "call": {"result": "weak", "notes": "x" * 10_001}},
            ["call.notes"],
        ),
    ],
)
def test_screening_that_cannot_be_is_named_and_nothing_is_kept(
    rita: Program, paths: Paths, body: dict[str, Any], fields: list[str]
) -> None:
    path = paths[Stage.SCREENING]
    assert field_of(rita.put(f"{path}/screening", body)) == fields
    assert len(said(rita.get(path))["moves"][0]["unmet"]) == 2


def test_records_belong_to_their_stage(rita: Program, hank: Program, people: People, paths: Paths) -> None:
    other = paths[Stage.APPLICATION]
    calls: list[tuple[Program, str, str, dict[str, Any]]] = [
        (rita, "PUT", "screening", {"call": {"result": "weak"}}),
        (rita, "POST", "interviews", session_terms(people)),
        (hank, "POST", "debrief", {"decision": "stop", "reason": "No"}),
        (rita, "POST", "references", {"referee": {"name": "Bela"}}),
        (rita, "PUT", "background-check", {"disclosure": True}),
        (rita, "POST", "offers", offer_terms()),
    ]
    for program, method, name, body in calls:
        assert "belongs to" in said(program.call(method, f"{other}/{name}", body), 422)["detail"], name


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"kind": "seance"}, ["kind"]),
        ({"starts_at": "tomorrow"}, ["starts_at"]),
        ({"starts_at": "2026-12-01T10:00:00"}, ["starts_at"]),
        ({"starts_at": 1_800_000_000}, ["starts_at"]),
        ({"starts_at": "9999-12-31T23:59:59-12:00"}, ["starts_at"]),
        ({"starts_at": "0001-01-01T00:00:00+12:00"}, ["starts_at"]),
        ({"minutes": 4}, ["minutes"]),
        ({"minutes": 2**31}, ["minutes"]),
        ({"panel": []}, ["panel"]),
        ({"panel": [999]}, ["panel"]),
        ({"panel": [0]}, ["panel.0"]),
        ({"competencies": []}, ["competencies"]),
        ({"competencies": ["singing"]}, ["competencies"]),
        ({"place": "x" * 301}, ["place"]),
    ],
)
def test_a_session_that_cannot_be_is_named(
    rita: Program, people: People, paths: Paths, changed: dict[str, Any], fields: list[str]
) -> None:
    path = f"{paths[Stage.INTERVIEW]}/interviews"
    assert field_of(rita.post(path, session_terms(people, **changed))) == fields


def test_a_retired_rubric_takes_no_session(
    rita: Program, people: People, paths: Paths, database: Database
) -> None:
    path = f"{paths[Stage.INTERVIEW]}/interviews"
    said(rita.post(path, session_terms(people)), 201)
    with database.writing() as session:
        for rubric in session.scalars(select(Rubric)):
            rubric.status, rubric.retired_at = RubricStatus.RETIRED, clock.now()
    answer = rita.post(path, session_terms(people))
    assert field_of(answer) == ["competencies"]
    assert "rubric is retired" in answer.get_data(as_text=True)


def test_a_session_is_answered_with_its_panel(rita: Program, people: People, paths: Paths) -> None:
    made = said(rita.post(f"{paths[Stage.INTERVIEW]}/interviews", session_terms(people, place="Room 4")), 201)
    assert made["panel"] == [{"id": people["ines"], "name": "Ines"}]
    assert (made["status"], made["place"], made["competencies"]) == ("scheduled", "Room 4", KEYS[:2])


def test_a_reference_is_asked_only_with_consent(rita: Program, paths: Paths) -> None:
    path = f"{paths[Stage.REFERENCES]}/references"
    named = said(rita.post(path, {"referee": {"name": "Bela", "phone": "1"}}), 201)
    assert (named["referee"]["name"], named["consented_at"]) == ("Bela", None)
    refused = said(rita.post(path, {"referee": {"name": "Chidi"}, "result": "received"}), 422)
    assert "consent" in refused["detail"]
    for referee, field in (({"name": ""}, "name"), ({"name": "C", "email": "no"}, "email")):
        assert field_of(rita.post(path, {"referee": referee})) == [f"referee.{field}"]
    full = {"referee": {"name": "Dora"}, "consent": True, "requested": True, "result": "received"}
    kept = said(rita.post(path, full | {"summary": "Reliable", "would_rehire": True}), 201)
    assert (kept["result"], kept["summary"], kept["would_rehire"]) == ("received", "Reliable", True)


def test_a_background_check_goes_step_by_step(
    database: Database, rita: Program, olga: Program, paths: Paths
) -> None:
    path = f"{paths[Stage.REFERENCES]}/background-check"
    assert field_of(rita.put(path, {})) == ["disclosure"]
    said(rita.put(path, {"result": "clear"}), 422)
    assert said(rita.put(path, {"disclosure": True}))["consent"] is None
    said(rita.put(path, {"ordered": True}), 422)
    kept = said(rita.put(path, {"disclosure": True, "consent": True, "ordered": True, "result": "consider"}))
    assert (kept["consent"], kept["result"], kept["assessment"]) == (True, "consider", None)
    assessment = {"result": "adverse", "reason": "Handles money"}
    said(rita.put(path, {"assessment": assessment}), 403)
    said(rita.put(path, {"pre_adverse_notice": True}), 403)
    assert field_of(olga.put(path, {"assessment": assessment | {"reason": " "}})) == ["assessment.reason"]
    whole = {"assessment": assessment, "pre_adverse_notice": True}
    assert "copy of the report" in said(olga.put(path, whole), 422)["detail"]
    with database.writing() as session:
        enclose(session, session.get_one(Application, int(paths[Stage.REFERENCES].split("/")[-1])))
    kept = said(olga.put(path, whole))
    assert kept["wait_until"]
    again = said(olga.put(path, {"assessment": assessment, "pre_adverse_notice": True}))
    assert again == kept
    assert "until" in said(olga.put(path, {"adverse_notice": True}), 422)["detail"]
    reject = {
        "move": "reject",
        "from": "references",
        "version": 4,
        "reason": "background_check",
        "note": "So",
    }
    refused = said(olga.post(f"{paths[Stage.REFERENCES]}/moves", reject), 422)
    assert [m["requirement"] for m in refused["unmet"]] == ["pre_adverse_wait"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"amount": 0}, ["salary.amount"]),
        ({"amount": -5}, ["salary.amount"]),
        ({"amount": 18.505}, ["salary.amount"]),
        ({"amount": 10**12}, ["salary.amount"]),
        ({"amount": "1e30"}, ["salary.amount"]),
        ({"amount": "plenty"}, ["salary.amount"]),
        ({"currency": "ZZZ"}, ["salary.currency"]),
        ({"currency": "dollars"}, ["salary.currency"]),
        ({"period": "week"}, ["salary.period"]),
        ({"starts_on": "2026-02-30"}, ["starts_on"]),
        ({"starts_on": "2001-01-01"}, ["starts_on"]),
        ({"starts_on": "9999-01-01"}, ["starts_on"]),
        ({"starts_on": str(clock.today() + timedelta(days=5))}, ["starts_on"]),
        ({"expires_at": "2001-01-01T00:00:00Z"}, ["expires_at"]),
        ({"expires_at": "9999-12-31T23:59:59-12:00"}, ["expires_at"]),
        ({"conditions": "x" * 10_001}, ["conditions"]),
    ],
)
def test_terms_that_cannot_be_are_named(
    rita: Program, paths: Paths, changed: dict[str, Any], fields: list[str]
) -> None:
    assert field_of(rita.post(f"{paths[Stage.OFFER]}/offers", offer_terms(**changed))) == fields


def test_an_offer_is_declined_or_withdrawn_with_a_reason(rita: Program, hank: Program, paths: Paths) -> None:
    path = f"{paths[Stage.OFFER]}/offers"
    first = said(rita.post(path, offer_terms()), 201)
    assert (first["salary"]["amount"], first["status"], first["benefits"]) == (18.5, "draft", "A bicycle")
    said(rita.post(path, offer_terms()), 422)
    one = f"/offers/{first['id']}"
    assert "approval" in said(rita.post(f"{one}/send"), 422)["detail"]
    said(rita.post(f"{one}/accept"), 422)
    assert field_of(rita.post(f"{one}/withdraw", {"reason": " "})) == ["reason"]
    said(rita.post(f"{one}/withdraw"), 415)
    assert said(rita.post(f"{one}/withdraw", {"reason": "A mistake"}))["status"] == "withdrawn"
    two = f"/offers/{said(rita.post(path, offer_terms()), 201)['id']}"
    said(hank.post(f"{two}/approve", {}))
    said(rita.post(f"{two}/send"))
    declined = said(rita.post(f"{two}/decline", {"reason": "Took another"}))
    assert (declined["status"], declined["decline_reason"]) == ("declined", "Took another")


def test_an_acceptance_of_what_moved_since_is_refused(rita: Program, hank: Program, paths: Paths) -> None:
    one = f"/offers/{said(rita.post(f'{paths[Stage.OFFER]}/offers', offer_terms()), 201)['id']}"
    said(hank.post(f"{one}/approve"))
    said(rita.post(f"{one}/send"))
    stale = said(rita.post(f"{one}/accept", {"version": 1}), 409)
    assert (stale["current"]["stage"], stale["current"]["version"]) == ("offer", 5)
    assert said(rita.post(f"{one}/accept", {"version": 5}))["status"] == "accepted"
    assert said(rita.get(paths[Stage.OFFER]))["stage"] == "onboarding"


def test_a_task_is_changed_ticked_off_and_opened_again(hank: Program, paths: Paths) -> None:
    tasks = said(hank.get(f"{paths[Stage.ONBOARDING]}/onboarding-tasks"))
    assert tasks["next"] is None
    path = f"/onboarding-tasks/{tasks['items'][0]['id']}"
    changed = said(
        hank.patch(path, {"title": "Sign", "required": False, "owner": "hr", "due_on": "2026-12-24"})
    )
    assert (changed["title"], changed["required"], changed["owner"]) == ("Sign", False, "hr")
    assert changed["needs_file"] is False
    assert changed["due_on"] == "2026-12-24"
    done = said(hank.patch(path, {"done_at": "2001-01-01T00:00:00Z"}))
    assert done["done_at"] > "2026"
    assert said(hank.patch(path, {"done_at": "2001-01-01T00:00:00Z"})) == done
    assert said(hank.patch(path, {"done_at": None, "note": "Again"}))["done_at"] is None
    for body, fields in (
        ({"title": None}, ["title"]),
        ({"due_on": "9999-01-01"}, ["due_on"]),
        ({"title": " "}, ["title"]),
    ):
        assert field_of(hank.patch(path, body)) == fields
