"""What people write as filters of a report, and what it means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import read_filters, start_of_day
from tracker.domain.rules import RuleBroken

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(**given):
    return read_filters(now=NOW, default_zone="Europe/London", **given)


def test_without_filters_everything_counts_as_of_now():
    filters = read()
    assert (filters.from_, filters.to, filters.as_of, filters.zone.key) == (None, None, NOW, "Europe/London")
    assert filters.window == "at any time"


def test_a_day_is_of_the_zone_and_no_midnight_of_utc():
    filters = read(from_="2026-08-01", to="2026-11-01")
    assert filters.from_ == datetime(2026, 7, 31, 23, tzinfo=UTC)
    assert filters.to == datetime(2026, 11, 1, tzinfo=UTC)
    assert filters.window == "from 1 Aug 2026 and before 1 Nov 2026"
    assert read(from_="2026-08-01", zone="Asia/Tokyo").from_ == datetime(2026, 7, 31, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-29", "Europe/London", 23),
        ("2026-10-25", "Europe/London", 25),
        ("2026-02-28", "Europe/London", 24),
        # Midnight itself is skipped, or comes twice.
        ("2026-04-24", "Africa/Cairo", 23),
        ("2025-11-02", "America/Havana", 25),
    ],
)
def test_a_day_of_a_clock_change_has_its_own_length(day, zone, hours):
    after = (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()
    filters = read(from_=day, to=after, zone=zone) if after < "2026-11-23" else None
    assert filters.to - filters.from_ == timedelta(hours=hours)
    local = filters.from_.astimezone(ZoneInfo(zone))
    assert local.date().isoformat() == day
    assert (filters.from_ - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < local.date()


def test_an_instant_is_taken_with_its_offset_and_else_in_the_zone():
    assert read(from_="2026-08-01T09:30+02:00").from_ == datetime(2026, 8, 1, 7, 30, tzinfo=UTC)
    assert read(from_="2026-08-01T09:30").from_ == datetime(2026, 8, 1, 8, 30, tzinfo=UTC)
    assert read(from_="2026-08-01T09:30").window == "from 1 Aug 2026, 09:30"


def test_as_of_a_day_is_as_of_its_end_and_of_today_is_now():
    ended = read(as_of="2026-07-31")
    assert ended.until == start_of_day(datetime(2026, 8, 1, tzinfo=UTC).date(), ended.zone)
    assert read(as_of="2026-11-23").as_of == NOW


def test_what_happens_at_the_as_of_counts_and_at_the_end_of_the_window_does_not():
    filters = read(as_of="2026-08-01T09:30Z")
    assert filters.as_of < filters.until
    assert read(to="2026-08-01T09:30Z").until == datetime(2026, 8, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"from_": "2026-08-02", "to": "2026-08-01"}, "to"),
        ({"from_": "2026-08-01", "to": "2026-08-01"}, "to"),
        ({"from_": "2026-08-02", "as_of": "2026-07-01"}, "from"),
        ({"from_": "2027-01-01"}, "from"),
        ({"from_": "yesterday"}, "from"),
        ({"from_": "2026-02-30"}, "from"),
        ({"from_": "0001-01-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"to": "2026-08-01T25:00"}, "to"),
        ({"to": "9999-12-31T23:59:59-12:00"}, "to"),
        ({"as_of": "2026-11-24"}, "as_of"),
        ({"as_of": "2026-11-23T12:00:01Z"}, "as_of"),
        ({"as_of": "20261"}, "as_of"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"zone": "Europe"}, "zone"),
        ({"zone": "\0"}, "zone"),
        ({"zone": "x" * 5000}, "zone"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(given, field):
    with pytest.raises(RuleBroken) as refused:
        read(**given)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")


def test_every_number_that_opens_is_a_column():
    for outline in OUTLINES.values():
        columns = {column.key for column in outline.columns}
        assert set(outline.openable) <= columns
        assert outline.definitions
