"""Applying at the careers pages, the voluntary questions afterwards, and what staff see of it."""

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.careers import RESUME, fill_in_application, hidden_values, link_in, mails_of, posted_job, resume
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.mails import MailEvent
from tracker.domain.screening_answers import QuestionKind, QuestionShape
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.files import StoredFile
from tracker.models.jobs import Job
from tracker.models.self_identification import SelfIdentificationAnswer
from tracker.services.file_texts import keep_text
from tracker.services.job_plans import add_question
from tracker.web import applying

ROOT = Path(__file__).parents[2]
TOKEN = re.compile(r'(csrf[-_]token" (?:content|value)=")[^"]*')


def text_of(response: object) -> str:
    return " ".join("".join(page_of(response).itertext()).split())  # type: ignore[arg-type]


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_somebody_applies_and_is_written_to(
    client: ReadingClient, database: Database, config: Config
) -> None:
    answer = fill_in_application(client, posted_job(database))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/careers/applied")
    assert "Look into your mail" in text_of(client.get("/careers/applied"))
    (mail,) = mails_of(database, config, MailEvent.APPLICATION_RECEIVED)
    assert mail.to_email == "amina@example.net"
    assert f"http://127.0.0.1:8000{link_in(mail)}" in mail.text


def test_the_page_needs_no_script_and_names_what_is_missing(
    client: ReadingClient, database: Database
) -> None:
    job_id = posted_job(database)
    page = page_of(client.get(f"/careers/{job_id}/apply"))
    form = next(one for one in page.iter("form") if one.get("enctype") == "multipart/form-data")
    assert form.get("method") == "post"
    assert client.get(f"/careers/{job_id}").get_data(as_text=True).count(f"/careers/{job_id}/apply") == 2
    wrong = fill_in_application(client, job_id, name="", email="no address", has_read=None, resume=None)
    assert wrong.status_code == 422
    said = text_of(wrong)
    # All of it at once: what the form finds missing, and what the rules find wrong.
    told = ("Enter your name", "Choose your résumé", "Please read how we", "is no e-mail address")
    assert all(said.count(sentence) == 2 for sentence in told)  # above the form, and at the field
    assert count(database, Application) == count(database, Candidate) == 0


def test_sent_twice_is_taken_once_and_who_looks_on_learns_nothing(
    client: ReadingClient, database: Database, config: Config
) -> None:
    job_id = posted_job(database)
    first = fill_in_application(client, job_id)
    first_page = TOKEN.sub(r"\1", client.get("/careers/applied").get_data(as_text=True))
    second = fill_in_application(client, job_id, name="Mallory")
    second_page = TOKEN.sub(r"\1", client.get("/careers/applied").get_data(as_text=True))
    assert (first.status_code, first.headers["Location"], first.data) == (
        second.status_code,
        second.headers["Location"],
        second.data,
    )
    assert first_page == second_page
    assert client.get("/careers/voluntary").status_code == 200
    assert count(database, Application) == 1
    assert len(mails_of(database, config, MailEvent.APPLICATION_REPEATED)) == 1


def test_the_same_form_posted_again_is_one_application(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    values = hidden_values(client.get(f"/careers/{job_id}/apply"))
    values |= {"name": "Amina", "email": "amina@example.net", "has_read": "y"}
    for _ in range(3):
        sent = {**values, "resume": resume()}
        answer = client.post(f"/careers/{job_id}/apply", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303
    assert count(database, Application) == count(database, StoredFile) == 1


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("resume.html", b"<html>", 422),
        ("resume.svg", b"<svg/>", 422),
        ("resume.pdf.exe", b"MZ", 422),
        ("resume.pdf", b"<html>", 422),
        ("../../resume.txt", b"fine", 303),
        ("r\u202esume.txt", b"fine", 303),
        ("resume.json", b'{"basics": {"name": "Amina"}}', 303),
        ("empty.txt", b"", 422),
    ],
)
def test_only_known_kinds_of_files_are_taken(
    client: ReadingClient, database: Database, name: str, data: bytes, status: int
) -> None:
    answer = fill_in_application(client, posted_job(database), resume=resume(name, data))
    assert answer.status_code == status
    assert count(database, StoredFile) == (status == 303)


