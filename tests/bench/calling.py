"""Calls an app through WSGI in this process, with as little in between as can be, and counts what it asks."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import StartResponse, WSGIApplication

from sqlalchemy import Engine, event
from werkzeug.test import create_environ


@dataclass
class Answer:
    status: int
    size: int
    body: bytes


@dataclass
class Caller:
    """One signed-in visitor: a WSGI app and the cookie that goes with every call."""

    app: WSGIApplication
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, keep_body: bool = False) -> Answer:
        return self._call(path, "GET", b"", keep_body)

    def post(self, path: str, form: dict[str, object]) -> Answer:
        return self._call(path, "POST", urlencode(form).encode(), True)

    def _call(self, path: str, method: str, body: bytes, keep_body: bool) -> Answer:
        environ = create_environ(path, method=method, headers=self.headers)
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        if body:
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
            environ["CONTENT_LENGTH"] = str(len(body))
            environ["wsgi.input"] = io.BytesIO(body)
        return read_answer(self.app, environ, keep_body=keep_body)


def read_answer(app: WSGIApplication, environ: dict[str, Any], *, keep_body: bool = True) -> Answer:
    """Ask an app and read all that it answers. Raises RuntimeError for a refusal."""
    statuses: list[str] = []

    def start_response(status: str, headers: Any, exc_info: Any = None) -> Any:
        statuses.append(status)

    size, kept = _read(app, environ, start_response, keep_body)
    status = int(statuses[-1][:3])
    if status >= 400:
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        raise RuntimeError(f"{asked} answered {statuses[-1]}: {kept[:300]!r}")
    return Answer(status, size, kept)


def _read(
    app: WSGIApplication, environ: dict[str, Any], start_response: StartResponse, keep_body: bool
) -> tuple[int, bytes]:
    parts = app(environ, start_response)
    size, kept = 0, []
    try:
        for part in parts:
            size += len(part)
            if keep_body:
                kept.append(part)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return size, b"".join(kept)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent to any engine while the block lasts; beginning and ending transactions left out."""
    statements: list[str] = []

    def sent(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", sent)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", sent)
