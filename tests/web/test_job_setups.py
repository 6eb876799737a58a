"""The set-up page of a job, its target days and its status."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.factories import join_team, make_application, make_job
from tests.interviewing import plan_rounds, publish_rubric
from tests.queries.test_board import statements
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.stages import JobStatus, Stage
from tracker.models.jobs import Job
from tracker.models.users import User

People = dict[str, int]
PARTS = ("setup", "status", "team", "plan", "questions")
FORMS = ("edit", "targets", "team/recruiter/add", "plan/rounds/new", "questions/new")


@dataclass(frozen=True)
class Office:
    """A job of Hank's with Ines on its team, and another that neither has a part in."""

    database: Database
    job_id: int
    other_id: int

    def job(self) -> Job:
        with self.database.reading() as session:
            job = session.get_one(Job, self.job_id)
            _ = (job.team, job.rounds, job.questions, job.stage_targets, job.status_changes)
            return job


@pytest.fixture
def office(database: Database, people: People) -> Office:
    with database.writing() as session:
        job, other = make_job(session, title="Order clerk"), make_job(session)
        for name, role in (("hank", TeamRole.HIRING_MANAGER), ("ines", TeamRole.INTERVIEWER)):
            join_team(session, job, session.get_one(User, people[name]), role)
        return Office(database, job.id, other.id)


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def links_of(response: object) -> set[str]:
    return {a.get("href", "") for a in page_of(response).iter("a")}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("persona", "own", "other"),
    [("rita", 200, 200), ("olga", 200, 200), ("hank", 200, 404), ("ines", 200, 404)],
)
def test_set_up_is_read_by_recruiters_hr_and_the_team(
    client: ReadingClient, office: Office, part: str, persona: str, own: int, other: int
) -> None:
    sign_in(client, persona)
    assert client.get(f"/jobs/{office.job_id}/{part}").status_code == own
    assert client.get(f"/jobs/{office.other_id}/{part}").status_code == other


@pytest.mark.parametrize("part", FORMS)
@pytest.mark.parametrize(
    ("persona", "own", "other"),
    [("rita", 200, 200), ("olga", 200, 200), ("hank", 200, 404), ("ines", 403, 403)],
)
def test_set_up_is_changed_by_recruiters_hr_and_the_manager_of_the_job(
    client: ReadingClient, office: Office, part: str, persona: str, own: int, other: int
) -> None:
    sign_in(client, persona)
    assert client.get(f"/jobs/{office.job_id}/{part}").status_code == own
    assert client.get(f"/jobs/{office.other_id}/{part}").status_code == other


def test_each_line_leads_to_its_page_for_those_who_may_open_it(
    client: ReadingClient, app: Flask, office: Office
) -> None:
    page = sign_in(client, "hank").get(f"/jobs/{office.job_id}/setup")
    base = f"/jobs/{office.job_id}"
    wanted = {f"{base}/{part}" for part in ("edit", "team", "plan", "questions", "targets")}
    wanted |= {f"{base}/edit#references_required", f"{base}/edit#needs_background_check"}
    assert wanted <= links_of(page)
    for href in sorted(wanted):
        assert client.get(href.partition("#")[0]).status_code == 200, href
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    seen = links_of(ines.get(f"{base}/setup"))
    assert f"{base}/team" in seen
    assert not {f"{base}/edit", f"{base}/targets"} & seen


