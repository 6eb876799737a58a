"""Text out of files: in a process of its own, which opens nothing, grows little and ends soon."""

import io
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.needs import missing
from tracker.config import data_folder
from tracker.domain.file_formats import FileFormat
from tracker.exports.pdf import pdf_of
from tracker.extraction.parent import UNREADABLE, Extracted, extract_text, understood
from tracker.extraction.texts import MOST_ANSWER, MOST_TEXT, tidied

ROOT = Path(__file__).parents[1]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


@pytest.fixture(autouse=True, scope="module")
def limits() -> None:
    if sys.platform == "win32":
        missing("no limits on a child process on this system")


def packed(name: str, content: str | bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return whole.getvalue()


def docx(body: str, before: str = "") -> bytes:
    return packed("word/document.xml", f"{before}<w:document {WORD}><w:body>{body}</w:body></w:document>")


def odt(body: str) -> bytes:
    return packed("content.xml", f"<office:document-content {TEXT}>{body}</office:document-content>")


def pdf(words: str) -> bytes:
    data = {"title": words, "language": "en", "foot": "", "facts": [], "steps": [], "others": []}
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    return pdf_of(data_folder("templates") / "pdf", "process.typ", data, made_at=made_at).content


@pytest.mark.parametrize(
    ("data", "file_format", "text"),
    [
        ("Résumé\r\nof  Zoë".encode(), FileFormat.TXT, "Résumé\nof Zoë"),
        ("Résumé".encode("cp1252"), FileFormat.TXT, "Résumé"),
        (
            docx("<w:p><w:r><w:t>Six</w:t></w:r><w:r><w:t> of it</w:t></w:r></w:p><w:p><w:t>Two</w:t></w:p>"),
            FileFormat.DOCX,
            "Six of it\nTwo",
        ),
        (
            odt("<text:h>Work</text:h><text:p>Order<text:tab/>clerk</text:p>"),
            FileFormat.ODT,
            "Work\nOrder clerk",
        ),
        (
            rb"{\rtf1{\fonttbl{\f0 Arial;}}Caf\'e9 \u322?\par{\*\generator x}{\pict 0a0b}Two \{2\}}",
            FileFormat.RTF,
            "Café ł\nTwo {2}",
        ),
        (
            b'{"basics": {"name": "Amina", "label": "Clerk"}, "work": [{"name": "Harbour", "years": 6}]}',
            FileFormat.JSON,
            "Amina\nClerk\nHarbour",
        ),
    ],
)
def test_every_format_is_read(data: bytes, file_format: FileFormat, text: str) -> None:
    found = extract_text(data, file_format)
    assert (found.text, found.reason) == (text, None)


def test_a_pdf_is_read() -> None:
    assert "Order clerk of Leeds" in (extract_text(pdf("Order clerk of Leeds"), FileFormat.PDF).text or "")


BOMB = docx(" " * 200_000_000)
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
)


@pytest.mark.parametrize(
    ("data", "file_format", "reason"),
    [
        (b"%PDF-1.4 junk", FileFormat.PDF, "damaged"),
        (b"PK\x03\x04 junk", FileFormat.DOCX, "damaged"),
        (packed("other.xml", "<a/>"), FileFormat.ODT, "damaged"),
        (docx("<w:p><w:t>open"), FileFormat.DOCX, "well-formed"),
        (docx("<w:t>&k;</w:t>", f"{LAUGHS}]>"), FileFormat.DOCX, "document type"),
        (
            docx("<w:t>&e;</w:t>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
            FileFormat.DOCX,
            "type",
        ),
        (BOMB, FileFormat.DOCX, "more than is read"),
        (b'{"a":' * 100_000 + b"}", FileFormat.JSON, "no JSON"),
        (b"[1]", FileFormat.JSON, "no JSON Resume"),
        (b"  \n ", FileFormat.TXT, "no text in it"),
        (b"{\\rtf1}", FileFormat.RTF, "no text in it"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, file_format: FileFormat, reason: str) -> None:
    found = extract_text(data, file_format)
    assert found.text is None
    assert reason in (found.reason or "")


def test_an_entity_reaches_no_server(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}/x"
    for before in (f'<!DOCTYPE x SYSTEM "{there}">', f'<!DOCTYPE x [<!ENTITY % e SYSTEM "{there}"> %e;]>'):
        assert extract_text(docx("<w:t>a</w:t>", before), FileFormat.DOCX).text is None
    server.shutdown()
    server.server_close()
    assert asked == []


TRIES = """
import os, socket, subprocess, sys
sys.path[:0] = [sys.argv[1]]
from tracker.extraction import child
child.give_up_everything()
def tried(deed):
    try:
        deed()
    except OSError:
        return "refused"
    except MemoryError:
        return "refused"
    return "done"
print(tried(lambda: open(sys.argv[1] + "/README.md")), tried(lambda: socket.socket()),
      tried(lambda: subprocess.run(["true"])), tried(lambda: bytearray(2**31)))
"""


def test_the_process_opens_no_file_no_socket_no_process_and_takes_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRIES, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["refused"] * 4


def test_what_takes_too_long_is_ended() -> None:
    found = extract_text(b"text", FileFormat.TXT, seconds=0.001)
    assert (found.text, found.reason) == (None, "It took longer than a file may.")


def test_text_is_kept_without_control_characters_or_beyond_all_measure() -> None:
    assert tidied("a\x00b\x07\r\n\r\n\r\n\r\nc\t d") == "a b\n\nc d"
    assert len(tidied("x" * 300_000)) == 200_000


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b'{"text": "A\\ud800b\\u0000c"}', Extracted("A b c")),
        (b'{"text": "' + b"x" * (MOST_TEXT + 1) + b'"}', Extracted("x" * MOST_TEXT)),
        (b'{"text": "\\u0000\\udfff"}', Extracted(None, UNREADABLE)),
        (b'{"reason": "No\\ud800t \\u0000now"}', Extracted(None, "No t now")),
        (b'{"reason": "' + b"x" * 400 + b'"}', Extracted(None, "x" * 300)),
        (b'{"text": "' + b"x" * MOST_ANSWER + b'"}', Extracted(None, UNREADABLE)),
        (b'{"text": ["x"], "reason": 7}', Extracted(None, UNREADABLE)),
        (b"[]", Extracted(None, UNREADABLE)),
        (b"", Extracted(None, UNREADABLE)),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_answer_of_the_process_is_not_believed(said, found):
    assert understood(said) == found
