"""Importing a list on the pages: it is checked first, and nothing but the checked list comes in."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import join_team, make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import names_on, text_of
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import JobStatus
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.services.files import sweep_orphans

LIST = b"name,email,phone,source\nAnn Lee,ann@example.org,,referral\nBob Ray,bob@example.org,1234,\n"
WITH_BAD = LIST + b"Cid,no address,,\n\xd8\xa3,ann@example.org,,\n"
PATH = "/candidates/import"


@pytest.fixture
def job_id(database: Database, people: dict[str, int]) -> int:
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return job.id


def check(client: ReadingClient, job_id: object, data: bytes = LIST, name: str = "people.csv") -> Any:
    values = {"job": str(job_id), "file": (io.BytesIO(data), name)}
    return client.send(PATH, values, content_type="multipart/form-data")


def form_on(answer: Any) -> dict[str, str]:
    """What the form that imports would send back, boxes left unticked; whoever sends adds their token."""
    form = page_of(answer).find(f".//main//form[@action='{PATH}/lines']")
    assert form is not None
    boxes = [one for one in form.iter("input") if one.get("type") != "checkbox" and one.get("name")]
    return {one.get("name"): one.get("value", "") for one in boxes if one.get("name") != "csrf_token"}


def counts(database: Database) -> list[int | None]:
    with database.reading() as session:
        models = (Candidate, Application, AuditEntry)
        return [session.scalar(select(func.count()).select_from(model)) for model in models]


def test_list_is_checked_and_then_comes_in(
    client: ReadingClient, database: Database, config: Config, job_id: int
) -> None:
    sign_in(client, "rita")
    assert PATH in client.get("/candidates").get_data(as_text=True)
    before = counts(database)
    checked = check(client, job_id)
    assert checked.status_code == 200
    assert "Import 2 candidates" in text_of(checked)
    assert counts(database) == before, "checking stores nothing"
    answer = client.send(f"{PATH}/lines", form_on(checked))
    assert answer.status_code == 303
    assert "2 candidates added; 0 had applied before." in text_of(client.get(answer.location))
    assert names_on(client.get(f"/candidates?job={job_id}")) == ["Ann Lee", "Bob Ray"]
    assert list(FileStore(config.files_folder).stored()) == [], "the list is not kept"


def test_same_list_twice_changes_nothing(client: ReadingClient, database: Database, job_id: int) -> None:
    sign_in(client, "rita")
    first, second = check(client, job_id), check(client, job_id)
    assert client.send(f"{PATH}/lines", form_on(first)).status_code == 303
    before = counts(database)
    assert client.send(f"{PATH}/lines", form_on(second)).status_code == 303
    assert counts(database) == before
    assert "Everybody on the list has applied to this job already." in text_of(check(client, job_id))


def test_bad_lines_are_named_and_left_out_only_when_asked(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    checked = check(client, job_id, WITH_BAD)
    rows = [
        ["".join(cell.itertext()) for cell in row.findall("td")]
        for row in page_of(checked).findall(".//main//tr[@data-bad]")
    ]
    assert [number for number, _, _ in rows] == ["4", "5"]
    assert [column for _, column, _ in rows] == ["email", "email"]
    assert "no e-mail address" in rows[0][2]
    assert "Line 2 has the same e-mail address" in rows[1][2]
    before = counts(database)
    refused = client.send(f"{PATH}/lines", form_on(checked))
    assert refused.status_code == 422
    assert page_of(refused).find(".//*[@id='skip_bad-error']") is not None
    assert counts(database) == before
    again = form_on(refused) | {"skip_bad": "y"}
    assert client.send(f"{PATH}/lines", again).status_code == 303
    assert names_on(client.get("/candidates")) == ["Ann Lee", "Bob Ray"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"PK\x03\x04binary", "no XLSX that can be read, and no zip of JSON Resume"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel, or one with a password"),
        (b"first,last\nAnn,Lee\n", "Say which column holds the e-mail address."),
        (b"Ann Lee,ann@example.org\n", "Say which column holds the name."),
        (b"name,email," + b"x," * 197 + b"x\n", "The list has 200 columns"),
        (b"name,email\n<<<<<<< ours\nAnn,ann@example.org\n", "Line 2 begins with “<<<<<<<”"),
        (b"name,email\n45123,ann@example.org\n", "The name has no letter in it."),
        (b"name,email\n" + b"A" * 150_000 + b",ann@example.org\n", "quotation marks do not match"),
        (b"name,email\n", "names nobody"),
        (b'name,email\n"Ann,ann@example.org\n', "quotation marks"),
        (b"name,email\nA\x00nn,ann@example.org\n", "no text"),
    ],
)
def test_list_that_cannot_be_read_is_told_why(
    client: ReadingClient, database: Database, job_id: int, data: bytes, sentence: str
) -> None:
    sign_in(client, "rita")
    before = counts(database)
    answer = check(client, job_id, data)
    assert answer.status_code in (200, 422)
    assert sentence in text_of(answer)
    assert "Import 1 candidate" not in text_of(answer)
    assert counts(database) == before


@pytest.mark.parametrize("job", ["", "x", "999999", "-1"])
def test_job_must_be_an_open_one(client: ReadingClient, job_id: int, job: str) -> None:
    answer = check(sign_in(client, "rita"), job)
    assert answer.status_code == 422
    assert page_of(answer).find(".//*[@id='job-error']") is not None


def test_job_that_was_held_meanwhile_takes_nobody(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    checked = form_on(check(sign_in(client, "rita"), job_id))
    with database.writing() as session:
        session.get_one(Job, job_id).status = JobStatus.ON_HOLD
    before = counts(database)
    assert client.send(f"{PATH}/lines", checked).status_code == 422
    assert counts(database) == before


def test_only_the_list_that_the_same_person_had_checked_comes_in(
    client: ReadingClient, database: Database, config: Config, job_id: int
) -> None:
    checked = form_on(check(sign_in(client, "rita"), job_id))
    stored = FileStore(config.files_folder).put(b"name,email\nSecret Person,secret@example.org\n")
    before = counts(database)
    for kept in ("", "x", stored.key, checked["kept"] + "x", f"../{stored.key}"):
        answer = client.send(f"{PATH}/lines", checked | {"kept": kept})
        assert answer.status_code == 422, kept
        assert "choose the file again" in text_of(answer), kept
    sign_in(client, "olga")
    answer = client.send(f"{PATH}/lines", checked)
    assert answer.status_code == 422
    assert counts(database)[:2] == before[:2]


def test_list_that_nobody_came_back_for_is_swept_away(
    client: ReadingClient, database: Database, config: Config, job_id: int
) -> None:
    checked = form_on(check(sign_in(client, "rita"), job_id))
    store = FileStore(config.files_folder)
    with database.reading() as session:
        sweep_orphans(session, store, actor=SYSTEM, now=clock.now() + timedelta(hours=2))
    assert list(store.stored()) == []
    answer = client.send(f"{PATH}/lines", checked)
    assert answer.status_code == 422
    assert "choose the file again" in text_of(answer)


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_only_recruiting_imports(
    client: ReadingClient, database: Database, job_id: int, persona: str
) -> None:
    sign_in(client, persona)
    before = counts(database)
    assert client.get(PATH).status_code == 403
    assert check(client, job_id).status_code == 403
    assert client.send(f"{PATH}/lines", {"job": str(job_id), "kept": "x"}).status_code == 403
    assert counts(database) == before
    assert PATH not in client.get("/candidates").get_data(as_text=True)
