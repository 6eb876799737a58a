"""Handing in files: what is taken, what is refused, and what it is told."""

import io
import sqlite3
import zipfile
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from tests.candidates import applied, own_client
from tests.careers import RESUME, fill_in_application, posted_job, resume, send_form
from tests.factories import make_application
from tests.web.conftest import sign_in
from tests.web.known_candidates import text_of
from tests.web.pages import ReadingClient, page_of
from tests.web.uploads import PDF, fetch, rows_of, upload
from tracker.config import Config
from tracker.db import Database
from tracker.domain import file_formats
from tracker.domain.file_formats import LARGEST_FILE, FileFormat
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.files import FileKind
from tracker.web.own_access import COOKIE
from tracker.web.uploads import handed_in


@pytest.fixture
def store(config: Config) -> FileStore:
    return FileStore(config.files_folder)


@pytest.fixture
def bare(database: Database, people: dict[str, int]) -> int:
    """An application without a résumé."""
    with database.writing() as session:
        return make_application(session).id


def test_missing_resume_has_its_link_and_is_met_by_an_upload(
    client: ReadingClient, database: Database, bare: int
) -> None:
    sign_in(client, "rita")
    page, path = f"/applications/{bare}", f"/applications/{bare}/files/new"
    assert page_of(client.get(page)).find(f".//*[@class='requirements']//a[@href='{path}']") is not None
    answer = upload(client, path, "Amina Yusuf – Lebenslauf.pdf", PDF)
    assert answer.status_code == 303
    shown = page_of(client.get(page))
    assert shown.find(f".//*[@class='requirements']//a[@href='{path}']") is None
    (row,) = rows_of(database, bare)
    assert (row.name, row.kind) == ("Amina Yusuf – Lebenslauf.pdf", FileKind.RESUME)
    taken = fetch(client, f"/files/{row.key}")
    assert "filename*=UTF-8''Amina%20Yusuf%20%E2%80%93" in taken.headers["Content-Disposition"]


def test_file_of_a_person_alone_is_kept(client: ReadingClient, database: Database, bare: int) -> None:
    with database.reading() as session:
        candidate_id = session.get_one(Application, bare).candidate_id
    sign_in(client, "rita")
    answer = upload(client, f"/candidates/{candidate_id}/files/new", "certificate.pdf", PDF, kind="other")
    assert answer.status_code == 303
    for path in (f"/candidates/{candidate_id}", f"/applications/{bare}"):
        assert "certificate.pdf" in text_of(client.get(path))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><title>Sign in</title><script>alert(1)</script>"
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'
XML = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
EXE = b"MZ\x90\x00" + b"\x00" * 200
NAMES = (
    "cv.svg", "cv.html", "cv.htm", "cv.xhtml", "cv.xml", "cv.exe", "cv.php", "cv.py", ".htaccess", "cv.pdf",
    "cv.docx", "cv.odt", "cv.rtf", "cv.txt", "cv.pdf.html", "cv.html.txt", "cv.svg ", "cv.html.", "cv.PDF",
    "cv.pdf\u202elmth", "../../cv.txt", "cv",
)  # fmt: skip


@pytest.mark.parametrize("content", [SVG, HTML, XHTML, XML, EXE], ids=["svg", "html", "xhtml", "xml", "exe"])
def test_what_a_browser_or_a_system_would_run_is_refused_under_any_name(
    client: ReadingClient, database: Database, store: FileStore, bare: int, content: bytes
) -> None:
    sign_in(client, "rita")
    for name in NAMES:
        answer = upload(client, f"/applications/{bare}/files/new", name, content)
        assert answer.status_code == 422, name
        assert page_of(answer).find(".//*[@id='file-error']") is not None, name
    assert rows_of(database, bare) == []
    assert list(store.stored()) == []


def macro_document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            archive.writestr(part, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("cv.pdf", b"", "The file is empty."),
        ("cv.png", b"\x89PNG\r\n\x1a\n", "Hand in a PDF, DOCX, ODT, RTF, TXT or JSON Resume file."),
        ("cv.docx", macro_document(), "its content is something else"),
        ("", PDF, "Choose a file."),
    ],
)
def test_refused_file_is_told_why(
    client: ReadingClient, database: Database, bare: int, name: str, data: bytes, sentence: str
) -> None:
    answer = upload(sign_in(client, "rita"), f"/applications/{bare}/files/new", name, data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert rows_of(database, bare) == []


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 12 * 1024 * 1024 + 1])
def test_file_that_is_too_large_is_told_the_limit(
    client: ReadingClient, database: Database, bare: int, size: int
) -> None:
    sign_in(client, "rita")
    answer = upload(client, f"/applications/{bare}/files/new", "cv.pdf", PDF + b" " * (size - len(PDF)))
    assert answer.status_code == 413
    assert "10 MB" in text_of(answer)
    assert rows_of(database, bare) == []


@pytest.mark.parametrize("kind", ["", "nothing", "../resume"])
def test_kind_that_does_not_exist_is_refused(
    client: ReadingClient, database: Database, bare: int, kind: str
) -> None:
    answer = upload(sign_in(client, "rita"), f"/applications/{bare}/files/new", "cv.pdf", PDF, kind=kind)
    assert answer.status_code == 422
    assert rows_of(database, bare) == []


def test_a_file_is_looked_at_once_and_while_everybody_may_write(
    client: ReadingClient, app: Flask, database: Database, bare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = []

    def looked(data: bytes) -> bool:
        with closing(sqlite3.connect(str(database.engine.url.database), timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
        looked_at.append(data)
        return True

    for file_format in (FileFormat.TXT, FileFormat.PDF):
        monkeypatch.setitem(file_formats._CHECKS, file_format, looked)
    assert fill_in_application(client, posted_job(database)).status_code == 303
    number, candidate_id = applied(database, name="Zora")
    own = own_client(app, database, candidate_id)
    own.get(f"/my/applications/{number}/files/new")
    sent = {"csrf_token": own.token, "file": resume("letter.txt", b"Dear all")}
    assert send_form(own, f"/my/applications/{number}/files/new", sent).status_code == 303
    sign_in(client, "rita")
    assert upload(client, f"/applications/{bare}/files/new", "cv.pdf", PDF).status_code == 303
    assert looked_at == [RESUME, b"Dear all", PDF]


def test_nobody_without_a_session_has_a_file_looked_at(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[bytes] = []
    monkeypatch.setitem(file_formats._CHECKS, FileFormat.TXT, looked_at.append)
    client = app.test_client()
    client.get("/careers")
    client.get("/my/link")
    client.set_cookie(COOKIE, "junk", path="/my")
    sent = {"csrf_token": client.token, "file": resume("letter.txt", b"Dear all")}
    assert send_form(client, "/my/applications/1/files/new", sent).status_code == 302
    assert looked_at == []


def test_a_file_is_read_once_and_no_further_than_is_taken(app: Flask) -> None:
    class Field:
        name = "resume"
        data: FileStorage | None = None

    with app.test_request_context():
        assert handed_in(Field()) is None
        Field.data = FileStorage(io.BytesIO(b"x" * (LARGEST_FILE + 9)), filename="cv.txt")
        first = handed_in(Field())
        assert first is not None
        assert len(first.data) == LARGEST_FILE + 1
