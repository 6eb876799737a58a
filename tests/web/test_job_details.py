"""The list of jobs, and the details of one: filters in the address, the jurisdiction, two editors at once."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask

from tests.factories import join_team, make_application, make_job
from tests.queries.test_board import statements
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_job_setups import Office, People, links_of, office, text_of
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import JobStatus, Stage
from tracker.models.jobs import Job, StageTarget
from tracker.models.users import User
from tracker.queries.jobs import MOST_JOBS
from tracker.services import jobs

__all__ = ["office"]

LONG = "Order clerk for the returns of the winter season, Harbour Rd"
ARABIC = "كاتب طلبات"


def details_form(**changes: str) -> dict[str, str]:
    values = {"title": "Order clerk", "openings": "3", "references_required": "2", "ratings_required": "2"}
    return {**values, "seniority": "entry", **changes}


def shown(response: object) -> list[str]:
    rows = page_of(response).findall(".//tbody/tr")
    return ["".join(row.find(".//a").itertext()) for row in rows]


def test_list_goes_on_by_its_pages_with_its_filters(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        for number in range(MOST_JOBS + 3):
            make_job(session, title=f"Clerk {number:03}", department="Orders")
        make_job(session, title="Baker", department="Bread")
    first = sign_in(client, "rita").get("/jobs?department=Orders")
    following = page_of(first).find(".//a[@rel='next']").get("href")
    assert "department=Orders" in following
    second = client.get(following)
    assert len(shown(first)) == MOST_JOBS
    assert shown(second) == [f"Clerk {number:03}" for number in range(MOST_JOBS, MOST_JOBS + 3)]
    assert page_of(second).find(".//a[@rel='next']") is None
    assert client.get("/jobs?after=nowhere").status_code == 422
    assert client.get("/jobs?status=lost").status_code == 404


def test_filters_stand_in_the_address_and_each_has_its_way_off(
    client: ReadingClient, database: Database, people: People
) -> None:
    with database.writing() as session:
        own = make_job(session, title=LONG, department="Orders & returns", location="Leeds")
        make_job(session, title=ARABIC, department="Orders & returns", status=JobStatus.CLOSED)
        join_team(session, own, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
    sign_in(client, "rita")
    assert shown(client.get("/jobs")) == [LONG, ARABIC]
    assert shown(client.get("/jobs?mine=1")) == [LONG]
    assert shown(client.get("/jobs?status=closed")) == [ARABIC]
    assert shown(client.get(f"/jobs?q={quote(ARABIC)}")) == [ARABIC]
    page = client.get("/jobs?department=Orders+%26+returns&location=Leeds&q=season+clerk&mine=1&status=open")
    assert shown(page) == [LONG]
    chips = [a.get("href") for a in page_of(page).iter("a") if a.get("class") == "chip"]
    assert len(chips) == 4
    assert all(shown(client.get(href)) == [LONG] for href in chips)
    assert "No job fits" in text_of(client.get("/jobs?q=nobody"))
    assert "<script>" not in client.get("/jobs?q=<script>&department=<script>").get_data(as_text=True)


def test_list_shows_what_waits_too_long_and_leads_to_it(
    client: ReadingClient, database: Database, office: Office
) -> None:
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        for stage in (Stage.APPLICATION, Stage.SCREENING):
            make_application(session, job, stage=stage)
        session.add(StageTarget(job_id=job.id, stage=Stage.SCREENING, days=1))
    page = sign_in(client, "rita").get("/jobs")
    assert f"/jobs/{office.job_id}?over=1" not in links_of(page)
    assert client.get(f"/jobs/{office.job_id}?over=1").status_code == 200


def test_list_takes_as_many_queries_for_many_jobs_as_for_one(
    client: ReadingClient, database: Database, people: People
) -> None:
    sign_in(client, "rita")
    asked = []
    for count in (1, 30):
        with database.writing() as session:
            for _ in range(count):
                make_application(session)
        with database.reading() as session, statements(session) as seen:
            client.get("/jobs")
        asked.append(len([s for s in seen if not s.startswith("BEGIN")]))
    assert asked[0] == asked[1] <= 9


def test_later_of_two_editors_is_told_sees_what_changed_and_keeps_what_they_typed(
    client: ReadingClient, database: Database, office: Office
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/edit"
    seen = page_of(client.get(path)).find(".//input[@name='version']").get("value")
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        theirs = replace(jobs.details_of(job), location="York", openings=5)
        jobs.edit_job(session, job, theirs, version=job.version, actor=SYSTEM)
    late = client.send(path, details_form(version=seen, title=LONG, location="Leeds"))
    assert late.status_code == 409
    said = text_of(late)
    assert "Somebody changed this job since you opened it" in said
    assert "York" in said
    assert page_of(late).find(".//*[@id='title']").get("value") == LONG
    assert office.job().location == "York"
    now = page_of(late).find(".//input[@name='version']").get("value")
    again = client.send(path, details_form(version=now, title=LONG, location="Leeds"))
    assert again.status_code == 303
    assert (office.job().title, office.job().location) == (LONG, "Leeds")


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 40])
def test_version_that_never_was_saves_nothing(client: ReadingClient, office: Office, version: str) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{office.job_id}/edit", details_form(version=version, title="Changed"))
    assert (answer.status_code, office.job().title) == (409, "Order clerk")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("openings", "0"),
        ("openings", "1e9"),
        ("references_required", "11"),
        ("ratings_required", "6"),
        ("seniority", "boss"),
        ("jurisdiction", "Ohio"),
        ("jurisdiction", "x" * 41),
    ],
)
def test_details_that_do_not_hold_say_so_at_the_field(
    client: ReadingClient, office: Office, field: str, value: str
) -> None:
    sign_in(client, "hank")
    form = details_form(version=str(office.job().version), **{field: value})
    answer = client.send(f"/jobs/{office.job_id}/edit", form)
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None
    assert office.job().version == 1


def test_new_job_takes_the_jurisdiction_of_the_settings_unless_another_is_given(
    config: Config, database: Database, people: People
) -> None:
    values = {name: getattr(config, name) for name in config.__slots__}
    app: Flask = create_app(Config(**{**values, "jurisdiction": "gb"}), database)
    app.test_client_class = ReadingClient
    client: ReadingClient = sign_in(app.test_client(), "rita")  # type: ignore[arg-type]
    offered = page_of(client.get("/jobs/new")).find(".//*[@id='jurisdiction']").get("value")
    assert offered == "GB"
    for written, kept in ((offered, "GB"), ("us-ca", "US-CA"), ("", None)):
        made = client.send("/jobs/new", details_form(jurisdiction=written))
        with database.reading() as session:
            job = session.get_one(Job, int(made.location.split("/")[2]))
            assert job.jurisdiction == kept
