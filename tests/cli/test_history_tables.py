"""`tracker history import` of another system's tables."""

from sqlalchemy import func, select

from tests.event_tables import GREENHOUSE, LEVER, zip_of
from tests.factories import make_job
from tracker.models.moves import Move


def test_a_zip_of_tables_comes_in_by_the_name_of_its_system(call, sqlite_database, tmp_path):
    with sqlite_database.writing() as session:
        make_job(session, title="Order clerk")
    for name, tables in (("greenhouse", GREENHOUSE), ("lever", LEVER)):
        file = tmp_path / f"{name}.zip"
        file.write_bytes(zip_of(tables))
        dry = call("history", "import", file, "--mapping", name, "--dry-run")
        assert "3 applications" in dry.stdout
        assert "would be imported" in dry.stdout
        assert "3 applications" in call("history", "import", file, "--mapping", name).stdout
        again = call("history", "import", file, "--mapping", name)
        assert "0 applications" in again.stdout
        assert "left as they are: 3 applications" in again.stdout
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Move)) == 17


def test_a_mapping_that_is_nowhere_is_refused(call, sqlite_database, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("application,at,activity\n")
    result = call("history", "import", file, "--mapping", "workday")
    assert result.exit_code == 1
    assert "greenhouse, lever" in result.stderr


def test_tables_without_a_mapping_are_refused(call, sqlite_database, tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(zip_of(GREENHOUSE))
    result = call("history", "import", file)
    assert result.exit_code == 1
    assert "which system" in result.stderr
