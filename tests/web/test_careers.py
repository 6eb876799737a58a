"""Careers pages: what strangers find, what search engines read, and what stays hidden."""

import json
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.factories import actor_of, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import EmploymentType, PostingDetails
from tracker.domain.stages import JobStatus
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.services.postings import add_source_link, give_referral_link, publish_posting, write_posting

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TEXT = "# The work\nYou take **orders**.\n\n- by phone\n- by [mail](https://example.org/)\n\n<script>alert(1)</script>"
DETAILS = PostingDetails(
    title="Order clerk <b>", text=TEXT, place="Leeds", country="GB", employment_type=EmploymentType.PART_TIME,
    salary_low_cents=3_000_000, salary_high_cents=3_400_000, currency="GBP", period=SalaryPeriod.YEAR,
)  # fmt: skip


def post_job(
    database: Database, *, is_published: bool = True, status: JobStatus = JobStatus.OPEN, **changes: object
) -> int:
    with database.writing() as session:
        job = make_job(session)
        write_posting(session, job, DETAILS, version=0, actor=SYSTEM)
        if is_published:
            publish_posting(session, job, actor=SYSTEM)
        write_posting(session, job, replace(DETAILS, **changes), version=1, actor=SYSTEM)
        job.status = status
        return job.id


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def data_of(response: object) -> dict[str, object]:
    (script,) = page_of(response).findall(".//script[@type='application/ld+json']")  # type: ignore[arg-type]
    found: dict[str, object] = json.loads(script.text)
    return found


def test_a_stranger_finds_an_open_job_and_reads_it(client: ReadingClient, database: Database) -> None:
    job_id = post_job(database, closes_on=clock.today())
    assert "Order clerk <b>" in text_of(client.get("/careers"))
    answer = client.get(f"/careers/{job_id}")
    page = page_of(answer)
    text = text_of(answer)
    for word in (
        "Order clerk <b>",
        "Leeds",
        "Part time",
        "30,000 to 34,000 GBP per year",
        "<script>alert(1)</script>",
    ):
        assert word in text
    prose = next(e for e in page.iter("div") if e.get("class") == "prose")
    assert [e.tag for e in prose] == ["h2", "p", "ul", "p"]
    assert prose.find(".//a").get("href") == "https://example.org/"
    assert page.find(".//link[@rel='canonical']").get("href") == f"http://127.0.0.1:8000/careers/{job_id}"


@pytest.mark.parametrize("status", [one for one in JobStatus if one is not JobStatus.OPEN])
def test_a_job_that_is_not_open_is_nowhere(
    client: ReadingClient, database: Database, status: JobStatus
) -> None:
    hidden(client, post_job(database, status=status))


@pytest.mark.parametrize("changes", [{"is_internal": True}, {"closes_on": clock.today() - timedelta(days=2)}])
def test_an_internal_or_late_posting_is_nowhere(
    client: ReadingClient, database: Database, changes: dict[str, object]
) -> None:
    hidden(client, post_job(database, **changes))


def test_an_unpublished_posting_and_a_job_without_one_are_nowhere(
    client: ReadingClient, database: Database
) -> None:
    hidden(client, post_job(database, is_published=False))
    with database.writing() as session:
        job_id = make_job(session).id
    hidden(client, job_id)


def hidden(client: ReadingClient, job_id: int) -> None:
    assert client.get(f"/careers/{job_id}").status_code == 404
    for path in ("/careers", "/careers/feed.atom", "/sitemap.xml"):
        assert f"careers/{job_id}" not in client.get(path).get_data(as_text=True), path


def test_people_of_the_house_read_internal_jobs(client: ReadingClient, database: Database) -> None:
    job_id = post_job(database, is_internal=True)
    sign_in(client, "ines")
    assert f"/careers/{job_id}" in client.get("/careers").get_data(as_text=True)
    answer = client.get(f"/careers/{job_id}")
    assert answer.status_code == 200
    assert "ld+json" not in answer.get_data(as_text=True)
    assert f"careers/{job_id}" not in client.get("/careers/feed.atom").get_data(as_text=True)


def test_search_engines_read_a_whole_job_posting(client: ReadingClient, database: Database) -> None:
    last = clock.today() + timedelta(days=30)
    job_id = post_job(database, closes_on=last)
    data = data_of(client.get(f"/careers/{job_id}"))
    assert {
        "@context",
        "@type",
        "title",
        "description",
        "datePosted",
        "hiringOrganization",
        "jobLocation",
    } <= set(data)
    assert data["validThrough"] == f"{last + timedelta(days=1)}T00:00:00+00:00"
    assert data["employmentType"] == "PART_TIME"
    assert data["jobLocation"] == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": "GB"},
    }
    assert data["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "GBP",
        "value": {"@type": "QuantitativeValue", "unitText": "YEAR", "minValue": 30000.0, "maxValue": 34000.0},
    }
    assert "<strong>orders</strong>" in str(data["description"])
    assert "<script>" not in str(data["description"])


def test_remote_work_says_where_one_may_live_and_a_hidden_salary_is_not_told(
    client: ReadingClient, database: Database
) -> None:
    job_id = post_job(database, place=None, is_remote=True, is_salary_shown=False)
    answer = client.get(f"/careers/{job_id}")
    data = data_of(answer)
    assert data["jobLocationType"] == "TELECOMMUTE"
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "GB"}
    assert "jobLocation" not in data
    assert "baseSalary" not in data
    assert "30,000" not in answer.get_data(as_text=True)
    assert "30000" not in answer.get_data(as_text=True)


