"""The window before: as long as the window, and looked at as long after its end."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.report_windows import before_window
from tracker.domain.reports import ReportFilters, read_filters
from tracker.domain.rules import RuleBroken

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 23), timezones=st.just(UTC))


def read(**given):
    return read_filters(now=NOW, default_zone="Europe/London", **given)


@pytest.mark.parametrize(
    ("from_", "to", "before"),
    [
        ("2026-08-01", "2026-09-01", "from 1 Jul 2026 and before 1 Aug 2026"),
        ("2026-03-01", "2026-04-01", "from 1 Feb 2026 and before 1 Mar 2026"),
        ("2026-01-01", "2026-07-01", "from 1 Jul 2025 and before 1 Jan 2026"),
        ("2026-01-01", "2027-01-01", "from 1 Jan 2025 and before 1 Jan 2026"),
        # Of 23 hours and of 25, and still seven days.
        ("2026-04-01", "2026-04-08", "from 25 Mar 2026 and before 1 Apr 2026"),
        ("2026-10-26", "2026-11-02", "from 19 Oct 2026 and before 26 Oct 2026"),
        ("2026-08-03T06:00", "2026-08-03T18:00", "from 2 Aug 2026, 18:00 and before 3 Aug 2026, 06:00"),
    ],
)
def test_months_are_compared_with_months_and_days_with_days(from_, to, before):
    assert before_window(read(from_=from_, to=to)).window == before


def test_a_window_that_goes_on_is_compared_as_of_when_the_one_before_had_come_as_far():
    before = before_window(read(from_="2026-11-01", to="2026-12-01"))
    assert before.window == "from 1 Oct 2026 and before 1 Nov 2026"
    # In London October has an hour more than days of 24 tell: so long into the month, in hours passed.
    assert before.as_of == datetime(2026, 10, 23, 11, 0, tzinfo=UTC)
    endless = before_window(read(from_="2026-11-01"))
    assert (endless.to, endless.as_of) == (datetime(2026, 11, 1, tzinfo=UTC),) * 2


@given(first=INSTANTS, last=INSTANTS, as_of=INSTANTS)
def test_both_windows_had_the_same_time_to_come_to_something(first, last, as_of):
    first, last = sorted((first, last))
    try:
        filters = ReportFilters(from_=first, to=last, as_of=as_of, zone=read().zone)
    except RuleBroken:
        return
    before = before_window(filters)
    assert before.to == first
    assert before.is_as_it_was
    if last <= as_of:
        assert before.as_of - before.to == as_of - last
    else:
        assert before.as_of - before.from_ == as_of - first
        assert before.as_of <= as_of


def test_without_a_beginning_there_is_no_window_before():
    with pytest.raises(RuleBroken) as refused:
        before_window(read(to="2026-08-01"))
    assert refused.value.field == "from"
