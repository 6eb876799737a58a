"""Applying with a résumé of two megabytes beside storing as much: from a form, durably, with a row.

The floor of it reads the same form by the same library, writes the file and its row so that both survive a
crash, and does nothing of what an application is.
"""

import io
import os
import secrets
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import html5lib
from flask import Flask, request
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.test import create_environ, encode_multipart

from tests.bench.calling import Answer, read_answer
from tests.bench.floor import make_engine
from tests.bench.floor_data import MEASURED_JOB
from tests.bench.once import SMALLEST
from tests.bench.tracker_data import tracker_file
from tests.bench.tracker_side import create_tracker
from tests.bench.works import Work
from tests.careers import DETAILS
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.jobs import Job
from tracker.services.postings import publish_posting, write_posting

MEGABYTES = 2
TIMES_STORING = 1.5
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)
_HOST = {"Host": "127.0.0.1:8000"}


def applying_works(home: Path) -> list[Work]:
    """The work over a database of its own, made anew each time."""
    path = home / "applying.sqlite"
    for leftover in home.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copy(tracker_file(home, SMALLEST), path)
    open_to_everybody(path)
    document = resume(MEGABYTES * 1024 * 1024)
    return [
        Work(
            f"apply, {MEGABYTES} MB PDF: to storing it",
            storing(home / "stored", document),
            applying(path, document),
            TIMES_STORING,
        )
    ]


def open_to_everybody(path: Path) -> None:
    """Publish a posting of the measured job, so that strangers apply for it."""
    database = Database.at(f"sqlite:///{path}")
    with database.writing() as session:
        job = session.get_one(Job, MEASURED_JOB)
        write_posting(session, job, DETAILS, version=0, actor=SYSTEM)
        publish_posting(session, job, actor=SYSTEM)
    database.engine.dispose()


def resume(size: int) -> bytes:
    """A PDF of one page with words on it, and a stream that nobody reads to make it this large."""
    shown = b"BT /F1 11 Tf 64 760 Td (Order clerk of Leeds) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    padding = os.urandom(max(size - 900, 1))
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(padding), padding))
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (len(objects) + 1, table, len(objects) + 1, len(body))


def form_of(page: str) -> dict[str, str]:
    """What the form of an application hides, its token with it."""
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(one for one in parsed.iter("form") if one.get("enctype"))
    hidden = [one for one in form.iter("input") if one.get("type") == "hidden"]
    return {one.get("name"): one.get("value", "") for one in hidden}


def sheet(hidden: dict[str, str], number: int, document: bytes) -> tuple[str, bytes]:
    """An application as a browser sends it: its type and its bytes, of somebody else each time."""
    values: dict[str, Any] = hidden | {
        "key": secrets.token_hex(16),
        "name": f"Amina Yusuf {number}",
        "email": f"amina{number}.{secrets.token_hex(4)}@example.net",
        "has_read": "y",
        "resume": FileStorage(io.BytesIO(document), "resume.pdf"),
    }
    boundary, body = encode_multipart(values)
    return f'multipart/form-data; boundary="{boundary}"', body


def applying(path: Path, document: bytes) -> Callable[[], int]:
    """Applying for the measured job, by somebody else from another address each time."""
    app = create_tracker(path)
    client = app.test_client()
    place = f"/careers/{MEASURED_JOB}/apply"
    hidden = form_of(client.get(place, headers=_HOST).get_data(as_text=True))
    cookie = client.get_cookie("tracker", domain="127.0.0.1")
    numbers = count()

    def apply() -> int:
        number = next(numbers)
        kind, body = sheet(hidden, number, document)
        more = {"HTTP_COOKIE": f"tracker={cookie.value}"} if cookie else {}
        address = f"10.0.{number // 250 % 250}.{number % 250}"
        answer = _post(app, place, kind, body, more | {"REMOTE_ADDR": address})
        if answer.status != 303:
            raise RuntimeError(f"the application was refused: {answer.body[:2000]!r}")
        return answer.size

    return apply


def storing(folder: Path, document: bytes) -> Callable[[], int]:
    """Taking the same file from a form and keeping it durably, with a row of its name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    engine = make_engine(folder / "rows.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE files (name TEXT, size INTEGER)"))
    app = Flask("storing")
    numbers = count()

    @app.post("/files")
    def keep() -> str:
        data = request.files["resume"].read()
        name = f"{next(numbers)}"
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            row = {"name": name, "size": len(data)}
            connection.execute(text("INSERT INTO files VALUES (:name, :size)"), row)
            connection.exec_driver_sql("COMMIT")
        return "kept"

    def store() -> int:
        kind, body = sheet({}, 0, document)
        return _post(app, "/files", kind, body, {}).size

    return store


def _post(app: Any, path: str, kind: str, body: bytes, more: dict[str, str]) -> Answer:
    environ = create_environ(path, method="POST", headers=_HOST, input_stream=io.BytesIO(body))
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), **more}
    return read_answer(app, environ)
