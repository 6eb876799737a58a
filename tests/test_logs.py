"""The log tells what went wrong and where, and nothing of what anybody typed."""

import logging
from io import StringIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tracker import clock
from tracker.db import Database, make_engine
from tracker.logs import PlacesFormatter, kind_of
from tracker.models.candidates import Candidate
from tracker.services.rows import write_row

CANARY = "canary-of-amina@example.net"
ROWS = "INSERT INTO candidates (name, sort_name, email, search_text, is_internal, created_at) VALUES"


@pytest.fixture
def log():
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(PlacesFormatter("%(message)s"))
    own = logging.getLogger("tests of the log")
    own.addHandler(handler)
    yield own, kept
    own.removeHandler(handler)


def by_the_library(session):
    statement = text(f"{ROWS} (:name, 'x', :email, '', NULL, '2026-01-01')")
    session.execute(statement, {"name": CANARY, "email": CANARY})


def as_a_plain_row(session):
    named = dict.fromkeys(("name", "sort_name", "email", "search_text"), CANARY)
    write_row(session, Candidate, {**named, "is_internal": None, "created_at": clock.now()})


@pytest.mark.parametrize("refused", [by_the_library, as_a_plain_row])
def test_what_a_database_refuses_is_told_without_its_values(database: Database, log, refused):
    own, kept = log
    with database.writing() as session, pytest.raises(DBAPIError) as failure:
        refused(session)
    own.error("refused", exc_info=failure.value)
    told = kept.getvalue()
    assert CANARY not in told
    assert refused.__name__ in told
    assert "Error" in told or "Violation" in told


def test_causes_are_told_first_and_each_with_its_place(log):
    own, kept = log
    try:
        try:
            int(CANARY)
        except ValueError as wrong:
            raise LookupError(CANARY) from wrong
    except LookupError:
        own.exception("nothing found")
    told = kept.getvalue()
    assert CANARY not in told
    assert told.index("builtins.ValueError") < told.index("builtins.LookupError")
    assert told.count("test_logs.py") == 2


def test_an_error_that_stands_for_another_is_named_by_it():
    assert kind_of(DBAPIError("SELECT", {}, ValueError(CANARY))) == "builtins.ValueError"
    assert kind_of(KeyError(CANARY)) == "builtins.KeyError"


def test_what_fails_names_no_values_of_its_statement(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'log.sqlite'}")
    with engine.connect() as connection, pytest.raises(DBAPIError) as failure:
        connection.execute(text("SELECT :given FROM nowhere"), {"given": CANARY})
    assert CANARY not in str(failure.value)
    engine.dispose()
