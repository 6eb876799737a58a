"""A home of the test's own and a way to call the command line in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import main
from tracker.db import Database

Call = Callable[..., Result]


@pytest.fixture
def call(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    for name in ("TRACKER_REPLICA_URL", "TRACKER_TIMEZONE", "TRACKER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    url = sqlite_database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("TRACKER_DATABASE_URL", url)

    def run(*words: str, input: str | None = None) -> Result:
        result = CliRunner().invoke(main, [str(word) for word in words], input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run
