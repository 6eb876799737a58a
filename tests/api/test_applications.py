"""Applications and candidates by API: applying, what is missing, and finding people."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.api.conftest import People, Program, field_of, said, team_job
from tests.factories import make_candidate, make_job
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import JobStatus
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.models.jobs import Job
from tracker.services.job_plans import add_question


@pytest.fixture
def job(database: Database, people: People, programs: dict[str, Program]) -> int:
    with database.writing() as session:
        made = team_job(session, people)
        add_question(session, made, "Can you work on Saturdays?", actor=SYSTEM)
        return made.id


def body(job: int, **changed: Any) -> dict[str, Any]:
    given = {
        "job_id": job,
        "candidate": {"name": "Amina Yusuf", "email": "Amina@Example.net"},
        "source": "referral",
    }
    return given | changed


def unmet(application: dict[str, Any]) -> list[str]:
    return [m["requirement"] for m in application["moves"][0]["unmet"]]


def test_what_is_left_out_is_listed_for_the_first_move(rita: Program, job: int) -> None:
    bare = said(rita.post("/applications", body(job)), 201)
    assert (bare["stage"], bare["outcome"], bare["version"]) == ("application", "active", 1)
    assert bare["candidate"]["email"] == "amina@example.net"
    assert unmet(bare) == ["consent_notice", "resume_or_profile", "required_answers"]


def test_an_application_comes_with_all_it_needs(
    database: Database, rita: Program, job: int, tmp_path: Path
) -> None:
    question = said(rita.get(f"/jobs/{job}"))["questions"][0]
    resume = {"filename": "../amina.txt", "base64": b64encode(b"Ten years of orders.").decode()}
    full = body(job, resume=resume, consent_notice="2026-01", answers={str(question["id"]): "Yes"})
    assert unmet(said(rita.post("/applications", full), 201)) == []
    by_text = body(
        job, answers={question["text"]: "Yes"}, candidate={"name": "Bo", "email": "bo@example.net"}
    )
    assert "required_answers" not in unmet(said(rita.post("/applications", by_text), 201))
    with database.reading() as session:
        kept = session.scalars(select(StoredFile)).one()
        assert kept.name == "amina.txt"
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


def test_somebody_known_is_not_rewritten(rita: Program, job: int) -> None:
    known = said(rita.post("/candidates", {"name": "Amina Yusuf", "email": "amina@example.net"}), 201)
    again = body(job, candidate={"name": "Somebody Else", "email": "amina@example.net", "phone": "1"})
    application = said(rita.post("/applications", again), 201)
    assert application["candidate"] == {
        "id": known["id"], "name": "Amina Yusuf", "email": "amina@example.net", "phone": None,
    }  # fmt: skip
    assert field_of(rita.post("/applications", again)) == ["candidate.email"]
    assert field_of(rita.post("/candidates", {"name": "B", "email": "AMINA@example.net"})) == ["email"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"job_id": 999}, "job_id"),
        ({"job_id": 2**31}, "job_id"),
        ({"candidate": {"name": ""}}, "candidate.name"),
        ({"candidate": {"email": "a@b.example"}}, "candidate.name"),
        ({"candidate": {"name": "A", "email": "nowhere"}}, "candidate.email"),
        ({"candidate": {"name": "A\u202eB"}}, "candidate.name"),
        ({"source": "x" * 81}, "source"),
        ({"consent_notice": "x" * 41}, "consent_notice"),
        ({"answers": {"Why?": "So"}}, "answers.Why?"),
        ({"resume": {"filename": "a.pdf", "base64": "%%%"}}, "resume.base64"),
        ({"resume": {"filename": "a.pdf", "base64": ""}}, "resume"),
        ({"resume": {"filename": "a.exe", "base64": "TVo="}}, "resume"),
        ({"resume": {"filename": "a.pdf", "base64": "TVo="}}, "resume"),
        ({"profile": []}, "profile"),
        ({"profile": {"basics": {"name": "\x00"}}}, "profile.basics.name"),
        ({"profile": {"basics": {"\ud800": 1}}}, "profile.basics"),
        ({"profile": {"years": 10**400}}, "profile.years"),
    ],
)
def test_an_application_that_cannot_be_keeps_nothing(
    database: Database, rita: Program, job: int, tmp_path: Path, changed: dict[str, Any], field: str
) -> None:
    assert field_of(rita.post("/applications", body(job, **changed))) == [field]
    with database.reading() as session:
        for kept in (Candidate, Application, StoredFile):
            assert session.scalar(select(func.count()).select_from(kept)) == 0
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_a_job_that_is_not_open_takes_no_application(database: Database, rita: Program) -> None:
    with database.writing() as session:
        held = make_job(session, status=JobStatus.ON_HOLD).id
    assert field_of(rita.post("/applications", body(held))) == ["job_id"]


def test_candidates_are_found_by_beginnings_of_words_in_pages(
    database: Database, people: People, rita: Program, ines: Program
) -> None:
    with database.writing() as session:
        for name in ("Amina Yusuf", "Amir Khan", "Bela Bartok", "Amina Stone"):
            make_candidate(session, name)
    page = said(rita.get("/candidates", query_string={"q": "ami", "limit": 2}))
    assert [one["name"] for one in page["items"]] == ["Amina Stone", "Amina Yusuf"]
    rest = said(rita.get("/candidates", query_string={"q": "ami", "limit": 2, "after": page["next"]}))
    assert [one["name"] for one in rest["items"]] == ["Amir Khan"]
    assert rest["next"] is None
    assert said(ines.get("/candidates"))["items"] == []
    assert said(rita.get("/candidates", query_string={"q": "***"}))["items"] == []


def test_a_candidate_is_shown_with_their_applications(rita: Program, job: int) -> None:
    application = said(rita.post("/applications", body(job, profile={"basics": {"name": "Amina"}})), 201)
    shown = said(rita.get(f"/candidates/{application['candidate']['id']}"))
    assert shown["profile"] == {"basics": {"name": "Amina"}}
    assert shown["applications"] == [
        {"id": application["id"], "job_id": job, "stage": "application", "outcome": "active", "version": 1}
    ]


def test_people_come_in_pages(rita: Program) -> None:
    page = said(rita.get("/users", query_string={"limit": 3}))
    rest = said(rita.get("/users", query_string={"limit": 3, "after": page["next"]}))
    assert [one["name"] for one in page["items"] + rest["items"]] == ["Rita", "Hank", "Ines", "Olga", "Ivan"]
    assert rest["next"] is None
    me = said(rita.get("/me"))
    assert (me["roles"], me["teams"]) == (["recruiter"], [])


def test_reasons_say_what_they_close_and_if_they_ask_for_a_note(rita: Program) -> None:
    reasons = {one["key"]: one for one in said(rita.get("/disposition-reasons"))["items"]}
    assert reasons["references"] == {
        "key": "references",
        "label": "References did not support the hire",
        "for": "reject",
        "needs_note": True,
    }
    assert reasons["salary"]["for"] == "withdraw"
    assert "considered_for_another_job" not in reasons


def test_a_hidden_name_is_the_number_of_the_application_to_programs_too(
    database: Database, rita: Program, hank: Program, job: int
) -> None:
    made = said(rita.post("/applications", body(job)), 201)
    with database.writing() as session:
        session.get_one(Job, job).has_hidden_names = True
    brief = said(hank.get(f"/applications/{made['id']}"))["candidate"]
    assert (brief["name"], brief["email"]) == (f"Application {made['id']}", None)
    pipeline = said(hank.get(f"/jobs/{job}/pipeline"))
    assert "Amina Yusuf" not in str(pipeline)
    assert said(hank.get("/candidates"))["items"] == []
    assert hank.get(f"/candidates/{brief['id']}").status_code == 404
    # The recruiters of the job's team write to the person while nobody else was named.
    assert said(rita.get(f"/applications/{made['id']}"))["candidate"]["name"] == "Amina Yusuf"
