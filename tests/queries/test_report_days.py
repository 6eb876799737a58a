"""Reports in business days: each length as the calendar counts it, in tables, in rows and in words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_job
from tests.histories import day, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, behind, count, filters
from tracker.domain.actors import SYSTEM
from tracker.domain.business_days import BusinessCalendar
from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import ReportFilters
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.jobs import Job
from tracker.queries.reports import run_report
from tracker.services.holidays import add_calendar

STATING = [name.value for name, outline in OUTLINES.items() if outline.states_days]
FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)
# Day 0 is Sunday 1 March 2026.
AS_OF = day(10.5)


@pytest.fixture
def job(session: Session) -> Job:
    made = make_job(session, openings=9, approved_at=day(1))
    write_history(session, made, BEGIN, MEET, OFFER, ACCEPT)
    write_history(
        session, made, BEGIN, (1.5, Stage.SCREENING, Outcome.ACTIVE), (9, Stage.SCREENING, Outcome.REJECTED)
    )
    write_history(session, made, (4.25, Stage.APPLICATION, Outcome.ACTIVE))
    add_calendar(session, name="Leeds", jurisdiction="GB", days="2026-03-06 Fair\n2026-03-09", actor=SYSTEM)
    return made


def test_the_six_reports_that_state_days_are_told_in_business_days():
    assert set(STATING) == {
        "time-in-stage", "time-to-hire", "time-to-fill", "time-to-decision", "time-to-advance", "ageing",
    }  # fmt: skip


@pytest.mark.parametrize("holidays", [None, "Leeds"])
@pytest.mark.parametrize("name", STATING)
def test_every_row_has_its_business_days(session, job, name, holidays):
    calendar = BusinessCalendar(ZoneInfo("UTC"), [FRIDAY, MONDAY] if holidays else [])
    given = filters(job, as_of=AS_OF, is_business=True, holidays=holidays)
    rows = behind(session, name, given)
    assert rows
    for row in rows:
        begin = row.get("entered_at") or row.get("received_at") or row.get("approved_at")
        end = row.get("ended_at") or row.get("decided_at") or row.get("hired_at") or AS_OF
        assert row["days"] == pytest.approx(calendar.between(begin, end))
    assert count(session, name, given)


@pytest.mark.parametrize(
    ("holidays", "median", "mean"),
    # From Sunday to Saturday; without Friday 6 March.
    [(None, 5, 5), ("Leeds", 4, 4)],
)
def test_time_to_hire_leaves_weekends_and_holidays_out(session, job, holidays, median, mean):
    (row,) = count(session, "time-to-hire", filters(job, as_of=AS_OF, is_business=True, holidays=holidays))
    assert (row["median_days"], row["mean_days"]) == (pytest.approx(median), pytest.approx(mean))
    (row,) = count(session, "time-to-hire", filters(job, as_of=AS_OF))
    assert row["median_days"] == pytest.approx(6)


def test_ageing_keeps_its_targets_in_calendar_days(session, job):
    business = count(session, "ageing", filters(job, as_of=day(30), is_business=True))
    calendar = count(session, "ageing", filters(job, as_of=day(30)))
    assert [row["over_target"] for row in business] == [row["over_target"] for row in calendar]
    first, other = business[0], calendar[0]
    assert first["oldest_days"] < other["oldest_days"] == pytest.approx(25.75)
    assert first["over_target"] == 1


def test_time_to_advance_counts_business_days_by_the_hour(session, job):
    horizon = {"is_business": True, "holidays": "Leeds"}
    rows = count(session, "time-to-advance", filters(job, as_of=AS_OF, **horizon))
    application = next(row for row in rows if row["stage"] == "application")
    assert application["advanced"] == 2


def test_a_hire_from_before_the_approval_has_no_time_in_business_days_either(session):
    # Both on one Sunday: no business day lies between, and still it was before.
    job = make_job(session, openings=2, approved_at=day(0.9))
    write_history(session, job, BEGIN, (0.5, Stage.ONBOARDING, Outcome.ACTIVE))
    (row,) = count(session, "time-to-fill", filters(job, as_of=AS_OF, is_business=True))
    assert (row["filled"], row["naive_median_days"]) == (1, None)
    assert [one["days"] for one in behind(session, "time-to-fill", filters(job, is_business=True))] == [None]


def test_the_zone_of_the_report_says_which_days_they_are(session, job):
    # 1.5 days after Sunday midnight UTC is Tuesday 01:00 in Auckland.
    given = ReportFilters(as_of=AS_OF, zone=ZoneInfo("Pacific/Auckland"), job_id=job.id, is_business=True)
    (row,) = count(session, "time-to-hire", given)
    assert row["median_days"] == pytest.approx(BusinessCalendar(given.zone).between(day(0), day(6)))


@pytest.mark.parametrize("name", STATING)
def test_business_days_are_stated_with_their_calendar(session, job, name):
    report = run_report(session, name, filters(job, is_business=True, holidays="Leeds"), actor=SYSTEM)
    assert report.cohort.endswith("; in business days, calendar Leeds.")
    assert report.definitions["days"].startswith(
        "Business days: Monday to Friday in UTC, less the holidays of Leeds"
    )
    plain = run_report(session, name, filters(job), actor=SYSTEM)
    assert plain.definitions["days"].startswith("Calendar days")
    assert "business" not in plain.cohort


@pytest.mark.parametrize("name", [name for name in ReportName if not OUTLINES[name].states_days])
def test_a_report_without_days_says_so(session, name):
    with pytest.raises(RuleBroken) as refused:
        run_report(session, name, filters(is_business=True), actor=SYSTEM)
    assert refused.value.field == "days"


def test_an_unknown_calendar_and_holidays_of_calendar_days_are_refused(session, job):
    with pytest.raises(RuleBroken) as refused:
        run_report(session, "ageing", filters(is_business=True, holidays="York"), actor=SYSTEM)
    assert refused.value.field == "holidays"
    with pytest.raises(RuleBroken) as refused:
        filters(holidays="Leeds")
    assert refused.value.field == "holidays"
