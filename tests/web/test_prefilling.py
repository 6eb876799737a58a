"""Filling the public form from a résumé: nothing typed is lost, and no file is chosen twice."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.careers import hidden_values, posted_job, resume, send_form
from tests.test_extraction import pdf
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.cli.worker import forget_held
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.screening_answers import QuestionKind, QuestionShape
from tracker.extraction.parent import Extracted
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.models.held_files import HeldFile
from tracker.models.jobs import Job
from tracker.services import held_files
from tracker.services.job_plans import add_question
from tracker.web import applying, prefilling

WORDS = (
    b"Amina Yusuf\nLeeds, UK | amina@example.net | +44 113 496 0000\nhttps://github.com/amina\nOrder clerk"
)
JSON = b'{"basics": {"name": "Amina Yusuf", "email": "amina@example.net", "location": {"city": "Leeds"}}}'


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())


def values_on(response: Any) -> dict[str, str]:
    form = next(form for form in page_of(response).iter("form") if form.get("enctype"))
    typed = {one.get("name"): one.get("value", "") for one in form.iter("input")}
    return typed | {one.get("name"): (one.text or "").strip() for one in form.iter("textarea")}


def fill(client: ReadingClient, job_id: int, **typed: Any) -> Any:
    path = f"/careers/{job_id}/apply"
    values = {**hidden_values(client.get(path)), "step": "fill", "resume": resume("cv.txt", WORDS)}
    kept = {name: value for name, value in (values | typed).items() if value is not None}
    return send_form(client, path, kept)


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.txt", WORDS),
        ("cv.pdf", pdf("Amina Yusuf | amina@example.net | Leeds, UK")),
        ("cv.json", JSON),
    ],
)
def test_the_form_is_filled_and_nothing_is_sent(
    client: ReadingClient, database: Database, name: str, data: bytes
) -> None:
    answer = fill(client, posted_job(database), resume=resume(name, data))
    assert answer.status_code == 200
    values = values_on(answer)
    assert (values["name"], values["email"]) == ("Amina Yusuf", "amina@example.net")
    assert "Leeds" in values["location"]
    assert "Filled in from your résumé: name, e-mail" in text_of(answer)
    assert f"“{name}” is chosen and kept for an hour" in text_of(answer)
    assert count(database, Application) == count(database, Candidate) == 0


def test_enter_in_a_field_sends_and_does_not_fill(client: ReadingClient, database: Database) -> None:
    page = page_of(client.get(f"/careers/{posted_job(database)}/apply"))
    form = next(form for form in page.iter("form") if form.get("enctype"))
    buttons = [one for one in form.iter("button") if one.get("type") == "submit"]
    assert [one.get("name") for one in buttons] == [None, "step", None]
    first = buttons[0]
    assert (first.get("aria-hidden"), first.get("tabindex"), first.get("class")) == ("true", "-1", "hidden")


def test_what_was_typed_stays_as_it_was_typed(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    with database.writing() as session:
        question = add_question(session, session.get_one(Job, job_id), "Why us?", actor=SYSTEM).id
    typed = {"name": "Amina Y.", "phone": "no number", f"question_{question}": "Because.", "has_read": "y"}
    answer = fill(client, job_id, **typed)
    values = values_on(answer)
    assert {name: values[name] for name in typed} == typed
    assert (values["email"], values["links"]) == ("amina@example.net", "https://github.com/amina")
    assert "Filled in from your résumé: e-mail, where you live, links." in text_of(answer)
    page = page_of(answer)
    assert next(one for one in page.iter("input") if one.get("name") == "has_read").get("checked") is not None


def test_the_file_need_not_be_chosen_twice(client: ReadingClient, database: Database, config: Config) -> None:
    job_id = posted_job(database)
    values = values_on(fill(client, job_id)) | {"has_read": "y"}
    del values["resume"]
    for _ in range(2):
        # Pressed twice, it is one application, and both are told so.
        answer = send_form(client, f"/careers/{job_id}/apply", values)
        assert (answer.status_code, answer.location) == (303, "/careers/applied")
    with database.reading() as session:
        stored = session.scalars(select(StoredFile)).one()
        with FileStore(config.files_folder).open(stored.key) as content:
            assert (stored.name, content.read()) == ("cv.txt", WORDS)
        arrival = session.scalars(select(Arrival)).one()
        assert arrival.links == "https://github.com/amina"
        assert session.scalars(select(Candidate)).one().location == "Leeds, UK"
        assert session.scalars(select(HeldFile)).one().until_at <= clock.now() + timedelta(minutes=10)
    sign_in(client, "rita")
    assert '<a href="https://github.com/amina" rel=' in client.get("/applications/1").get_data(as_text=True)
    sign_in(client, "ines")
    assert client.get("/applications/1").status_code == 404


def test_a_form_that_is_refused_holds_its_files_too(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    with database.writing() as session:
        shape = QuestionShape(QuestionKind.FILE)
        job = session.get_one(Job, job_id)
        question = add_question(session, job, "Certificate", shape=shape, is_required=True, actor=SYSTEM).id
    files = {f"question_{question}": resume("proof.txt", b"I may drive."), "step": None}
    refused = fill(client, job_id, **files, email="no address", name="Amina", has_read="y")
    assert refused.status_code == 422
    assert "“proof.txt” is chosen" in text_of(refused)
    values = values_on(refused) | {"email": "amina@example.net", "has_read": "y"}
    sent = {name: value for name, value in values.items() if name not in ("resume", f"question_{question}")}
    assert send_form(client, f"/careers/{job_id}/apply", sent).status_code == 303
    with database.reading() as session:
        assert {row.name for row in session.scalars(select(StoredFile))} == {"cv.txt", "proof.txt"}


def test_another_file_takes_the_place_of_the_held_one(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    values = values_on(fill(client, job_id)) | {"has_read": "y", "resume": resume("other.txt", b"Other.")}
    assert send_form(client, f"/careers/{job_id}/apply", values).status_code == 303
    with database.reading() as session:
        assert session.scalars(select(StoredFile)).one().name == "other.txt"


@pytest.mark.parametrize("case", ["late", "other job", "guessed"])
def test_a_token_finds_nothing_late_or_elsewhere(
    client: ReadingClient, database: Database, config: Config, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    job_id, other = posted_job(database), posted_job(database)
    values = values_on(fill(client, job_id)) | {"has_read": "y"}
    del values["resume"]
    if case == "late":
        later = clock.now() + timedelta(hours=1, minutes=1)
        monkeypatch.setattr(clock, "now", lambda: later)
    if case == "guessed":
        values["held_resume"] = "x" * 32
    place = other if case == "other job" else job_id
    answer = send_form(client, f"/careers/{place}/apply", values)
    assert answer.status_code == 422
    assert "Choose your résumé" in text_of(answer)
    assert count(database, Application) == 0


def test_the_worker_forgets_what_was_never_sent(
    client: ReadingClient, database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(client, posted_job(database))
    store = FileStore(config.files_folder)
    assert forget_held(database, store) == 0
    assert len(list(store.stored())) == count(database, HeldFile) == 1
    later = clock.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert forget_held(database, store) == 1
    assert list(store.stored()) == []
    assert count(database, HeldFile) == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (None, "Choose your résumé first"),
        (("cv.pdf", b"<html>"), "its content is something else"),
        (("cv.exe", b"MZ"), "Hand in a PDF"),
        (("cv.txt", b"x" * (10 * 1024 * 1024 + 1)), "larger than 10 MB"),
    ],
)
def test_what_is_no_resume_is_refused_at_its_field(
    client: ReadingClient, database: Database, given: Any, sentence: str
) -> None:
    answer = fill(client, posted_job(database), resume=resume(*given) if given else None, name="Amina")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert values_on(answer)["name"] == "Amina"
    assert count(database, HeldFile) == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [("cv.txt", b"\x80 nothing here"), ("cv.json", b'{"basics": {]}'), ("cv.pdf", b"%PDF-1.7\n%%EOF\n")],
)
def test_what_says_nothing_is_held_all_the_same(
    client: ReadingClient, database: Database, name: str, data: bytes
) -> None:
    answer = fill(client, posted_job(database), resume=resume(name, data))
    assert answer.status_code == 200
    assert "please fill in the form yourself" in text_of(answer).lower()
    assert "held_resume" in values_on(answer)


def test_reading_is_rationed_and_loses_nothing(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_READ_OF_ADDRESS", 2)
    job_id = posted_job(database)
    answers = [fill(client, job_id, phone="1234") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    values = values_on(answers[2])
    assert (values["name"], values["phone"]) == ("", "1234")
    assert "held_resume" in values


def test_only_two_are_read_at_once(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefilling, "LONGEST_WAIT", 0.0)
    said = Extracted(WORDS.decode())
    monkeypatch.setattr(prefilling, "extract_text", lambda *_: said)
    for _ in range(2):
        assert prefilling._READING.acquire(timeout=0)
    try:
        assert values_on(fill(client, posted_job(database)))["name"] == ""
    finally:
        for _ in range(2):
            prefilling._READING.release()


def test_beyond_all_measure_files_are_chosen_again(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_files, "MOST_HELD", len(WORDS) + 1)
    job_id = posted_job(database)
    assert "held_resume" in values_on(fill(client, job_id))
    second = fill(client, job_id)
    assert second.status_code == 200
    assert "held_resume" not in values_on(second)


@pytest.mark.parametrize("links", ["javascript:alert(1)", "\n".join(f"a{n}.example" for n in range(6))])
def test_links_that_are_none_are_refused_at_their_field(
    client: ReadingClient, database: Database, links: str
) -> None:
    job_id = posted_job(database)
    values = values_on(fill(client, job_id)) | {"has_read": "y", "links": links}
    values["resume"] = (io.BytesIO(WORDS), "cv.txt")
    answer = send_form(client, f"/careers/{job_id}/apply", values)
    assert answer.status_code == 422
    assert page_of(answer).find(".//*[@id='links-error']") is not None
    assert count(database, Candidate) == 0


def test_no_more_files_are_held_for_one_address_than_it_may_have(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefilling, "MOST_HELD_OF_ADDRESS", 2)
    job_id = posted_job(database)
    held = ["held_resume" in values_on(fill(client, job_id)) for _ in range(3)]
    assert held == [True, True, False]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(HeldFile)) == 2


def test_only_fields_of_files_hold_any_and_a_token_counts_once(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = posted_job(database)
    token = values_on(fill(client, job_id))["held_resume"]
    asked: list[str] = []

    def find(session: object, store: object, token: str, **more: object) -> None:
        asked.append(token)

    monkeypatch.setattr(prefilling, "find_held", find)
    names = ("held_resume", "held_question_7", "held_name", "held_x", "held_question_7_8", "held_")
    send_form(client, f"/careers/{job_id}/apply", {"csrf_token": client.token, **dict.fromkeys(names, token)})
    assert asked == [token]
    several = {f"held_question_{number}": f"token{number}" for number in range(40)}
    send_form(client, f"/careers/{job_id}/apply", {"csrf_token": client.token, **several})
    assert len(asked) - 1 <= prefilling.MOST_OF_FORM
