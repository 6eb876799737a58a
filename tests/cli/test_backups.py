"""Everything into one file and back, on the command line."""

import pytest

from tests.factories import make_application


@pytest.fixture
def file(call, sqlite_database, tmp_path):
    with sqlite_database.writing() as session:
        make_application(session)
    made = tmp_path / "tracker.backup"
    result = call("backup", made)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Written to tracker.backup: ")
    return made


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(call, file):
    assert file.stat().st_mode & 0o077 == 0
    held = file.read_bytes()
    again = call("backup", file)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert file.read_bytes() == held


def test_an_empty_home_takes_a_backup_in(call, file, monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "new"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/new/tracker.db")
    result = call("restore", file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "the history holds" in result.stdout
    assert call("history", "verify").exit_code == 0
    assert call("db", "check").exit_code == 0


def test_a_home_with_something_in_it_does_not(call, file):
    result = call("restore", file)
    assert result.exit_code == 1
    assert "holds something already" in result.stderr


def test_what_is_no_backup_is_refused(call, tmp_path, monkeypatch):
    (tmp_path / "list.csv").write_text("name,email\n")
    result = call("restore", tmp_path / "list.csv")
    assert result.exit_code == 1
    assert "no backup" in result.stderr


def test_a_folder_that_cannot_be_written_leaves_nothing(call, tmp_path):
    result = call("backup", tmp_path / "nowhere" / "tracker.backup")
    assert result.exit_code == 1
    assert "could not be written" in result.stderr