def test_feed_and_sitemap_are_well_formed_and_begin_with_the_configured_address(
    config: Config, database: Database, people: dict[str, int]
) -> None:
    job_id = post_job(database)
    app = create_app(replace(config, base_url="https://jobs.example.org"), database)
    client = app.test_client()
    for path in ("/careers/feed.atom", "/sitemap.xml"):
        root = ElementTree.fromstring(client.get(path, headers={"Host": "evil.example"}).data)
        words = " ".join(root.itertext())
        assert f"https://jobs.example.org/careers/{job_id}" in words
        assert "evil.example" not in ElementTree.tostring(root, "unicode")
    feed = ElementTree.fromstring(client.get("/careers/feed.atom").data)
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:title", "", ATOM) == "Order clerk <b>"
    assert "<strong>orders</strong>" in entry.findtext("a:content", "", ATOM)
    page = client.get(
        f"/careers/{job_id}", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    assert "evil.example" not in page.get_data(as_text=True)


def test_robots_are_shown_the_careers_pages_only(client: ReadingClient) -> None:
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert lines[1:3] == ["Allow: /careers", "Disallow: /"]
    assert lines[3] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"


def test_the_first_link_counts(client: ReadingClient, database: Database, people: dict[str, int]) -> None:
    job_id = post_job(database)
    with database.writing() as session:
        fair = add_source_link(
            session, session.get_one(Job, job_id), source="career fair", label="x", actor=SYSTEM
        )
        own = give_referral_link(session, actor=actor_of(session, session.get_one(User, people["ines"])))
        first, later = fair.code, own.code
    client.get(f"/careers/{job_id}?source={first}")
    client.get(f"/careers/{job_id}?source={later}")
    client.get("/careers?source=<script>")
    with client.session_transaction() as kept:
        assert kept["came_by"] == {str(job_id): first}


def test_rita_writes_previews_publishes_and_takes_down(client: ReadingClient, database: Database) -> None:
    with database.writing() as session:
        job_id = make_job(session, minimum_qualifications=["Writes clearly"]).id
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/posting"
    assert "- Writes clearly" in client.get(path).get_data(as_text=True)
    values = {
        "title": "Order clerk",
        "text": "You take **orders**.",
        "place": "Leeds",
        "country": "gb",
        "version": "0",
        "employment_type": "full_time",
        "currency": "GBP",
        "period": "year",
        "salary_low": "31500",
    }
    assert "<strong>orders</strong>" in client.send(path, values | {"preview": "1"}).get_data(as_text=True)
    assert client.send(path, values).status_code == 303
    assert client.send(path, values | {"title": "Late"}).status_code == 422
    wrong = client.send(path, values | {"version": "1", "salary_low": "many", "title": ""})
    assert wrong.status_code == 422
    assert client.send(f"{path}/publish").status_code == 303
    assert client.get(f"/careers/{job_id}").status_code == 200
    assert client.send(f"{path}/links/new", {"source": "print", "label": "Paper"}).status_code == 303
    assert "Paper" in text_of(client.get(path))
    assert client.send(f"{path}/take-down").status_code == 303
    assert client.get(f"/careers/{job_id}").status_code == 404


def test_a_last_day_that_is_over_is_refused_at_its_field_when_publishing(
    client: ReadingClient, database: Database
) -> None:
    job_id = post_job(database, is_published=False, closes_on=clock.today() - timedelta(days=1))
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/posting"
    client.get(path)
    page = page_of(answer := client.send(f"{path}/publish"))
    assert answer.status_code == 422
    assert "This day is over" in "".join(page.find(".//*[@id='closes_on-error']").itertext())
    # What is corrected here is saved, not published again.
    assert page.find(".//main//form[@novalidate]").get("action") == path
    assert "not public" in text_of(client.get(path))
    assert "Write the posting first" in text_of(client.send(f"/jobs/{unwritten(database)}/posting/publish"))


def unwritten(database: Database) -> int:
    with database.writing() as session:
        return make_job(session).id


@pytest.mark.parametrize(("persona", "status"), [("rita", 200), ("olga", 200), ("hank", 404), ("ines", 403)])
def test_postings_are_written_by_those_who_set_the_job_up(
    client: ReadingClient, database: Database, persona: str, status: int
) -> None:
    job_id = post_job(database)
    assert sign_in(client, persona).get(f"/jobs/{job_id}/posting").status_code == status


def test_everybody_of_the_house_has_a_link_to_refer_people_by(
    client: ReadingClient, database: Database
) -> None:
    post_job(database)
    sign_in(client, "ines")
    assert "Make my link" in text_of(client.get("/referrals"))
    assert client.send("/referrals").status_code == 303
    assert "?source=" in client.get("/referrals").get_data(as_text=True)


def test_a_question_of_a_list_with_a_hint_is_set_up_and_described(
    client: ReadingClient, app: Flask, database: Database
) -> None:
    job_id = post_job(database)
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/questions"
    values = {
        "text": "May you work here?",
        "kind": "choice",
        "choices": "Yes\nNo",
        "no_choices": "No",
        "is_required": "y",
    }
    assert client.send(f"{path}/new", values | {"choices": "Yes"}).status_code == 422
    assert client.send(f"{path}/new", values).status_code == 303
    assert "suggests a no: No" in text_of(client.get(path))
