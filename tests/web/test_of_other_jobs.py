"""Whoever has no part in a job finds nothing of it under any address, whatever numbers they try."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import product

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.answers import ids_of
from tests.web.conftest import PASSWORD
from tracker.app import create_app
from tracker.cli import main
from tracker.config import load_config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.models import Base
from tracker.services.passwords import choose_cost
from tracker.services.users import add_user

pytestmark = pytest.mark.slow
NEWCOMERS = {"mona": Role.HIRING_MANAGER, "ivan": Role.INTERVIEWER}
ELSEWHERE = ("api_", "applying", "careers", "own_")
"""Pages for candidates and for everyone, and calls by token: each has a table of its own."""
OF_NO_JOB = {"GET": {"frameworks.show"}, "POST": set[str]()}
"""What has a number and is of no job."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A demonstration with every kind of record, and two people who came today."""
    home = tmp_path_factory.mktemp("home")
    filled = CliRunner().invoke(main, ["demo", "--candidates", "40"], env={"TRACKER_HOME": str(home)})
    assert filled.exit_code == 0, filled.output
    choose_cost(is_test=True)
    config = replace(load_config({"TRACKER_HOME": str(home)}), is_testing=True)
    database = Database.at(config.database_url)
    with database.writing() as session:
        for name, role in {**NEWCOMERS, "helen": Role.HR}.items():
            email = f"{name}@example.org"
            add_user(session, email=email, name=name.title(), roles=[role], password=PASSWORD, actor=SYSTEM)
    app = create_app(config, database)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    database.engine.dispose()
    choose_cost(is_test=False)


def addresses(app: Flask, method: str) -> list[tuple[str, str]]:
    """(endpoint, path) of every page with a number in its address, for rows that there are."""
    found = []
    database: Database = app.extensions["tracker"][1]
    with database.reading() as session:
        for rule in app.url_map.iter_rules():
            names = sorted(rule.arguments)
            has_row = any(name.endswith("_id") for name in names)
            part = rule.endpoint.partition(".")[0]
            if method not in (rule.methods or ()) or not has_row or part.startswith(ELSEWHERE):
                continue
            for chosen in product(*(ids_of(session, rule, name) for name in names)):
                built = rule.build(dict(zip(names, chosen, strict=True)), append_unknown=False)
                assert built is not None
                found.append((rule.endpoint, built[1]))
    return found


@pytest.mark.parametrize("name", NEWCOMERS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_of_a_job_opens_for_who_has_no_part_in_it(app: Flask, name: str, method: str) -> None:
    client = FlaskClient(app, use_cookies=True)
    assert (
        client.post("/sign-in", data={"email": f"{name}@example.org", "password": PASSWORD}).status_code
        == 303
    )
    asked = addresses(app, method)
    assert len(asked) > 100
    opened: dict[str, set[int]] = {}
    for endpoint, path in asked:
        with client.open(path, method=method, data={} if method == "POST" else None) as answer:
            if answer.status_code not in (403, 404):
                opened.setdefault(endpoint, set()).add(answer.status_code)
    assert {endpoint: seen for endpoint, seen in opened.items() if endpoint not in OF_NO_JOB[method]} == {}
    assert set(opened) >= OF_NO_JOB[method]


WRITTEN_BY_LOOKING = {"audit_entries", "scorecard_reads", "impact_releases", "login_sessions"}
"""The log of what was read, and of whose cards; what a report on groups told last, by which the next one is
held to the same; and when somebody was last here.
"""


def contents(database: Database) -> dict[str, str]:
    """What stands in each table, as one word."""
    with database.reading() as session:
        return {
            table.name: sha256(repr(sorted(map(repr, session.execute(select(table))))).encode()).hexdigest()
            for table in Base.metadata.sorted_tables
            if table.name not in WRITTEN_BY_LOOKING
        }


def test_looking_at_every_page_there_is_changes_nothing_but_the_log(app: Flask) -> None:
    client = FlaskClient(app, use_cookies=True)
    client.post("/sign-in", data={"email": "helen@example.org", "password": PASSWORD})
    plain = [
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.endpoint.startswith("api_")
    ]
    one_each = dict(addresses(app, "GET")).items()
    before = contents(app.extensions["tracker"][1])
    answered = set()
    for endpoint, path in [*plain, *one_each]:
        with client.get(path) as answer:
            if answer.status_code == 200:
                answered.add(endpoint)
    assert len(answered) > 100
    after = contents(app.extensions["tracker"][1])
    assert {name for name in before if before[name] != after[name]} == set()
