"""Columns of a list are set right on the page; sheets, reports and lists for no job."""

import io
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.factories import make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import names_on, text_of
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.applications import Application, ApplicationNote
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.tags import ApplicationTag
from tracker.services.candidates import CandidateDetails, add_candidate
from tracker.web.candidate_imports import MOST_AT_ONCE

PATH = "/candidates/import"
LIST = b"Person,Write to,Labels,Town\nAnn Lee,ann@example.org,night shift,York\nBob,nowhere,,\n"


@pytest.fixture
def job_id(database: Database, people: dict[str, int]) -> int:
    with database.writing() as session:
        return make_job(session, title="Order clerk, Leeds").id


def check(client: ReadingClient, job: object, data: bytes) -> Any:
    values = {"job": str(job), "file": (io.BytesIO(data), "people.xlsx")}
    return client.send(PATH, values, content_type="multipart/form-data")


def form_on(answer: Any) -> dict[str, str]:
    """What a browser would send back, without the token and with boxes left unticked."""
    form = page_of(answer).find(f".//main//form[@action='{PATH}/lines']")
    inputs = [one for one in form.iter("input") if one.get("type") != "checkbox"]
    values = {one.get("name"): one.get("value", "") for one in inputs if one.get("name") != "csrf_token"}
    for select_ in form.iter("select"):
        options = list(select_.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options
        values[select_.get("name")] = chosen[0].get("value", "")
    return values


def spreadsheet(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def test_columns_are_chosen_by_their_examples_and_the_rest_comes_in(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    asked = check(client, job_id, LIST)
    assert asked.status_code == 422
    assert "Say which column holds the e-mail address." in text_of(asked)
    assert "ann@example.org · nowhere" in text_of(asked)
    values = form_on(asked)
    assert (values["column-0"], values["column-1"]) == ("name", "")
    checked = client.send(f"{PATH}/lines", values | {"column-1": "email", "step": "check"})
    assert checked.status_code == 200
    assert "Import 1 candidate" in text_of(checked)
    done = client.send(f"{PATH}/lines", form_on(checked) | {"skip_bad": "y"})
    assert done.status_code == 303
    with database.reading() as session:
        person = session.scalars(select(Candidate)).one()
        assert (person.name, person.email, person.location) == ("Ann Lee", "ann@example.org", "York")
        assert session.scalars(select(ApplicationTag.name)).all() == ["night shift"]


def test_bad_lines_are_taken_away_as_csv_that_no_spreadsheet_runs(client: ReadingClient, job_id: int) -> None:
    sign_in(client, "rita")
    data = b"name,=1+1\n,x\nBob,nowhere\n"
    values = form_on(check(client, job_id, data)) | {"column-1": "email", "step": "report"}
    answer = client.send(f"{PATH}/lines", values)
    assert answer.mimetype == "text/csv"
    lines = answer.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert lines[0] == "line,column,why"
    assert lines[1].startswith("2,name,The name is missing")
    assert lines[2].startswith("3,'=1+1,")


def test_list_for_no_job_adds_people_and_no_application(client: ReadingClient, database: Database) -> None:
    sign_in(client, "rita")
    checked = check(client, "none", b"name,email,source\nAnn Lee,ann@example.org,friend\n")
    assert "nobody gets an application" in text_of(checked)
    values = form_on(checked)
    refused = client.send(f"{PATH}/lines", values | {"column-2": "source"})
    assert refused.status_code == 422
    assert "Source is kept with an application" in text_of(refused)
    assert client.send(f"{PATH}/lines", values).status_code == 303
    assert names_on(client.get("/candidates")) == ["Ann Lee"]
    again = check(client, "none", b"name,email\nAnn Lee,ann@example.org\n")
    assert "Everybody on the list is there already." in text_of(again)
    with database.reading() as session:
        assert session.scalars(select(Application)).all() == []
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "candidate:import")).one()
        assert (entry.subject_type, entry.detail) == ("list", {"added": 1, "skipped": 0})
    assert "candidate: import" in sign_in(client, "olga").get("/audit?noun=candidate").get_data(as_text=True)


def test_another_sheet_is_chosen_and_its_columns_told_anew(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    people = [["First name", "Last name", "E-mail", "Note"], ["Ann", "Lee", "ann@example.org", "Call first"]]
    data = spreadsheet(Read_me=[["Made by us", ""]], People=people)
    first = check(client, job_id, data)
    assert first.status_code == 422
    second = client.send(f"{PATH}/lines", form_on(first) | {"sheet": "1"})
    assert second.status_code == 200
    values = form_on(second)
    assert [values[f"column-{at}"] for at in range(4)] == ["given_name", "family_name", "email", "note"]
    assert client.send(f"{PATH}/lines", values).status_code == 303
    with database.reading() as session:
        assert session.scalars(select(Candidate.name)).all() == ["Ann Lee"]
        assert session.scalars(select(ApplicationNote.text)).all() == ["Call first"]


def test_people_who_may_be_known_already_are_shown(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    with database.writing() as session:
        for name, email, phone in (
            ("Zoë Lee", "zoe@old.example", None),
            ("Other", "o@old.example", "555 0100"),
        ):
            add_candidate(session, CandidateDetails(name, email, phone), actor=SYSTEM)
    sign_in(client, "rita")
    data = "name,email,phone\nZoe Lee,zoe@new.example,\nBob,b@new.example,(555) 01-00\nOther,o@old.example,\n"
    page = check(client, job_id, data.encode())
    text = text_of(page)
    assert "Perhaps known already" in text
    assert "Same name" in text
    assert "Same phone number" in text
    rows = page_of(page).findall(".//table[caption='Perhaps known already']/tbody/tr")
    assert [row.find("td").text for row in rows] == ["2", "3"]
    assert "1 known already from elsewhere" in text


@pytest.mark.parametrize(
    "wrong", [{"column-0": "salary"}, {"column-0": "resume"}, {"sheet": "9"}, {"sheet": "-1"}]
)
def test_what_the_page_does_not_offer_is_refused(
    client: ReadingClient, database: Database, job_id: int, wrong: dict[str, str]
) -> None:
    sign_in(client, "rita")
    values = form_on(check(client, job_id, b"name,email\nAnn,ann@example.org\n"))
    assert client.send(f"{PATH}/lines", values | wrong).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(Candidate)).all() == []


def test_choice_is_remembered_for_the_same_columns_and_by_who_chose(
    client: ReadingClient, job_id: int
) -> None:
    sign_in(client, "rita")
    chosen = form_on(check(client, job_id, LIST)) | {"column-1": "email", "column-3": "", "skip_bad": "y"}
    assert client.send(f"{PATH}/lines", chosen).status_code == 303
    again = form_on(check(client, job_id, LIST.replace(b"ann@", b"zoe@")))
    assert [again[f"column-{at}"] for at in range(4)] == ["name", "email", "tags", ""]
    without_job = form_on(check(client, "none", LIST))
    assert [without_job[f"column-{at}"] for at in range(4)] == ["name", "email", "", ""]
    other = form_on(check(client, job_id, LIST.replace(b"Town", b"City")))
    assert (other["column-1"], other["column-3"]) == ("", "location")
    olgas = form_on(check(sign_in(client, "olga"), job_id, LIST))
    assert (olgas["column-1"], olgas["column-3"]) == ("", "location")


def test_long_list_comes_in_by_parts_and_goes_on_after_a_stop(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    many = MOST_AT_ONCE + 5
    data = ("name,email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(many))).encode()
    first = client.send(f"{PATH}/lines", form_on(check(client, job_id, data)))
    assert first.status_code == 200
    assert f"{MOST_AT_ONCE} of {many}" in text_of(first)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == MOST_AT_ONCE
    stopped = check(client, job_id, data)
    assert "Import 5 candidates" in text_of(stopped), "the same list again goes on where it ended"
    last = client.send(f"{PATH}/lines", form_on(first))
    assert last.status_code == 303
    assert f"{many} candidates added; 0 had applied before." in text_of(client.get(last.location))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == many
