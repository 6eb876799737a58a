"""Rows that are read a column at a time are those that are read one by one, and so are files of them."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from tests.factories import make_job
from tests.histories import day, write_history
from tracker.domain.actors import SYSTEM
from tracker.domain.reports import ReportFilters, RowBlocks
from tracker.domain.stages import Outcome, Stage
from tracker.exports.csv import csv_of
from tracker.models.candidates import Candidate
from tracker.queries.reports import rows_behind
from tracker.queries.reports import streams as module

ACTIVE, _, REJECTED, _ = Outcome
ZONES = ["UTC", "Asia/Kolkata", "Europe/London", "Australia/Lord_Howe", "America/New_York"]


@pytest.fixture
def told(session):
    """Stays that begin in the years of clocks by the sun, where clocks change, and within a second."""
    job = make_job(session, title="=Clerk")
    for place, begun in enumerate((-45_000, -800, 29.0416, 37.6459, 60.123456789)):
        ended = (begun + 0.5, Stage.APPLICATION, REJECTED)
        name = ("Amina", "+1", "\t=1", "=1", " Zoë")[place]
        write_history(session, job, (begun, Stage.APPLICATION, ACTIVE), *([ended] * (place % 2)), name=name)

    def in_zone(zone):
        filters = ReportFilters(as_of=day(300), zone=ZoneInfo(zone), job_id=job.id)
        return rows_behind(session, "pipeline", filters, actor=SYSTEM)

    return in_zone


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at_once", [1, 2, 1_000])
def test_a_file_by_columns_is_the_file_by_rows(told, zone, at_once, monkeypatch):
    monkeypatch.setattr(module, "BATCH", at_once)
    report = told(zone)
    assert isinstance(report.rows, RowBlocks)
    rows = list(report.rows)
    assert len(rows) == 5
    whole = b"".join(csv_of(report))
    assert whole == b"".join(csv_of(replace(report, rows=rows)))
    assert whole.count(b"'=Clerk") == 5
    for name in (b",'+1,", b",'\t=1,", b",'=1,", b", Zo"):
        assert name in whole
    for row in rows:
        assert row["entered_at"].astimezone(ZoneInfo(zone)).isoformat().encode() in whole


def test_what_a_database_keeps_of_its_file_is_little_while_rows_leave_and_as_before_then(told, session):
    if session.get_bind().dialect.name != "sqlite":
        return
    asked = text("PRAGMA cache_size")
    before = session.scalar(asked)
    rows = iter(told("UTC").rows)
    next(rows)
    assert session.scalar(asked) == module._CACHE
    rows.close()
    assert session.scalar(asked) == before != module._CACHE


def test_who_stops_early_leaves_no_cursor_open(told, session):
    assert next(iter(told("UTC").rows))["candidate"] == "Amina"
    assert session.scalar(select(Candidate.name).limit(1)) is not None
