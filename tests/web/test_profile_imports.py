"""Importing JSON Resume on the same pages as lists: checked first, told file by file, all or nothing."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import make_job
from tests.test_profile_extraction import zipped
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import ReadingClient, page_of
from tests.web.test_candidate_imports import PATH, check, form_on
from tracker import clock
from tracker.db import Database
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.web import candidate_imports


def person(name: str, email: str | None = None, **basics: Any) -> dict[str, Any]:
    told = {"name": name, "email": email or f"{name.lower()}@example.net", **basics}
    return {"basics": told, "work": [{"position": "Clerk", "name": "Holt"}]}


@pytest.fixture
def job_id(database: Database, people: dict[str, int]) -> int:
    with database.writing() as session:
        return make_job(session, title="Order clerk").id


def everybody(database: Database) -> list[Candidate]:
    with database.reading() as session:
        return list(session.scalars(select(Candidate).order_by(Candidate.id)))


@pytest.mark.parametrize("job", ["none", "own"])
def test_one_file_comes_in_with_its_profile(
    client: ReadingClient, database: Database, job_id: int, job: str
) -> None:
    sign_in(client, "rita")
    told = person("Amina", phone="0113 496 0000", location={"city": "Leeds"}, image="https://x.example/a.jpg")
    target = job_id if job == "own" else "none"
    checked = check(client, target, json.dumps(told).encode(), "amina.json")
    assert "Import 1 candidate" in text_of(checked)
    assert everybody(database) == []
    assert client.send(f"{PATH}/lines", form_on(checked)).status_code == 303
    (kept,) = everybody(database)
    assert (kept.name, kept.email, kept.phone, kept.location) == (
        "Amina",
        "amina@example.net",
        "0113 496 0000",
        "Leeds",
    )
    assert kept.profile == {"basics": {k: v for k, v in told["basics"].items() if k != "image"}} | {
        "work": told["work"]
    }
    with database.reading() as session:
        assert (session.scalar(select(func.count()).select_from(Application)) == 1) == (job == "own")


def test_a_zip_comes_in_and_a_second_time_nothing_more(
    client: ReadingClient, database: Database, job_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidate_imports, "MOST_AT_ONCE", 2)
    sign_in(client, "rita")
    many = zipped(*((f"{name}.json", person(name)) for name in ("Ann", "Bob", "Cid", "Dee", "Eve")))
    answer = client.send(f"{PATH}/lines", form_on(check(client, job_id, many, "all.zip")))
    assert answer.status_code == 200, "the first part of three"
    assert [one.name for one in everybody(database)] == ["Ann", "Bob"]
    # Brought again after a stop, it goes on where it ended.
    checked = check(client, job_id, many, "all.zip")
    assert "Import 3 candidates" in text_of(checked)
    answer = client.send(f"{PATH}/lines", form_on(checked))
    while answer.status_code == 200:
        answer = client.send(f"{PATH}/lines", form_on(answer))
    assert [one.name for one in everybody(database)] == ["Ann", "Bob", "Cid", "Dee", "Eve"]
    assert "Everybody on the list has applied" in text_of(check(client, job_id, many, "all.zip"))


def test_bad_files_are_named_and_nothing_is_half_imported(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    files = zipped(
        ("ann.json", person("Ann")),
        ("twin.json", person("Twin", "ANN@example.net")),
        ("nomail.json", {"basics": {"name": "Cid"}}),
        ("wrong.json", person("Dee", "no address")),
        ("../up.json", person("Eve")),
        ("latin.json", '{"basics": {"name": "Zoë"}}'.encode("cp1252")),
    )
    checked = check(client, job_id, files, "all.zip")
    rows = [
        ["".join(cell.itertext()).strip() for cell in row.findall("td")]
        for row in page_of(checked).findall(".//main//tr[@data-bad]")
    ]
    assert [row[0] for row in rows] == ["twin.json", "nomail.json", "wrong.json", "../up.json", "latin.json"]
    for row, words in zip(
        rows, ("“ann.json” has the same", "missing", "no e-mail address", "leads out", "UTF-8"), strict=True
    ):
        assert words in row[2]
    refused = client.send(f"{PATH}/lines", form_on(checked))
    assert refused.status_code == 422
    assert everybody(database) == []
    report = client.send(f"{PATH}/lines", form_on(checked) | {"step": "report"}).get_data(as_text=True)
    assert "file,line,column,why" in report
    assert "'../up.json" in report or "../up.json" in report
    assert client.send(f"{PATH}/lines", form_on(checked) | {"skip_bad": "y"}).status_code == 303
    assert [one.name for one in everybody(database)] == ["Ann"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped(), "There is no file in it."),
        (zipped(("a.json", b" " * 200_000_000)), "more than is read at once"),
        (b'{"basics": 5}', "no part “basics”"),
        (b'{"x', "no JSON that can be read"),
        (b'\xef\xbb\xbf{"basics": {"name": "\xff"}}', "not UTF-8 text"),
    ],
)
def test_what_cannot_be_taken_says_why(
    client: ReadingClient, database: Database, job_id: int, data: bytes, sentence: str
) -> None:
    answer = check(sign_in(client, "rita"), job_id, data, "x.zip")
    assert answer.status_code in (200, 422)
    assert sentence in text_of(answer)
    assert "Import 1 candidate" not in text_of(answer)
    assert everybody(database) == []


def test_what_is_kept_of_somebody_stays(client: ReadingClient, database: Database, job_id: int) -> None:
    with database.writing() as session:
        session.add(
            Candidate(name="Ann", sort_name="ann", email="ann@example.net", created_at=clock.now(), phone="1")
        )
    sign_in(client, "rita")
    data = json.dumps(person("Mallory", "ann@example.net", phone="2")).encode()
    assert client.send(f"{PATH}/lines", form_on(check(client, job_id, data, "a.json"))).status_code == 303
    (kept,) = everybody(database)
    assert (kept.name, kept.phone, kept.profile) == ("Ann", "1", None)
