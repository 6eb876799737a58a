"""Whether a schema fits is asked without the library that changes it, and both say the same."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.factories import make_application, make_job
from tracker import schema
from tracker.config import data_folder
from tracker.db import Database
from tracker.domain.stages import Stage


def test_the_newest_revision_is_the_one_that_upgrades_lead_to():
    config = Config()
    config.set_main_option("script_location", str(data_folder("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.newest()]


def test_a_database_is_current_at_the_newest_revision_only(sqlite_database):
    assert schema.is_current(sqlite_database)
    schema.downgrade(sqlite_database)
    assert not schema.is_current(sqlite_database)
    schema.upgrade(sqlite_database)
    assert schema.is_current(sqlite_database)


def test_a_migrated_database_differs_in_nothing(database):
    assert schema.differences(database) == []


def test_it_goes_down_with_all_it_holds_leaves_nothing_and_comes_up_again(database):
    with database.writing() as session:
        job = make_job(session)
        make_application(session, job, stage=Stage.OFFER)
    schema.downgrade(database)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        asked = (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            if database.is_sqlite
            else "SELECT count(*) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        assert connection.scalar(text(asked)) == 0
    schema.upgrade(database)
    assert schema.differences(database) == []


@pytest.mark.postgres
def test_a_check_that_is_gone_is_named(postgres):
    with postgres.fresh_database("migrated") as url:
        database = Database.at(url)
        with database.engine.execution_options(may_write=True).begin() as connection:
            connection.execute(text("ALTER TABLE jobs DROP CONSTRAINT ck_jobs_references_range"))
        assert schema.differences(database) == ["jobs: the check ck_jobs_references_range is missing"]
        database.engine.dispose()
