"""Handing files in and out as a browser and a server would, for tests of pages."""

import io
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.web.pages import ReadingClient
from tracker.db import Database
from tracker.models.files import StoredFile

PDF = b"%PDF-1.7\nCANARY-BYTES\ntrailer\n%%EOF\n"


def fetch(client: ReadingClient, path: str, method: str = "GET", **more: object) -> Any:
    """Ask as a server would, which closes what it has handed out."""
    return client.open(path, method=method, buffered=True, **more)


def upload(client: ReadingClient, path: str, name: str, data: bytes, **more: str) -> Any:
    client.get("/settings")
    file = FileStorage(io.BytesIO(data), name)
    # As bytes: the client would lay a large body into a file of its own and leave it open.
    boundary, body = encode_multipart({"csrf_token": client.token, "kind": "resume", **more, "file": file})
    return client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def rows_of(database: Database, application_id: int) -> list[StoredFile]:
    with database.reading() as session:
        rows = select(StoredFile).where(StoredFile.application_id == application_id).order_by(StoredFile.id)
        return list(session.scalars(rows))
