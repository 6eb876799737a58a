"""One application from applying to hired, by HTTP calls alone, each by the person whose part it is."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.api.conftest import People, Program, said, team_job
from tests.interviewing import SEED
from tests.web.conftest import ON_BOTH
from tracker import clock
from tracker.cli import main
from tracker.db import Database
from tracker.queries.history import verify_history

pytestmark = ON_BOTH

Programs = dict[str, Program]


def forward(
    who: Program, path: str, move: str = "advance", status: int = 201, requirements: tuple[str, ...] = ()
) -> Any:
    """Make the move from where the application stands; or see it refused for just these requirements."""
    seen = said(who.get(path))
    option = next(one for one in seen["moves"] if one["move"] == move)
    assert option["allowed"] is (status == 201)
    assert [m["requirement"] for m in option["unmet"]] == list(requirements)
    body = {"move": move, "from": seen["stage"], "version": seen["version"]}
    answer = said(who.post(f"{path}/moves", body), status)
    if status == 422:
        assert answer["type"] == "unmet-requirements"
        assert [m["requirement"] for m in answer["unmet"]] == list(requirements)
    return answer


def lacks(who: Program, path: str, *requirements: str, move: str = "advance") -> None:
    forward(who, path, move, 422, requirements)


def interview(programs: Programs, people: People, path: str, job: int) -> None:
    rita, hank = programs["rita"], programs["hank"]
    rounds = said(rita.get(f"/jobs/{job}"))["rounds"]
    for place, planned in enumerate(rounds):
        name = ("ines", "ivan")[place % 2]
        body = {
            "kind": planned["kind"],
            "starts_at": (clock.now() - timedelta(hours=2)).isoformat(),
            "minutes": planned["minutes"],
            "panel": [people[name]],
            "competencies": planned["competencies"],
        }
        session = said(rita.post(f"{path}/interviews", body), 201)
        rows = [
            {"competency": key, "value": 3, "evidence": "Named each step."} for key in session["competencies"]
        ]
        card = {"ratings": rows, "recommendation": "yes", "submit": True}
        handed = said(programs[name].post(f"/interviews/{session['id']}/scorecards", card), 201)
        assert handed["submitted_at"]
    lacks(hank, path, "debrief")
    said(hank.post(f"{path}/debrief", {"decision": "advance", "reason": "Evidence on every row"}), 201)


def ask_referees(rita: Program, path: str) -> None:
    for name in ("Bela", "Chidi"):
        body = {
            "referee": {"name": name, "email": f"{name.lower()}@example.net"},
            "consent": True,
            "result": "received",
        }
        assert said(rita.post(f"{path}/references", body), 201)["result"] == "received"
    lacks(rita, path, "background_check")
    steps = {"disclosure": True, "consent": True, "ordered": True, "result": "clear"}
    for _ in range(2):
        assert said(rita.put(f"{path}/background-check", steps))["result"] == "clear"


def offer_and_accept(rita: Program, hank: Program, path: str) -> None:
    lacks(rita, path, "offer_approved", "offer_accepted")
    terms = {
        "salary": {"amount": 31500.5, "currency": "USD", "period": "year"},
        "starts_on": str(clock.today() + timedelta(days=14)),
        "expires_at": (clock.now() + timedelta(days=7)).isoformat(),
    }
    offer = said(rita.post(f"{path}/offers", terms), 201)
    assert offer["salary"] == {"amount": 31500.5, "currency": "USD", "period": "year"}
    one = f"/offers/{offer['id']}"
    said(rita.post(f"{one}/approve"), 403)
    assert said(hank.post(f"{one}/approve"))["status"] == "approved"
    assert said(rita.post(f"{one}/send"))["status"] == "sent"
    assert said(rita.post(f"{one}/accept"))["status"] == "accepted"


def test_one_application_walks_from_applying_to_hired(
    database: Database, programs: Programs, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita, hank, olga = programs["rita"], programs["hank"], programs["olga"]
    with database.writing() as session:
        job = team_job(session, people, openings=1, needs_background_check=True).id
    applying = {
        "job_id": job,
        "candidate": {"name": "Amina Yusuf", "email": "amina@example.net"},
        "profile": {"basics": {"name": "Amina Yusuf"}},
    }
    application = said(rita.post("/applications", applying), 201)
    path = f"/applications/{application['id']}"
    # Without the privacy notice nothing goes on, and it comes with the application.
    lacks(rita, path, "consent_notice")
    gone = {"move": "withdraw", "from": "application", "version": 1, "reason": "personal"}
    said(rita.post(f"{path}/moves", gone), 201)
    application = said(rita.post("/applications", applying | {"consent_notice": "2026-01"}), 201)
    path = f"/applications/{application['id']}"
    forward(rita, path)
    lacks(rita, path, "resume_review", "screening_call")
    said(rita.put(f"{path}/screening", {"resume_review": {"passed": True}, "call": {"result": "strong"}}))
    forward(rita, path)
    lacks(rita, path, "rounds_held", "scorecards", "competencies_rated", "debrief")
    interview(programs, people, path, job)
    forward(hank, path)
    ask_referees(rita, path)
    forward(rita, path)
    offer_and_accept(rita, hank, path)
    lacks(olga, path, "onboarding_tasks", "start_date", move="complete")
    for task in said(hank.get(f"{path}/onboarding-tasks"))["items"]:
        if task["required"]:
            done = said(hank.patch(f"/onboarding-tasks/{task['id']}", {"done_at": clock.now().isoformat()}))
            assert done["done_at"]
    lacks(olga, path, "start_date", move="complete")
    later = clock.now() + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: later)
    hired = forward(olga, path, "complete")
    assert (hired["application"]["outcome"], hired["move"]["version"]) == ("hired", 7)
    moves = said(rita.get(f"{path}/history"))["items"]
    assert [m["to_stage"] for m in moves] == [
        "application", "screening", "interview", "references", "offer", "onboarding", "onboarding",
    ]  # fmt: skip
    assert [m["actor_name"] for m in moves] == ["Rita", "Rita", "Rita", "Hank", "Rita", "Rita", "Olga"]
    assert not any(m["overridden"] for m in moves)
    assert said(rita.get(f"/jobs/{job}"))["openings_taken"] == 1
    with database.reading() as session:
        assert verify_history(session)[2] is None


@pytest.fixture
def command(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """The command line on the database that the programs ask."""
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    url = database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def test_a_job_set_up_by_commands_alone_has_its_applications_interviewed(
    database: Database, programs: Programs, people: People, command: Callable[..., Result]
) -> None:
    rita, hank, olga = programs["rita"], programs["hank"], programs["olga"]
    as_olga = ("--as", "olga@example.org")
    assert command("frameworks", "import", SEED).exit_code == 0
    job = int(command("jobs", "add", "Order clerk", "--soc", "43-4151.00", "--open", *as_olga).stdout)
    assert "publish one first" in command("jobs", "plan", job, *as_olga).stderr
    assert command("rubrics", "generate", "11-1011.00", "--job", job, *as_olga).exit_code == 1
    drafted = command("rubrics", "generate", "43-4151.00", "--job", job, *as_olga)
    rubric = int(drafted.stdout)
    assert command("rubrics", "publish", rubric, *as_olga).exit_code == 0
    rounds = command("jobs", "plan", job, "--minutes", 60, *as_olga).stdout.splitlines()
    seen = said(olga.get(f"/jobs/{job}"))
    assert [line.split("\t")[1] for line in rounds] == [one["title"] for one in seen["rounds"]]
    assert {one["minutes"] for one in seen["rounds"]} == {60}
    team = [
        {"user_id": people["rita"], "role": "recruiter"},
        {"user_id": people["hank"], "role": "hiring_manager"},
    ]
    said(olga.patch(f"/jobs/{job}", {"version": seen["version"], "team": team}))
    applying = {
        "job_id": job,
        "candidate": {"name": "Amina Yusuf", "email": "amina@example.net"},
        "profile": {"basics": {"name": "Amina Yusuf"}},
        "consent_notice": "2026-01",
    }
    path = f"/applications/{said(rita.post('/applications', applying), 201)['id']}"
    forward(rita, path)
    said(rita.put(f"{path}/screening", {"resume_review": {"passed": True}, "call": {"result": "strong"}}))
    forward(rita, path)
    interview(programs, people, path, job)
    forward(hank, path)
    assert said(rita.get(path))["stage"] == "references"
