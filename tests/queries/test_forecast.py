"""The forecast from the database: free openings, the applications there are, and the history it needs."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import day, write_history
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.jobs import Job
from tracker.queries.reports import rows_behind, run_report

ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
NOW = 30


@pytest.fixture
def job(session: Session) -> Job:
    """A job whose earlier twenty applications took ten days from offer to acceptance."""
    job = make_job(session, openings=22)
    for _ in range(20):
        write_history(session, job, (0, Stage.OFFER, ACTIVE), (10, Stage.ONBOARDING, ACTIVE))
    return job


def look(session: Session, job: Job | None = None, actor=SYSTEM) -> list[dict]:
    filters = ReportFilters(as_of=day(NOW), zone=read_zone(None, "UTC"), job_id=job.id if job else None)
    return list(run_report(session, "forecast", filters, actor=actor).rows)


def test_openings_that_offers_will_fill_are_expected_in_time(session, job):
    for _ in range(2):
        write_history(session, job, (NOW - 1, Stage.OFFER, ACTIVE))
    rows = look(session, job)
    assert [row["by"] for row in rows] == ["2026-04-28", "2026-05-26", "2026-06-23", "2026-09-29"]
    assert {(row["job"], row["openings"]) for row in rows} == {(job.title, 2)}
    assert [row["probability"] for row in rows] == [1.0] * 4
    assert [(row["low_filled"], row["high_filled"]) for row in rows] == [(2, 2)] * 4
    filters = ReportFilters(as_of=day(NOW), zone=read_zone(None, "UTC"))
    opened = list(rows_behind(session, "forecast", filters, actor=SYSTEM).rows)
    assert [row["stage"] for row in opened] == [Stage.OFFER] * 2


def test_without_applications_nothing_is_filled_and_without_history_nothing_is_told(session, job):
    assert {row["probability"] for row in look(session, job)} == {0.0}
    write_history(session, job, (NOW - 1, Stage.INTERVIEW, ACTIVE))
    assert {row["probability"] for row in look(session, job)} == {None}
    assert {row["expected_filled"] for row in look(session, job)} == {None}


def test_only_open_jobs_with_free_openings_are_in_it(session, job):
    full = make_job(session, openings=1)
    write_history(session, full, (0, Stage.ONBOARDING, ACTIVE))
    make_job(session, status=JobStatus.ON_HOLD)
    assert {row["job"] for row in look(session)} == {job.title}
    assert look(session, full) == []


def test_a_hiring_manager_sees_their_own_jobs_alone(session, job):
    own = make_job(session, openings=1)
    hank = make_actor(session, Role.HIRING_MANAGER, own, [TeamRole.HIRING_MANAGER], name="Hank")
    assert {row["job"] for row in look(session, actor=hank)} == {own.title}
