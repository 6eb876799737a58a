"""Reports are read from a copy of the database where there is one; what is kept of them is not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient
from tracker import schema
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry


@pytest.fixture
def app_with_copy(app: Flask, database: Database, tmp_path: Path) -> Iterator[Flask]:
    """A copy that says something else, so that one sees where an answer comes from."""
    copy = Database.at(f"sqlite:///{tmp_path}/copy.sqlite")
    schema.upgrade(copy)
    for one, title in ((database, "Of the database"), (copy, "Of the copy")):
        with one.writing() as session:
            make_application(session, make_job(session, title=title), stage=Stage.SCREENING)
    app.extensions["tracker_replica"] = copy
    yield app
    del app.extensions["tracker_replica"]
    copy.engine.dispose()


@pytest.mark.parametrize(
    "path",
    [
        "/reports/pipeline",
        "/reports/pipeline/rows",
        "/reports/pipeline/export?format=csv",
        "/reports/pipeline/export?format=csv&rows=1",
    ],
)
def test_a_report_is_read_from_the_copy(app_with_copy: Flask, path: str) -> None:
    client: ReadingClient = sign_in(app_with_copy.test_client(), "olga")  # type: ignore[arg-type]
    page = client.get(path).text
    assert "Of the copy" in page
    # The page offers the jobs of the database to choose from.
    assert page.count("Of the database") == (1 if path == "/reports/pipeline" else 0)


def test_what_is_noted_of_a_report_stands_in_the_database(app_with_copy: Flask, database: Database) -> None:
    client: ReadingClient = sign_in(app_with_copy.test_client(), "olga")  # type: ignore[arg-type]
    client.get("/reports/pipeline/export?format=csv")
    with database.reading() as session:
        assert "report:export" in session.scalars(select(AuditEntry.action)).all()


def test_a_sensitive_report_is_read_where_its_releases_are_kept(app_with_copy: Flask) -> None:
    client: ReadingClient = sign_in(app_with_copy.test_client(), "olga")  # type: ignore[arg-type]
    page = client.get("/reports/applicant-flow").text
    assert "Of the database" in page
    assert "Of the copy" not in page


def test_the_address_of_the_copy_is_a_setting(config: Config, tmp_path: Path) -> None:
    with_copy = replace(config, replica_url=f"sqlite:///{tmp_path}/copy.sqlite")
    assert create_app(with_copy).extensions["tracker_replica"].is_sqlite
    assert "tracker_replica" not in create_app(config).extensions
