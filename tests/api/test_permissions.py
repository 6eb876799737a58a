"""Who may call what: the table of personas and calls, and the same permissions as the pages."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.api.conftest import People, Program, said, team_job
from tests.factories import actor_of, make_application
from tests.interviewing import schedule
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.offers import SalaryPeriod
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.services.offers import draft_offer
from tracker.services.onboarding import start_onboarding

NAMES = ("rita", "hank", "ines", "olga", "ivan")
# Bodies hold a field that no call knows: whoever may do it gets 422, and nothing changes.
TABLE = """
GET   /me                                           200 200 200 200 200
GET   /disposition-reasons                          200 200 200 200 200
GET   /users                                        200 200 403 200 403
GET   /jobs                                         200 200 200 200 200
POST  /jobs                                         422 422 403 422 403
GET   /jobs/{job}                                   200 200 200 200 404
PATCH /jobs/{job}                                   422 422 403 422 403
GET   /jobs/{job}/pipeline                          200 200 200 200 404
GET   /rubrics/{rubric}                             200 200 200 200 404
GET   /candidates                                   200 200 200 200 200
POST  /candidates                                   422 403 403 422 403
GET   /candidates/{candidate}                       200 200 200 200 404
POST  /applications                                 422 403 403 422 403
POST  /applications/bulk-moves                      422 422 403 422 403
GET   /applications/{interviewed}                   200 200 200 200 404
GET   /applications/{interviewed}/history           200 200 403 200 403
POST  /applications/{interviewed}/moves             422 422 403 422 404
PUT   /applications/{interviewed}/screening         422 403 403 422 403
POST  /applications/{interviewed}/interviews        422 422 403 422 403
POST  /applications/{interviewed}/debrief           403 422 403 422 403
POST  /applications/{interviewed}/references        422 403 403 422 403
PUT   /applications/{interviewed}/background-check  422 403 403 422 403
POST  /applications/{offered}/offers                422 403 403 422 403
GET   /applications/{onboarded}/onboarding-tasks    200 200 403 200 403
POST  /interviews/{interview}/scorecards            403 403 422 403 404
POST  /offers/{offer}/approve                       403 422 403 422 403
POST  /offers/{offer}/send                          422 403 403 422 403
POST  /offers/{offer}/accept                        422 403 403 422 403
POST  /offers/{offer}/decline                       422 403 403 422 403
POST  /offers/{offer}/withdraw                      422 403 403 422 403
PATCH /onboarding-tasks/{task}                      422 422 403 422 403
GET   /reports/pipeline                             200 200 403 200 403
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]

# A call and a page where people do the same.
SAME = {
    "api_jobs.index": "jobs.index",
    "api_jobs.create": "jobs.new",
    "api_jobs.change": "jobs.edit",
    "api_applications.create": "jobs.add_application",
    "api_applications.show": "applications.show",
    "api_moves.make": "moves.make",
    "api_moves.make_many": "bulk_moves.make",
    "api_screenings.record": "screenings.review",
    "api_interviews.schedule": "interviews.new",
    "api_interviews.write_scorecard": "scorecards.show",
    "api_interviews.debrief": "debriefs.decide",
    "api_references.add": "references.new",
    "api_references.check": "background_checks.disclose",
    "api_offers.draft": "offers.new",
    "api_offers.approve": "offers.approve",
    "api_offers.send": "offers.send",
    "api_offers.accept": "offers.accept",
    "api_offers.decline": "offers.decline",
    "api_offers.withdraw": "offers.withdraw",
    "api_onboarding.index": "onboarding.index",
    "api_onboarding.change": "onboarding.change",
    "api_users.index": "users.index",
    "api_reports.show": "reports.show",
}


