"""Answers that are kept: they come back value for value, and no two asks that differ share one."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.kept_reports import (
    PAUSE,
    PAUSE_OF_FIXED,
    filters_kept,
    key_of,
    moved_since,
    pause_after,
    read_told,
    whom_and_when,
    write_told,
)
from tracker.domain.permissions import Permission
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import Check, ReportFilters

NOW = datetime(2026, 11, 28, 9, 30, 0, 123456, tzinfo=UTC)
WHOLE = ReportFilters(as_of=NOW, zone=ZoneInfo("Europe/London"))
OUTLINE = OUTLINES["time-in-stage"]


def key(filters=WHOLE, outline=OUTLINE, jobs=None, holidays=None):
    return key_of(whom_and_when(outline, filters, jobs, holidays))


def test_an_outcome_comes_back_value_for_value():
    rows = [
        {"a": 1, "b": 0.1 + 0.2, "c": None, "d": "Überprüfung", "at": NOW, "e": 10**15},
        {"a": 0, "b": 1e-300, "c": 2.0, "d": "", "at": None, "e": -1},
    ]
    checks = (Check("adds_up", "It adds up.", True), Check("other", "Not.", False))
    found = read_told(json.loads(json.dumps(write_told(rows, checks))))
    assert found == (rows, checks)
    assert [type(cell) for cell in found[0][0].values()] == [type(cell) for cell in rows[0].values()]
    assert read_told(write_told([], ())) == ([], ())


@pytest.mark.parametrize(
    "changed",
    [
        {"filters": replace(WHOLE, zone=ZoneInfo("UTC"))},
        {"filters": replace(WHOLE, job_id=7)},
        {"filters": replace(WHOLE, from_=NOW - timedelta(days=9))},
        {"filters": replace(WHOLE, to=NOW - timedelta(days=9))},
        {"filters": replace(WHOLE, is_as_it_was=True)},
        {"filters": replace(WHOLE, source="Referral")},
        {"filters": replace(WHOLE, leaves_out_filled=True)},
        {"filters": replace(WHOLE, is_business=True)},
        {"filters": replace(WHOLE, is_business=True, holidays="UK"), "holidays": [date(2026, 12, 25)]},
        {"filters": replace(WHOLE, is_business=True, holidays="UK"), "holidays": [date(2026, 12, 26)]},
        {"outline": OUTLINES["time-to-hire"]},
        {"jobs": []},
        {"jobs": [1, 2]},
        {"jobs": [12]},
    ],
    ids=str,
)
def test_whoever_asks_for_something_else_or_sees_other_jobs_has_another_answer(changed):
    others = [{}, {"jobs": [1]}, {"jobs": [1, 2, 3]}]
    assert key(**changed) not in {key(**other) for other in others}
    assert key(**changed) == key(**changed)


def test_the_same_is_asked_at_every_instant_and_in_every_order():
    assert key(replace(WHOLE, as_of=NOW + timedelta(hours=1))) == key()
    assert key(jobs={3, 1, 2}) == key(jobs=[1, 2, 3])
    # A department is told by its jobs.
    assert key(replace(WHOLE, department="Sales"), jobs=[1]) == key(jobs=[1])


@pytest.mark.parametrize("is_as_it_was", [True, False])
def test_filters_come_back_as_they_were_asked(is_as_it_was):
    asked = replace(
        WHOLE,
        job_id=3,
        from_=NOW - timedelta(days=30),
        to=NOW - timedelta(days=1),
        source="Referral",
        leaves_out_filled=True,
        is_business=True,
        holidays="UK",
        is_as_it_was=is_as_it_was,
    )
    later = NOW + timedelta(hours=2)
    found = filters_kept(json.loads(json.dumps(whom_and_when(OUTLINE, asked, None, []))), later)
    assert found == replace(asked, as_of=NOW if is_as_it_was else later)


def test_only_numbers_that_anybody_reads_are_ever_kept():
    kept = {name for name, outline in OUTLINES.items() if outline.is_kept}
    assert kept == {
        "time-in-stage",
        "time-to-advance",
        "time-to-decision",
        "time-to-hire",
        "time-to-fill",
        "forecast",
    }
    for name in kept:
        outline = OUTLINES[name]
        assert (outline.is_sensitive, outline.permission) == (False, Permission.REPORT_READ)
        assert not {"candidate", "interviewer"} & {column.key for column in outline.columns}


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (10, 322, "312 moves have been made since"),
        (10, 11, "1 move has been made since"),
        (0, 12_000, "12,000 moves have been made since"),
        (10, 10, "jobs or sources have been changed since"),
    ],
)
def test_it_is_told_what_happened_since(then, now, words):
    assert moved_since(then, now) == words


def test_nothing_takes_more_than_a_twentieth_of_a_processor():
    assert pause_after(0.1, is_fixed=False) == PAUSE
    assert pause_after(30, is_fixed=False) == timedelta(minutes=10)
    assert pause_after(0.1, is_fixed=True) == PAUSE_OF_FIXED
