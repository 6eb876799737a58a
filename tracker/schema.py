"""The schema of a database: brought up to date by migrations, and compared with the models."""

import sqlite3
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Connection, inspect, text

from tracker.config import data_folder
from tracker.db import Database
from tracker.late import Late
from tracker.models import Base
from tracker.models.guards.standing import differing_guards

# Every command asks whether the schema fits; only few change it.
if TYPE_CHECKING:
    from alembic import autogenerate, command, config, migration
else:
    autogenerate = Late("alembic.autogenerate")
    command = Late("alembic.command")
    config = Late("alembic.config")
    migration = Late("alembic.migration")

_INDEX_OF_SEARCH = ("candidate_search", "ix_candidates_search")
_VERSIONS = "alembic_version"


def _alembic(connection: Connection) -> "config.Config":
    made = config.Config()
    made.set_main_option("script_location", str(data_folder("migrations")).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, all of it or nothing."""
    with database.engine.execution_options(may_write=True).begin() as connection:
        command.upgrade(_alembic(connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to a revision, all of it or nothing."""
    with database.engine.execution_options(may_write=True).begin() as connection:
        command.downgrade(_alembic(connection), revision)


def scrub(database: Database, tables: Collection[str]) -> bool:
    """Let go of what deleted and cleared rows left behind: free pages, the log, the index of search.

    Others wait meanwhile. `tables` are those that were touched; SQLite goes over the whole file. Answers
    whether it is done: somebody who reads keeps the log of SQLite from being emptied.
    """
    if not database.is_sqlite:
        names = ", ".join(sorted(tables))
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {names}")
        return True
    pooled = database.engine.raw_connection()
    try:
        driver: Any = pooled.driver_connection
        # Whoever writes is kept waiting no longer than this: what is busy now is free the next time.
        driver.execute("PRAGMA busy_timeout=1000")
        for statement in (
            f"INSERT INTO {_INDEX_OF_SEARCH[0]} ({_INDEX_OF_SEARCH[0]}) VALUES ('rebuild')",  # noqa: S608
            "VACUUM",
        ):
            driver.execute(statement).fetchall()
        is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy
    except sqlite3.OperationalError:
        return False
    finally:
        # Set up anew before anybody else uses it.
        pooled.invalidate()


def newest() -> str:
    """The newest revision: migrations are numbered, and each file begins with its number."""
    return max(path.name.split("_")[0] for path in (data_folder("migrations") / "versions").glob("[0-9]*.py"))


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table(_VERSIONS):
            return False
        stands_at = connection.scalars(text(f"SELECT version_num FROM {_VERSIONS}")).all()  # noqa: S608
    return stands_at == [newest()]


def differences(database: Database) -> list[str]:
    """How the database differs from models and guards, and whether it is intact; empty when all is well."""
    with database.engine.connect() as connection:
        context = migration.MigrationContext.configure(connection, opts={"compare_type": True})
        found = [str(d) for d in autogenerate.compare_metadata(context, Base.metadata)]
        found = [d for d in found if not any(name in d for name in _INDEX_OF_SEARCH)]
        found += _differing_checks(connection) + differing_guards(connection)
        if database.is_sqlite:
            found += [
                str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"
            ]
            found += [str(tuple(row)) for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return found


def _differing_checks(connection: Connection) -> list[str]:
    """Checks of columns by name, which the comparison of tables leaves out."""
    inspected, lines = inspect(connection), []
    there = set(inspected.get_table_names())
    for table in (one for one in Base.metadata.sorted_tables if one.name in there):
        asked = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        found = {str(one["name"]) for one in inspected.get_check_constraints(table.name)}
        lines += [f"{table.name}: the check {name} is missing" for name in sorted(asked - found)]
        lines += [f"{table.name}: the check {name} is not of this version" for name in sorted(found - asked)]
    return lines
