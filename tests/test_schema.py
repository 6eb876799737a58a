"""Whether a schema fits is asked without the library that changes it, and both say the same."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from tracker import schema
from tracker.config import data_folder


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
