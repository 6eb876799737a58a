import csv
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.tags import MOST_TAGS
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.tags import ApplicationTag
from tracker.models.users import User
from tracker.services.tags import add_tags

People = dict[str, int]


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


@pytest.fixture
def job_id(database: Database, people: People) -> int:
    """A job of Hank's with two candidates, one of whose names a spreadsheet would run."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        for name in ("=HYPERLINK(1)", "Amina Yusuf"):
            make_application(session, job, candidate=make_candidate(session, name))
        return job.id


def ticked(client: ReadingClient, job_id: int) -> list[str]:
    page = page_of(client.get(f"/jobs/{job_id}?view=table"))
    return [box.get("value") for box in page.findall(".//tbody//input")]


def tags(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(ApplicationTag.name)))


def rows(answer: TestResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"))))


def test_several_are_tagged_after_being_asked_which_and_found_by_it(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    ids = ticked(sign_in(client, "rita"), job_id)
    path = f"/jobs/{job_id}/applications/tags"
    back = f"/jobs/{job_id}?view=table&outcome=any"
    asks = client.send(path, {"ids": ids, "back": back})
    assert (asks.status_code, tags(database)) == (200, [])
    assert [f.get("value") for f in page_of(asks).iter("input") if f.get("name") == "ids"] == ids
    values = {"ids": ids, "back": back, "is_decided": "1", "tag": "Nights, #nights"}
    done = client.send(path, values)
    assert (done.status_code, done.location, tags(database)) == (303, back, ["nights", "nights"])
    found = page_of(client.get(f"/jobs/{job_id}?view=table&tag=NIGHTS"))
    assert len(found.findall(".//tbody//input")) == 2
    assert not page_of(client.get(f"/jobs/{job_id}?view=table&tag=days")).findall(".//tbody//input")
    assert "#nights" in text_of(client.get(f"/jobs/{job_id}"))
    off = client.send(f"/jobs/{job_id}/applications/untag", {**values, "ids": ids[:1]})
    assert (off.status_code, tags(database)) == (303, ["nights"])


def test_what_is_no_tag_is_refused_at_the_field_and_nothing_changes(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    ids = ticked(sign_in(client, "rita"), job_id)
    for tag, message in (("", "Write a tag."), (" , ", "Write a tag."), ("x" * 41, "at most 40")):
        answer = client.send(f"/jobs/{job_id}/applications/tags", {"ids": ids, "is_decided": "1", "tag": tag})
        assert answer.status_code == 422
        assert message in text_of(answer)
    assert tags(database) == []


def test_each_that_could_not_be_tagged_says_why(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    ids = ticked(sign_in(client, "rita"), job_id)
    with database.writing() as session:
        full = session.get_one(Application, int(ids[0].partition("-")[0]))
        add_tags(session, full, [str(number) for number in range(MOST_TAGS)], actor=SYSTEM)
    values = {"ids": ids, "is_decided": "1", "tag": "nights"}
    answer = text_of(client.send(f"/jobs/{job_id}/applications/tags", values))
    assert "1 of 2 tagged" in answer
    assert "carries at most 20 tags" in answer
    assert tags(database).count("nights") == 1


def test_several_are_given_to_a_recruiter_of_the_list(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    ids = ticked(sign_in(client, "olga"), job_id)
    path = f"/jobs/{job_id}/applications/recruiter"
    asks = page_of(client.send(path, {"ids": ids}))
    offered = {option.get("value") for option in asks.iter("option")}
    assert offered == {"", "0", str(people["rita"])}
    wrong = client.send(path, {"ids": ids, "is_decided": "1", "recruiter": str(people["ines"])})
    assert wrong.status_code == 422
    values = {"ids": ids, "is_decided": "1", "recruiter": str(people["rita"])}
    assert client.send(path, values).status_code == 303
    assert "Rita" in text_of(client.get(f"/jobs/{job_id}?view=table"))
    assert client.send(path, values | {"recruiter": "0"}).status_code == 303
    with database.reading() as session:
        assert set(session.scalars(select(Application.recruiter_id))) == {None}


def test_chosen_ones_are_taken_away_as_a_harmless_file_and_that_is_on_record(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    ids = ticked(sign_in(client, "rita"), job_id)
    answer = client.send(f"/jobs/{job_id}/applications/export", {"ids": ids})
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    names = [row["candidate"] for row in rows(answer)]
    assert names == ["'=HYPERLINK(1)", "Amina Yusuf"]
    assert all("@" in row["email"] for row in rows(answer))
    with database.reading() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.action == "application:export")).one()
        assert kept.detail is not None
        assert kept.detail["applications"] == sorted(int(one.partition("-")[0]) for one in ids)


def test_nothing_of_other_jobs_leaves_with_a_list(
    client: ReadingClient, app: Flask, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        canary = make_application(session, candidate=make_candidate(session, "Canary")).id
    wanted = {"ids": [f"{canary}-1-application"], "is_decided": "1", "tag": "nights", "recruiter": "0"}
    deeds = ("tags", "untag", "recruiter", "export")
    for persona in ("rita", "hank", "ines"):
        one = sign_in(app.test_client(), persona)  # type: ignore[arg-type]
        for deed in deeds:
            answer = one.send(f"/jobs/{job_id}/applications/{deed}", wanted)
            assert answer.status_code in (303, 403, 404), (persona, deed)
            assert b"Canary" not in answer.data
    assert tags(database) == []


def test_hiring_manager_tags_and_exports_but_assigns_nobody(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    ids = ticked(sign_in(client, "hank"), job_id)
    values = {"ids": ids, "is_decided": "1", "tag": "nights", "recruiter": str(people["rita"])}
    assert client.send(f"/jobs/{job_id}/applications/tags", values).status_code == 303
    assert len(rows(client.send(f"/jobs/{job_id}/applications/export", values))) == 2
    assert client.send(f"/jobs/{job_id}/applications/recruiter", values).status_code == 403
    assert "Assign" not in text_of(client.get(f"/jobs/{job_id}?view=table"))


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/jobs/999", "/settings"])
def test_way_back_leads_to_the_table_and_nowhere_else(client: ReadingClient, job_id: int, back: str) -> None:
    sign_in(client, "rita")
    for deed in ("tags", "export", "recruiter"):
        answer = client.send(f"/jobs/{job_id}/applications/{deed}", {"back": back})
        assert (answer.status_code, answer.location) == (303, f"/jobs/{job_id}?view=table")


@pytest.mark.parametrize(("ids", "status"), [(["x"], 400), (["1-1-attic"], 400), (["1-1-offer"] * 201, 413)])
def test_choice_that_no_page_of_ours_made_is_refused(
    client: ReadingClient, job_id: int, ids: list[str], status: int
) -> None:
    sign_in(client, "rita")
    for deed in ("tags", "untag", "recruiter", "export"):
        assert client.send(f"/jobs/{job_id}/applications/{deed}", {"ids": ids}).status_code == status


def test_version_that_no_database_holds_is_a_stale_one(client: ReadingClient, job_id: int) -> None:
    number = ticked(sign_in(client, "rita"), job_id)[0].partition("-")[0]
    for version in (2**63, -(2**63) - 1):
        ids = [f"{number}-{version}-application"]
        answer = client.send(f"/jobs/{job_id}/moves", {"ids": ids, "move": "advance"})
        assert answer.status_code == (200 if version > 0 else 400)
        assert version < 0 or "0 of 1 moved" in text_of(answer)
    values = {"move": "advance", "from": "application", "version": str(2**63)}
    assert client.send(f"/applications/{number}/moves", values).status_code == 409
