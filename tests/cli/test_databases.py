"""The schema on the command line."""

from sqlalchemy import text


def test_a_database_at_the_newest_schema_is_sound(call):
    assert call("db", "check").exit_code == 0


def test_a_database_without_a_table_is_not_sound(call, sqlite_database):
    with sqlite_database.writing() as session:
        session.execute(text("DROP TABLE stage_targets"))
    result = call("db", "check")
    assert result.exit_code == 1
    assert "stage_targets" in result.stderr


def test_an_empty_file_gets_the_schema_with_the_first_command(call, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert call("db", "check").exit_code == 1
    assert call("users", "list").exit_code == 0
    assert call("db", "check").exit_code == 0


def test_an_older_schema_waits_for_an_upgrade(call, sqlite_database):
    with sqlite_database.writing() as session:
        session.execute(text("DELETE FROM alembic_version"))
    result = call("users", "list")
    assert result.exit_code == 1
    assert "tracker db upgrade" in result.stderr


def test_demo_mode_listens_on_this_machine_only(call):
    result = call("serve", "--demo", "--host", "0.0.0.0")
    assert result.exit_code == 1
    assert "this machine only" in result.stderr


def test_a_database_without_one_guard_is_not_sound(call, sqlite_database):
    assert call("db", "check").exit_code == 0
    with sqlite_database.writing() as session:
        session.execute(text("DROP TRIGGER scorecards_kept"))
    result = call("db", "check")
    assert (result.exit_code, "the guard scorecards_kept is missing" in result.stderr) == (1, True)
