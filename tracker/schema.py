"""The schema of a database: brought up to date by migrations, and compared with the models."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from tracker.config import data_folder
from tracker.db import Database
from tracker.models import Base

_INDEX_OF_SEARCH = ("candidate_search", "ix_candidates_search")


def _alembic(connection: Connection) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(data_folder("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision, all of it or nothing."""
    with database.engine.execution_options(may_write=True).begin() as connection:
        command.upgrade(_alembic(connection), revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to a revision, all of it or nothing."""
    with database.engine.execution_options(may_write=True).begin() as connection:
        command.downgrade(_alembic(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision."""
    with database.engine.connect() as connection:
        script = ScriptDirectory.from_config(_alembic(connection))
        return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


def differences(database: Database) -> list[str]:
    """How the database differs from the models, and whether it is intact; empty when all is well."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [str(d) for d in compare_metadata(context, Base.metadata)]
        found = [d for d in found if not any(name in d for name in _INDEX_OF_SEARCH)]
        if database.is_sqlite:
            found += [
                str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"
            ]
            found += [str(tuple(row)) for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return found
