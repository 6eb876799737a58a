"""What a posting must say, who may read it, and how its salary is written."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import (
    EMPLOYMENT_TYPE_LABELS,
    EmploymentType,
    PostingDetails,
    PostingState,
    checked_posting,
    is_open_to,
    salary_range,
    takes_no_more,
    why_not_public,
)
from tracker.domain.rules import RuleBroken
from tracker.domain.sources import is_code, source_named
from tracker.domain.stages import JobStatus

PLAIN = PostingDetails(title="Order clerk", text="You take orders.", place="Leeds", country="gb")
PAID = replace(
    PLAIN, salary_low_cents=3_000_000, salary_high_cents=3_400_000, currency="GBP", period=SalaryPeriod.YEAR
)
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 1, tzinfo=UTC)


def test_a_posting_is_cleaned_and_every_kind_of_employment_has_its_label():
    checked = checked_posting(replace(PLAIN, title="  Order   clerk "))
    assert (checked.title, checked.country, checked.currency, checked.period) == (
        "Order clerk",
        "GB",
        None,
        None,
    )
    assert set(EMPLOYMENT_TYPE_LABELS) == set(EmploymentType)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"text": "no letter: \uffff"}, "text"),
        ({"title": "no letter: \ufffe"}, "title"),
        ({"text": "x" * 20_001}, "text"),
        ({"place": None}, "place"),
        ({"country": ""}, "country"),
        ({"country": "England"}, "country"),
        ({"country": "XX"}, "country"),
        ({"country": "UK"}, "country"),
        ({"salary_low_cents": 150, "currency": "JPY", "period": SalaryPeriod.YEAR}, "salary_low"),
        ({"salary_low_cents": 0, "currency": "GBP", "period": SalaryPeriod.YEAR}, "salary_low"),
        ({"salary_high_cents": 10**14, "currency": "GBP", "period": SalaryPeriod.YEAR}, "salary_high"),
        ({"salary_low_cents": 2, "salary_high_cents": 1, "currency": "GBP"}, "salary_high"),
        ({"salary_low_cents": 2, "currency": "ZZZ", "period": SalaryPeriod.YEAR}, "currency"),
        ({"salary_low_cents": 2, "currency": "GBP"}, "period"),
    ],
)
def test_what_cannot_stand_is_named_at_its_field(change, field):
    with pytest.raises(RuleBroken) as broken:
        checked_posting(replace(PLAIN, **change))
    assert broken.value.field == field


def test_remote_work_needs_no_place():
    assert checked_posting(replace(PLAIN, place=None, is_remote=True)).place is None


@pytest.mark.parametrize("status", JobStatus)
@pytest.mark.parametrize("published_at", [None, AT])
@pytest.mark.parametrize("closes_on", [None, TODAY, date(2026, 11, 22)])
@pytest.mark.parametrize("is_internal", [True, False])
@pytest.mark.parametrize("is_staff", [True, False])
def test_only_a_published_posting_of_an_open_job_in_time_is_read(
    status, published_at, closes_on, is_internal, is_staff
):
    state = PostingState(status, published_at, closes_on, is_internal)
    may = status is JobStatus.OPEN and published_at and closes_on != date(2026, 11, 22)
    assert is_open_to(state, is_staff=is_staff, today=TODAY) is bool(may and (is_staff or not is_internal))
    is_public = is_open_to(state, is_staff=False, today=TODAY)
    assert bool(why_not_public(state, TODAY)) is not is_public
    was_open = published_at and status is not JobStatus.DRAFT and (is_staff or not is_internal)
    assert takes_no_more(state, is_staff=is_staff, today=TODAY) is bool(was_open and not may)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "30,000 to 34,000 GBP per year"),
        ({"salary_high_cents": None}, "from 30,000 GBP per year"),
        ({"salary_low_cents": None}, "up to 34,000 GBP per year"),
        ({"salary_high_cents": 3_000_000}, "30,000 GBP per year"),
        (
            {"salary_low_cents": 1850, "salary_high_cents": 1850, "period": SalaryPeriod.HOUR},
            "18.50 GBP per hour",
        ),
        ({"is_salary_shown": False}, ""),
        ({"salary_low_cents": None, "salary_high_cents": None, "currency": None, "period": None}, ""),
    ],
)
def test_a_salary_is_written_as_people_write_it(change, said):
    assert salary_range(replace(PAID, **change)) == said


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("job-board", "job board"),
        ("Career_Fair", "career fair"),
        ("referral", None),
        ("internal", None),
        ("x", None),
    ],
)
def test_an_address_names_a_channel_but_claims_no_referral(text, source):
    assert source_named(text) == source


def test_codes_are_told_from_other_texts():
    assert is_code("aB3-_xYz9012")
    assert not is_code("a b")
    assert not is_code("x" * 25)
