"""A candidate's page, and how people are added and corrected."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import make_job
from tests.web.conftest import sign_in
from tests.web.known_candidates import make_known, names_on, text_of
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.candidates import Candidate
from tracker.services.candidates import CandidateDetails, add_candidate, edit_candidate


@pytest.fixture
def known(database: Database, people: dict[str, int]) -> dict[str, int]:
    return make_known(database, people)


def add(database: Database, name: str, email: str | None = None, phone: str | None = None) -> int:
    with database.writing() as session:
        return add_candidate(session, CandidateDetails(name, email, phone), actor=SYSTEM).id


def test_contact_data_are_shown_to_those_who_may_read_them(
    client: ReadingClient, app: Flask, known: dict[str, int]
) -> None:
    page = f"/candidates/{known['amina']}"
    for persona, may_read in (("rita", True), ("olga", True), ("hank", True), ("ines", False)):
        reader = sign_in(app.test_client(), persona)  # type: ignore[arg-type]
        for path in (page, "/candidates"):
            assert ("amina@corp.example" in reader.get(path).get_data(as_text=True)) is may_read
        assert ("7946" in reader.get(page).get_data(as_text=True)) is may_read


def test_recruiter_adds_a_candidate_and_finds_them(client: ReadingClient, database: Database) -> None:
    sign_in(client, "rita")
    form = {"name": "Łukasz Zając", "email": "LUKASZ@example.org", "phone": "555 0100", "location": "Leeds"}
    answer = client.send("/candidates/new", form)
    assert answer.status_code == 303
    shown = text_of(client.get(answer.location))
    assert all(word in shown for word in ("Łukasz Zając", "lukasz@example.org", "555 0100", "Leeds"))
    assert names_on(client.get("/candidates?q=zajac")) == ["Łukasz Zając"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("name", value) for value in ("", " ", "x" * 201, "a\u202eb")),
        *(
            ("email", value)
            for value in ("no address", "a@b", "x" * 250 + "@example.org", "amina@corp.example")
        ),
        *(("phone", value) for value in ("1" * 61, "1\x072")),
        ("location", "x" * 201),
    ],
)
def test_what_cannot_be_kept_of_a_person_is_said_at_its_field(
    client: ReadingClient, database: Database, known: dict[str, int], field: str, value: str
) -> None:
    sign_in(client, "rita")
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Candidate))
    answer = client.send("/candidates/new", {"name": "New Person", field: value})
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Candidate)) == before


def typed_in(client: ReadingClient, path: str) -> dict[str, str]:
    """The values of the form at this address, as a browser would send them back."""
    form = page_of(client.get(path)).find(".//main//form[@class='form']")
    return {field.get("name"): field.get("value", "") for field in form.iter("input") if field.get("name")}


def test_corrections_are_kept_and_the_profile_stays(
    client: ReadingClient, database: Database, known: dict[str, int]
) -> None:
    with database.writing() as session:
        session.get_one(Candidate, known["amina"]).profile = {"basics": {"name": "Amina"}}
    sign_in(client, "rita")
    path = f"/candidates/{known['amina']}/edit"
    form = typed_in(client, path) | {"name": "Amina Okafor"}
    form.pop("is_internal")
    assert client.send(path, form).status_code == 303
    assert names_on(client.get("/candidates?q=okafor")) == ["Amina Okafor"]
    with database.reading() as session:
        kept = session.get_one(Candidate, known["amina"])
        assert (kept.profile, kept.email) == ({"basics": {"name": "Amina"}}, "amina@corp.example")


def test_what_somebody_else_changed_meanwhile_is_shown_before_it_is_replaced(
    client: ReadingClient, database: Database, known: dict[str, int]
) -> None:
    sign_in(client, "rita")
    path = f"/candidates/{known['amina']}/edit"
    form = typed_in(client, path) | {"name": "Amina Okafor"}
    form.pop("is_internal")
    with database.writing() as session:
        row = session.get_one(Candidate, known["amina"])
        edit_candidate(session, row, CandidateDetails("Amina Yusuf", row.email, "555 0199"), actor=SYSTEM)
    late = client.send(path, form)
    assert late.status_code == 409
    assert "555 0199" in text_of(late)
    kept = page_of(late).find(".//main//form[@class='form']")
    again = {one.get("name"): one.get("value", "") for one in kept.iter("input") if one.get("name")}
    assert again["name"] == "Amina Okafor"
    again.pop("is_internal")
    assert client.send(path, again).status_code == 303
    with database.reading() as session:
        row = session.get_one(Candidate, known["amina"])
        assert (row.name, row.phone) == ("Amina Okafor", "+44 20 7946 0958")


def test_candidate_is_added_to_another_open_job_once(
    client: ReadingClient, database: Database, known: dict[str, int]
) -> None:
    sign_in(client, "rita")
    path = f"/candidates/{known['bruno']}/applications/new"
    form = {"job": str(known["other_job"]), "source": "referral", "consent_notice": "2026-01"}
    answer = client.send(path, form)
    assert answer.status_code == 303
    assert "Bruno Maier" in text_of(client.get(answer.location))
    again = client.send(path, form)
    assert again.status_code == 422
    assert "already has an active application" in text_of(again)
    for wrong in ({"job": ""}, {"job": "999999"}, {"job": "x"}, {"source": "nowhere"}):
        assert client.send(path, form | wrong).status_code == 422


def test_drafted_jobs_take_nobody(client: ReadingClient, database: Database, known: dict[str, int]) -> None:
    with database.writing() as session:
        draft = make_job(session, status="draft", approved_at=None).id
    sign_in(client, "rita")
    answer = client.send(f"/candidates/{known['bruno']}/applications/new", {"job": str(draft)})
    assert answer.status_code == 422


def test_same_name_or_number_is_suggested_as_perhaps_the_same_person(
    client: ReadingClient, app: Flask, database: Database, known: dict[str, int]
) -> None:
    twin = add(database, "AMÍNA  Yusuf", "other@example.org")
    caller = add(database, "Ann Other", "ann@example.org", "0044 (0)20 7946 0958")
    add(database, "Amina Yusufzai", "third@example.org", "+44 20 7946 095")
    shown = sign_in(client, "rita").get(f"/candidates/{known['amina']}").get_data(as_text=True)
    assert f"/merge/{twin}" in shown
    assert f"/merge/{caller}" in shown
    assert "same name, other@example.org" in shown
    assert "same phone number, ann@example.org" in shown
    assert "Yusufzai" not in shown
    for persona in ("hank", "ines"):
        reader = sign_in(app.test_client(), persona)  # type: ignore[arg-type]
        assert "Perhaps the same person" not in text_of(reader.get(f"/candidates/{known['amina']}"))


@pytest.mark.parametrize("persona", ["hank", "ines"])
def test_only_recruiting_adds_and_corrects(
    client: ReadingClient, database: Database, known: dict[str, int], persona: str
) -> None:
    sign_in(client, persona)
    form = {"name": "Amina Changed", "job": str(known["job"]), "source": "unknown"}
    amina = f"/candidates/{known['amina']}"
    for path in ("/candidates/new", f"{amina}/edit", f"{amina}/applications/new", "/candidates/import"):
        assert client.get(path).status_code == 403
        assert client.send(path, form).status_code == 403
    page = client.get(amina).get_data(as_text=True)
    assert "/edit" not in page
    assert "applications/new" not in page
    with database.reading() as session:
        assert session.get_one(Candidate, known["amina"]).name == "Amina Yusuf"


def test_who_was_merged_leads_to_the_one_who_stayed(
    client: ReadingClient, database: Database, known: dict[str, int]
) -> None:
    with database.writing() as session:
        session.get_one(Candidate, known["bruno"]).merged_into_id = known["amina"]
    answer = sign_in(client, "rita").get(f"/candidates/{known['bruno']}")
    assert answer.location == f"/candidates/{known['amina']}"