@pytest.fixture
def scene(database: Database, people: People, programs: dict[str, Program]) -> dict[str, int]:
    with database.writing() as session:
        job = team_job(session, people)
        interviewed = make_application(session, job, stage=Stage.INTERVIEW)
        offered = make_application(session, job, stage=Stage.OFFER)
        onboarded = make_application(session, job, stage=Stage.ONBOARDING)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        interview = schedule(session, interviewed, ines, actor=SYSTEM)
        offer = draft_offer(
            session,
            offered,
            salary_cents=3_000_000,
            currency="USD",
            period=SalaryPeriod.YEAR,
            starts_on=clock.today() + timedelta(days=9),
            expires_at=clock.now() + timedelta(days=9),
            actor=SYSTEM,
        )
        tasks = start_onboarding(session, onboarded, starts_on=clock.today(), actor=SYSTEM)
        return {
            "job": job.id,
            "rubric": interview.rubric_id,
            "candidate": interviewed.candidate_id,
            "interviewed": interviewed.id,
            "offered": offered.id,
            "onboarded": onboarded.id,
            "interview": interview.id,
            "offer": offer.id,
            "task": tasks[0].id,
        }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:2]))
def test_each_call_is_for_those_whom_the_policy_names(
    programs: dict[str, Program], scene: dict[str, int], row: list[str]
) -> None:
    method, path, *wanted = row
    for name, status in zip(NAMES, wanted, strict=True):
        body = None if method == "GET" else {"unheard_of": 1}
        said(programs[name].call(method, path.format(**scene), body), int(status))


def test_the_table_holds_every_call(app: Flask) -> None:
    described = app.test_client().get("/api/v1/openapi.json").json["paths"]
    calls = {(method.upper(), path.count("/")) for path, of in described.items() for method in of}
    assert len(ROWS) == sum(len(of) for of in described.values())
    assert {(method, path.count("/")) for method, path, *_ in ROWS} == calls


def test_calls_ask_the_permission_of_the_page(app: Flask) -> None:
    for call, page in SAME.items():
        theirs = [app.view_functions[name].access for name in (call, page)]
        assert theirs[0].permission is theirs[1].permission, call


def test_what_is_another_jobs_does_not_exist_for_its_neighbours(
    database: Database, scene: dict[str, int], hank: Program, rita: Program
) -> None:
    with database.writing() as session:
        other = make_application(session)
        path, job = f"/applications/{other.id}", other.job_id
    for call, body in (
        (f"/jobs/{job}", None),
        (path, None),
        (f"{path}/history", None),
        (f"{path}/moves", {}),
    ):
        said(hank.call("GET" if body is None else "POST", call, body), 404)
    # A recruiter knows every application, but offers only of the jobs they recruit for.
    said(rita.get(path))
    said(rita.post(f"{path}/offers", {}), 404)


def test_contact_data_is_for_those_who_may_read_it(
    scene: dict[str, int], rita: Program, hank: Program, ines: Program
) -> None:
    for program, knows in ((rita, True), (hank, True), (ines, False)):
        for path in ("/applications/{interviewed}", "/candidates/{candidate}"):
            shown = said(program.get(path.format(**scene)))
            who = shown.get("candidate", shown)
            assert who["name"] == "Amina Yusuf"
            assert (who["email"] is not None) is knows
    assert [one["email"] for one in said(ines.get("/candidates"))["items"]] == [None]


def test_an_override_is_for_hr_alone(scene: dict[str, int], hank: Program) -> None:
    body = {"move": "advance", "from": "interview", "version": 3}
    override = {"requirements": ["debrief"], "reason": "In a hurry"}
    path = f"/applications/{scene['interviewed']}/moves"
    said(hank.post(path, body | {"override": override}), 403)


def test_who_drafted_an_offer_does_not_approve_it(
    scene: dict[str, int], olga: Program, hank: Program
) -> None:
    said(olga.post(f"/offers/{scene['offer']}/withdraw", {"reason": "Again"}))
    terms = {
        "salary": {"amount": "31500.50", "currency": "USD", "period": "year"},
        "starts_on": str(clock.today() + timedelta(days=14)),
        "expires_at": (clock.now() + timedelta(days=7)).isoformat(),
    }
    offer = said(olga.post(f"/applications/{scene['offered']}/offers", terms), 201)
    said(olga.post(f"/offers/{offer['id']}/approve"), 403)
    assert said(hank.post(f"/offers/{offer['id']}/approve"))["approved_by_id"]
