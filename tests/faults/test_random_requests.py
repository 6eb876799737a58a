"""Ten thousand requests made at random, over every route and method: none may break the tracker."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.faults.monkeys import Monkey
from tests.postgres import PostgresServer
from tracker.app import create_app
from tracker.cli import main
from tracker.config import load_config
from tracker.db import Database
from tracker.queries.history import verify_history
from tracker.services.passwords import choose_cost

pytestmark = [pytest.mark.slow, pytest.mark.faults]

REQUESTS_A_WALK = 2_500
MENDED_EVERY = 100


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo home with applications at every stage and the records that belong to them."""
    path = tmp_path_factory.mktemp("home")
    filled = CliRunner().invoke(main, ["demo", "--candidates", "40"], env={"TRACKER_HOME": str(path)})
    assert filled.exit_code == 0, filled.output
    return path


@pytest.fixture
def app(home: Path, sqlite_copy: Path) -> Iterator[Flask]:
    loaded = load_config({"TRACKER_HOME": str(home)}, is_demo=True)
    config = replace(loaded, database_url=f"sqlite:///{sqlite_copy}", is_testing=True)
    database = Database.at(config.database_url)
    choose_cost(is_test=True)
    yield create_app(config, database)
    database.engine.dispose()
    choose_cost(is_test=False)


@pytest.fixture
def sqlite_copy(home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "tracker.db"
    with sqlite3.connect(home / "tracker.db") as source:
        source.execute("VACUUM INTO ?", [str(copy)])
    source.close()
    return copy


@pytest.mark.parametrize("seed", range(3))
def test_no_request_breaks_the_tracker(app: Flask, seed: int) -> None:
    walk(app, seed)


@pytest.mark.postgres
def test_no_request_breaks_the_tracker_on_postgresql(postgres: PostgresServer, tmp_path: Path) -> None:
    with postgres.fresh_database("migrated") as url:
        given = {"TRACKER_HOME": str(tmp_path), "TRACKER_DATABASE_URL": url}
        filled = CliRunner().invoke(main, ["demo", "--candidates", "40"], env=given)
        assert filled.exit_code == 0, filled.output
        config = replace(load_config(given, is_demo=True), is_testing=True)
        database = Database.at(config.database_url)
        choose_cost(is_test=True)
        walk(create_app(config, database), seed=3)
        choose_cost(is_test=False)
        database.engine.dispose()


def walk(app: Flask, seed: int) -> None:
    monkey = Monkey(app, seed)
    for number in range(REQUESTS_A_WALK):
        if number % MENDED_EVERY == 0:
            monkey.mend()
        monkey.send()
    assert sum(monkey.asked.values()) == REQUESTS_A_WALK
    assert monkey.unasked == []
    # The walk must reach what it wants to break: pages, redirects after writing, refusals of forms.
    assert all(monkey.asked.get(status, 0) > 10 for status in (200, 303, 404, 422)), str(monkey.asked)
    with monkey.database.reading() as session:
        assert verify_history(session)[2] is None
