"""How long records stay: rules by jurisdiction and day, and what keeps a person's records."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.retention import (
    OWN_MONTHS,
    ClosedRecord,
    Employer,
    Keep,
    PersonRecords,
    RetentionPolicy,
    judge,
    months_after,
    months_kept,
    period_of,
)
from tracker.domain.stages import Outcome

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("where", "closed", "floor", "due"),
    [
        ("US", date(2026, 1, 31), date(2027, 1, 31), date(2028, 1, 31)),
        ("US", date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1)),
        ("US-CA", date(2026, 1, 31), date(2030, 1, 31), date(2030, 1, 31)),
        ("US-CA-LA", date(2024, 1, 31), date(2028, 1, 31), date(2028, 1, 31)),
        ("EU-FR", date(2026, 1, 31), date(2026, 1, 31), date(2027, 1, 31)),
        ("EU-DE", date(2026, 8, 31), date(2026, 10, 31), date(2027, 2, 28)),
        ("GB", date(2026, 8, 31), date(2026, 11, 30), date(2027, 8, 31)),
        ("BR", date(2026, 1, 31), date(2026, 1, 31), date(2028, 1, 31)),
        (None, date(2026, 1, 31), date(2026, 1, 31), date(2028, 1, 31)),
        ("us-ca", date(2026, 1, 31), date(2030, 1, 31), date(2030, 1, 31)),
    ],
)
def test_the_longest_floor_and_the_shortest_ceiling_hold(where, closed, floor, due):
    period = period_of(where, closed, TODAY)
    assert (period.floor_on, period.due_on) == (floor, due)


@pytest.mark.parametrize(
    ("employer", "floor", "sources"),
    [
        (Employer.PRIVATE, 12, ("29 CFR 1602.14",)),
        (Employer.PUBLIC, 24, ("29 CFR 1602.31, 1602.40 and 1602.49",)),
        (Employer.CONTRACTOR, 24, ("29 CFR 1602.14", "41 CFR 60-300.80 and 60-741.80")),
    ],
)
def test_what_the_law_wants_depends_on_who_employs(employer, floor, sources):
    closed_on = date(2026, 1, 31)
    period = period_of("US", closed_on, TODAY, RetentionPolicy("us", 6, employer))
    assert period.floor_on == period.due_on == months_after(closed_on, floor)
    assert period.sources == sources


@pytest.mark.parametrize(("closed_on", "is_among"), [(date(2025, 1, 20), True), (date(2025, 1, 21), False)])
def test_what_was_closed_while_a_rule_held_keeps_by_it(closed_on, is_among):
    policy = RetentionPolicy("us", employer=Employer.CONTRACTOR)
    sources = period_of("US", closed_on, TODAY, policy).sources
    assert ("41 CFR 60-1.12, with Executive Order 11246" in sources) is is_among


@pytest.mark.parametrize(
    ("where", "months", "kept"),
    [("BR", 9, 9), ("US", 6, 12), ("US", 30, 30), ("EU-DE", 30, 6), ("EU-FR", 30, 12), ("US-CA", 30, 48)],
)
def test_the_organisations_own_period_holds_where_no_law_sets_one(where, months, kept):
    policy = RetentionPolicy("gb", months)
    assert months_kept(where, TODAY, policy) == kept
    assert period_of(where, TODAY, TODAY, policy).due_on == months_after(TODAY, kept)


@pytest.mark.parametrize(("where", "months"), [("eu-de", 6), ("eu", 12), ("us", 24), ("*", 24)])
def test_whoever_never_applied_is_judged_by_the_law_of_the_organisation(where, months):
    since = months_after(TODAY, -months)
    policy = RetentionPolicy(where)
    assert judge(PersonRecords((), since), TODAY, policy).is_due
    assert not judge(PersonRecords((), since + timedelta(days=1)), TODAY, policy).is_due


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_a_month_without_the_day_ends_on_its_last(day, months, after):
    assert months_after(day, months) == after


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["US", "US-CA", "EU", "EU-DE", "GB", "*"])
)
def test_nothing_is_due_before_its_floor(closed, where):
    period = period_of(where, closed, TODAY)
    assert closed <= period.floor_on <= period.due_on


def closed(where, on, outcome=Outcome.REJECTED):
    return ClosedRecord(where, outcome, on)


LONG_AGO = closed("US", date(2020, 1, 1))
OPEN = ClosedRecord("US", Outcome.ACTIVE, None)


@pytest.mark.parametrize(
    ("person", "keep", "stands_against"),
    [
        (PersonRecords((LONG_AGO,), date(2019, 1, 1)), None, False),
        (PersonRecords((LONG_AGO, OPEN), date(2019, 1, 1)), Keep.ACTIVE, True),
        (PersonRecords((LONG_AGO, OPEN), date(2019, 1, 1), is_held=True), Keep.ACTIVE, True),
        (PersonRecords((LONG_AGO,), date(2019, 1, 1), is_held=True), Keep.HELD, True),
        (
            PersonRecords((closed("US", date(2020, 1, 1), Outcome.HIRED), LONG_AGO), date(2019, 1, 1)),
            Keep.HIRED,
            True,
        ),
        (PersonRecords((LONG_AGO, closed("US", date(2026, 5, 1))), date(2019, 1, 1)), Keep.FLOOR, True),
        (PersonRecords((LONG_AGO, closed("US", date(2025, 9, 1))), date(2019, 1, 1)), Keep.PERIOD, False),
        (
            PersonRecords((LONG_AGO,), date(2019, 1, 1), pool_until=TODAY + timedelta(days=1)),
            Keep.CONSENT,
            False,
        ),
        (PersonRecords((LONG_AGO,), date(2019, 1, 1), pool_until=TODAY), None, False),
        (PersonRecords((), months_after(TODAY, -OWN_MONTHS)), None, False),
        (PersonRecords((), months_after(TODAY, -OWN_MONTHS) + timedelta(days=1)), Keep.PERIOD, False),
        (PersonRecords((), TODAY, is_held=True), Keep.HELD, True),
    ],
)
def test_what_keeps_a_persons_records(person, keep, stands_against):
    verdict = judge(person, TODAY)
    assert (verdict.keep, verdict.stands_against_request) == (keep, stands_against)
    assert verdict.is_due is (keep is None)


def test_records_are_due_on_the_day_and_not_before():
    closed_on = date(2024, 11, 27)
    person = PersonRecords((closed("GB", closed_on),), closed_on)
    due_on = judge(person, TODAY).due_on
    assert judge(person, due_on).is_due
    assert not judge(person, due_on - timedelta(days=1)).is_due