def test_what_is_missing_is_named_and_goes_when_it_is_there(
    client: ReadingClient, database: Database, office: Office, people: People
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{office.job_id}/setup"
    said = text_of(client.get(path))
    for missing in ("a description", "a recruiter", "a published rubric", "at least one round"):
        assert missing in said
    assert "a hiring manager" not in said
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        job.description, job.minimum_qualifications, job.ratings_required = "Takes orders", ["Types"], 1
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        publish_rubric(session, job)
        plan_rounds(session, job)
    said = text_of(client.get(path))
    assert "missing" not in said
    assert "Version 1 is published" in said


def test_set_up_asks_the_same_number_of_queries_for_a_large_team(
    client: ReadingClient, database: Database, office: Office, people: People
) -> None:
    sign_in(client, "rita")
    asked = []
    for name in ("rita", "olga"):
        with database.reading() as session, statements(session) as seen:
            client.get(f"/jobs/{office.job_id}/setup")
        asked.append(len([s for s in seen if not s.startswith("BEGIN")]))
        with database.writing() as session:
            job = session.get_one(Job, office.job_id)
            join_team(session, job, session.get_one(User, people[name]), TeamRole.INTERVIEWER)
    assert asked[0] == asked[1] <= 16


def test_target_days_are_set_changed_and_given_back(client: ReadingClient, office: Office) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/targets"
    assert client.send(path, {"screening": "7", "offer": "2"}).status_code == 303
    assert {t.stage: t.days for t in office.job().stage_targets} == {Stage.SCREENING: 7, Stage.OFFER: 2}
    assert 'value="7"' in client.get(path).get_data(as_text=True)
    assert client.send(path, {"screening": "8", "offer": ""}).status_code == 303
    assert {t.stage: t.days for t in office.job().stage_targets} == {Stage.SCREENING: 8}


@pytest.mark.parametrize("wrong", ["0", "366", "-1", "soon", "1e3", "9" * 40])
def test_target_that_does_not_hold_says_so_at_its_stage_and_saves_nothing(
    client: ReadingClient, office: Office, wrong: str
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{office.job_id}/targets", {"screening": "4", "offer": wrong})
    assert answer.status_code == 422
    assert page_of(answer).find(".//*[@id='offer-error']") is not None
    assert office.job().stage_targets == []


@pytest.mark.parametrize(
    ("status", "offered", "persona"),
    [
        (JobStatus.DRAFT, {"open", "close"}, "olga"),
        (JobStatus.DRAFT, {"close"}, "rita"),
        (JobStatus.OPEN, {"hold", "close"}, "rita"),
        (JobStatus.ON_HOLD, {"resume", "close"}, "rita"),
        (JobStatus.FILLED, {"reopen"}, "rita"),
        (JobStatus.CLOSED, {"reopen"}, "rita"),
        (JobStatus.OPEN, set(), "hank"),
        (JobStatus.OPEN, set(), "ines"),
    ],
)
def test_status_page_offers_what_can_be_done_and_says_why_not_the_rest(
    client: ReadingClient,
    database: Database,
    office: Office,
    status: JobStatus,
    offered: set[str],
    persona: str,
) -> None:
    with database.writing() as session:
        session.get_one(Job, office.job_id).status = status
    base = f"/jobs/{office.job_id}/status"
    page = sign_in(client, persona).get(base)
    assert {
        href.removeprefix(f"{base}/") for href in links_of(page) if href.startswith(f"{base}/")
    } == offered
    for name in offered:
        assert client.get(f"{base}/{name}").status_code == 200
    if status is JobStatus.OPEN and persona == "rita":
        assert "3 openings are still free" in text_of(page)
    if persona in ("hank", "ines") or (status is JobStatus.DRAFT and persona == "rita"):
        assert "This takes" in text_of(page)


def test_refused_change_is_said_before_the_click_and_never_made(
    client: ReadingClient, office: Office
) -> None:
    sign_in(client, "rita")
    base = f"/jobs/{office.job_id}/status"
    page = client.get(f"{base}/fill")
    assert "still free" in text_of(page)
    assert page_of(page).find(".//*[@id='reason']") is None
    assert client.send(f"{base}/fill").status_code == 422
    assert office.job().status is JobStatus.OPEN
    assert "not possible for a job that is open" in text_of(client.send(f"{base}/resume"))
    assert client.get(f"{base}/burn").status_code == 404


def test_job_goes_through_every_status_by_its_pages(
    client: ReadingClient, app: Flask, database: Database, office: Office
) -> None:
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        job.openings = 1
        make_application(session, job, stage=Stage.ONBOARDING)
    sign_in(client, "rita")
    base = f"/jobs/{office.job_id}/status"
    steps = [
        ("hold", "on_hold"),
        ("resume", "open"),
        ("fill", "filled"),
        ("reopen", "open"),
        ("close", "closed"),
    ]
    for name, after in steps:
        assert client.send(f"{base}/{name}", {"reason": f"Why {name}"}).status_code == 303, name
        assert office.job().status == after
    said = text_of(client.get(base))
    for name, _ in steps:
        assert f"Why {name}" in said
    assert said.count("Rita") >= len(steps)


def test_draft_is_closed_without_approval_and_hr_alone_opens_it_after_all(
    client: ReadingClient, app: Flask, database: Database, office: Office
) -> None:
    with database.writing() as session:
        draft = make_job(session, status=JobStatus.DRAFT, approved_at=None).id
    base = f"/jobs/{draft}/status"
    sign_in(client, "rita")
    assert client.send(f"{base}/close", {"reason": "No budget"}).status_code == 303
    assert "This takes HR" in text_of(client.get(f"{base}/reopen"))
    assert client.send(f"{base}/reopen", {"reason": "Budget"}).status_code == 422
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    assert olga.send(f"{base}/reopen", {"reason": "Budget"}).status_code == 303
    with database.reading() as session:
        job = session.get_one(Job, draft)
        assert (job.status, job.approved_by_id is not None) == (JobStatus.OPEN, True)


def test_opening_warns_of_what_is_not_set_up(
    client: ReadingClient, database: Database, office: Office
) -> None:
    with database.writing() as session:
        draft = make_job(session, status=JobStatus.DRAFT, approved_at=None).id
    said = text_of(sign_in(client, "olga").get(f"/jobs/{draft}/status/open"))
    for missing in ("a hiring manager", "a published rubric", "at least one round"):
        assert missing in said


def test_job_is_set_up_by_its_pages_alone_until_nothing_is_missing(
    client: ReadingClient, app: Flask, database: Database, people: People
) -> None:
    sign_in(client, "hank")
    details = {"title": "Baker", "openings": "1", "seniority": "entry", "description": "Bakes bread"}
    details |= {"minimum_qualifications": "Lifts 20 kg", "references_required": "1", "ratings_required": "2"}
    base = client.send("/jobs/new", details).location.removesuffix("/setup")
    job_id = int(base.rpartition("/")[2])
    assert client.send(f"{base}/team/recruiter/add", {"user": str(people["rita"])}).status_code == 303
    with database.writing() as session:
        job = session.get_one(Job, job_id)
        job.rubric_id = publish_rubric(session, job).id
        version = str(job.version)
    values = {"minutes": "45", "most": "6", "version": version}
    assert client.send(f"{base}/plan/propose", values).status_code == 303
    assert client.send(f"{base}/questions/new", {"text": "When could you start?"}).status_code == 303
    assert client.send(f"{base}/targets", {"offer": "4"}).status_code == 303
    said = text_of(client.get(f"{base}/setup"))
    assert "missing" not in said.replace("What is missing below", "")
    assert "Ready for HR to open" in said
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    assert "Not all is set up" not in text_of(olga.get(f"{base}/status/open"))
    assert olga.send(f"{base}/status/open").status_code == 303
    rita = sign_in(app.test_client(), "rita")  # type: ignore[arg-type]
    candidate = {"name": "Amina Yusuf", "email": "amina@example.net", "source": "website"}
    assert rita.send(f"{base}/applications/new", candidate).status_code == 303
