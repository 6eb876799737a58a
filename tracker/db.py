"""The database: engine with its pragmas, and sessions that say at the start whether they may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA cache_size=-32000",
    "PRAGMA mmap_size=268435456",
    "PRAGMA temp_store=MEMORY",
)


def _set_up_sqlite(engine: Engine) -> None:
    """Take BEGIN out of the driver's hands: it would begin late, and a read that turns into a write would
    fail.
    """

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        may_write = connection.get_execution_options().get("may_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write else "BEGIN")


def make_engine(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL server, set up for the tracker."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
        _set_up_sqlite(engine)
        return engine
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)


class ReadingSession(Session):
    """A session that reads. Raises RuntimeError at a flush: whoever writes says so at the start."""


@event.listens_for(ReadingSession, "before_flush")
def _refuse_to_write(session: Session, context: object, instances: object) -> None:
    raise RuntimeError("this session does not say that it writes")


@dataclass(frozen=True)
class Database:
    """One database and the two kinds of session on it."""

    engine: Engine

    @classmethod
    def at(cls, url: str) -> "Database":
        """The database at this address."""
        return cls(make_engine(url))

    @cached_property
    def _writer(self) -> Engine:
        return self.engine.execution_options(may_write=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    def session(self, *, may_write: bool = False) -> Session:
        """A new session; one that may write holds the write lock of SQLite from its first statement."""
        if not may_write:
            return ReadingSession(self.engine, expire_on_commit=False)
        return Session(self._writer, expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back otherwise."""
        with self.session(may_write=True) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading only."""
        with self.session() as session:
            yield session