def test_a_file_that_is_too_large_is_refused_with_its_reason(
    client: ReadingClient, database: Database
) -> None:
    answer = fill_in_application(
        client, posted_job(database), resume=resume("r.txt", b"x" * (10 * 1024 * 1024 + 1))
    )
    assert answer.status_code == 422
    assert "larger than 10 MB" in text_of(answer)


def test_a_job_that_closed_meanwhile_takes_no_application(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    values = hidden_values(client.get(f"/careers/{job_id}/apply"))
    with database.writing() as session:
        job = session.get_one(Job, job_id)
        job.status = "closed"  # type: ignore[assignment]
    sent = {**values, "name": "Amina", "email": "a@example.net", "has_read": "y", "resume": resume()}
    answer = client.post(f"/careers/{job_id}/apply", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 410
    assert count(database, Application) == 0


def test_hostile_text_stays_text_for_applicants_and_staff(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    hostile = '"><script>alert(1)</script>'
    with database.writing() as session:
        question = add_question(session, session.get_one(Job, job_id), f"Why {hostile}?", actor=SYSTEM).id
    sent = {f"question_{question}": hostile, "name": f"Amina {hostile}"}
    assert fill_in_application(client, job_id, **sent).status_code == 303
    sign_in(client, "rita")
    page = client.get("/applications/1").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_many_applications_wait(
    client: ReadingClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_OF_ADDRESS", 3)
    job_id = posted_job(database)
    answers = [fill_in_application(client, job_id, email=f"a{n}@example.net") for n in range(4)]
    assert [one.status_code for one in answers] == [303, 303, 303, 429]
    assert "held_resume" in hidden_values(answers[3]), "the chosen file is kept"
    assert count(database, Application) == 3


def test_a_forged_host_writes_no_link(client: ReadingClient, database: Database, config: Config) -> None:
    job_id = posted_job(database)
    values = hidden_values(client.get(f"/careers/{job_id}/apply"))
    sent = {**values, "name": "Amina", "email": "amina@example.net", "has_read": "y", "resume": resume()}
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client.post(f"/careers/{job_id}/apply", data=sent, content_type="multipart/form-data", headers=headers)
    for mail in mails_of(database, config, MailEvent.APPLICATION_RECEIVED):
        assert "evil" not in mail.text


def test_voluntary_answers_are_kept_apart_and_once(client: ReadingClient, database: Database) -> None:
    assert client.get("/careers/voluntary").status_code == 404
    fill_in_application(client, posted_job(database))
    assert "voluntary" in text_of(client.get("/careers/applied"))
    client.get("/careers/voluntary")
    values = {"csrf_token": client.token, "race_ethnicity": ["asian", "white"], "sex": "declined"}
    assert client.post("/careers/voluntary", data=values | {"sex": "<b>"}).status_code == 422
    for _ in range(2):
        assert client.post("/careers/voluntary", data=values).headers["Location"] == "/careers/applied"
    with database.reading() as session:
        kept = session.scalars(
            select(SelfIdentificationAnswer).order_by(SelfIdentificationAnswer.field_id)
        ).all()
        assert [(row.value, row.codes, row.form_version) for row in kept] == [
            ("Multiracial or multiethnic", ["asian", "white"], "us-2024"),
            ("I do not wish to answer", ["declined"], "us-2024"),
        ]
        logged = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "self_identification:answer")
        ).all()
        assert {row.application_id for row in logged} == {None}


def test_skipping_and_answering_a_second_time_leave_nothing(
    client: ReadingClient, database: Database
) -> None:
    job_id = posted_job(database)
    fill_in_application(client, job_id)
    fill_in_application(client, job_id)
    client.get("/careers/voluntary")
    assert (
        client.post("/careers/voluntary", data={"csrf_token": client.token, "sex": "female"}).status_code
        == 303
    )
    assert count(database, SelfIdentificationAnswer) == 0


def test_no_page_of_staff_shows_a_voluntary_answer(client: ReadingClient, database: Database) -> None:
    fill_in_application(client, posted_job(database))
    client.get("/careers/voluntary")
    client.post("/careers/voluntary", data={"csrf_token": client.token, "race_ethnicity": ["nhpi"]})
    sign_in(client, "rita")
    for path in (
        "/applications/1",
        "/candidates/1",
        "/jobs/1",
        "/jobs/1?view=table",
        "/candidates?q=Pacific",
    ):
        assert "Pacific Islander" not in client.get(path).get_data(as_text=True), path


READS_ANSWERS = {
    "tracker/models/__init__.py",
    "tracker/models/impact_releases.py",
    "tracker/models/self_identification.py",
    "tracker/queries/impact_counts.py",
    "tracker/queries/reports/adverse_impact.py",
    "tracker/queries/reports/applicant_flow.py",
    "tracker/services/history_import.py",
    "tracker/services/self_identification.py",
    "tracker/services/own_data.py",
    "tracker/domain/self_identification.py",
    "tracker/web/applying.py",
    "tracker/web/forms/applying.py",
}


def test_no_module_that_staff_read_by_knows_of_voluntary_answers() -> None:
    knows = set()
    for path in (ROOT / "tracker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if any("self_identification" in name for name in named):
                knows.add(path.relative_to(ROOT).as_posix())
    assert knows <= READS_ANSWERS


def test_staff_read_answers_hints_and_the_text_of_the_resume(
    client: ReadingClient, database: Database
) -> None:
    job_id = posted_job(database)
    with database.writing() as session:
        shape = QuestionShape(QuestionKind.CHOICE, ("Yes", "No"), {"choices": ["No"]})
        question = add_question(
            session, session.get_one(Job, job_id), "Start in May?", shape=shape, actor=SYSTEM
        ).id
    fill_in_application(client, job_id, **{f"question_{question}": "No"})
    sign_in(client, "rita")
    said = text_of(client.get("/applications/1"))
    assert "suggests a no" in said
    assert "You decide." in said
    with database.writing() as session:
        file = session.scalars(select(StoredFile)).one()
        keep_text(session, file.id, text=RESUME.decode(), reason=None)
        key = file.key
    assert RESUME.decode() in text_of(client.get(f"/files/{key}/text"))
    sign_in(client, "ines")
    assert client.get(f"/files/{key}/text").status_code == 404


def test_hr_writes_a_notice_and_applicants_read_it(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    sign_in(client, "olga")
    assert client.send("/notices/privacy", {"text": "Our **own** words.", "number": "0"}).status_code == 303
    assert client.send("/notices/privacy", {"text": "Late.", "number": "0"}).status_code == 422
    page = client.get(f"/careers/{job_id}/apply").get_data(as_text=True)
    assert "<strong>own</strong>" in page
    assert 'value="privacy-1"' in page
    assert sign_in(client, "rita").get("/notices").status_code == 403


def test_a_double_click_loses_no_voluntary_answer(client: ReadingClient, database: Database) -> None:
    job_id = posted_job(database)
    values = hidden_values(client.get(f"/careers/{job_id}/apply"))
    values |= {"name": "Amina", "email": "amina@example.net", "has_read": "y"}
    for _ in range(2):
        sent = {**values, "resume": resume()}
        client.post(f"/careers/{job_id}/apply", data=sent, content_type="multipart/form-data")
    client.get("/careers/voluntary")
    client.post("/careers/voluntary", data={"csrf_token": client.token, "sex": "female"})
    assert count(database, SelfIdentificationAnswer) == 1
