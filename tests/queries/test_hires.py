"""Hires, decisions, offers, sources and reasons: the database agrees with the pure functions, row by row."""

import random
import statistics
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import Written, day, random_places, write_history
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.metrics.lives import Life, life_of
from tracker.domain.moves import MoveKind
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.stages import Outcome, Stage
from tracker.models.jobs import Job
from tracker.models.moves import Stay
from tracker.queries.reports import rows_behind, run_report
from tracker.queries.reports.scope import Figure

Known = tuple[Session, Job, list[Written]]
LATER = datetime(2026, 11, 1, tzinfo=UTC)
ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
BEGIN = (0, Stage.APPLICATION, ACTIVE)
MEET = (2, Stage.INTERVIEW, ACTIVE)
OFFER = (4, Stage.OFFER, ACTIVE)
ACCEPT = (6, Stage.ONBOARDING, ACTIVE)
DAY = 86_400
WINDOWS = [
    {},
    {"from_": day(2)},
    {"from_": day(5), "to": day(9)},
    {"to": day(6)},
    {"as_of": day(6)},
    {"from_": day(3), "as_of": day(6.5)},
    {"from_": day(90)},
]


def filters(job: Job | None = None, as_of=LATER, **given) -> ReportFilters:
    return ReportFilters(as_of=as_of, zone=read_zone(None, "UTC"), job_id=job.id if job else None, **given)


def count(session: Session, name: str, given: ReportFilters, actor=SYSTEM) -> list[dict]:
    report = run_report(session, name, given, actor=actor)
    assert report.holds, report.checks
    return list(report.rows)


def behind(session: Session, name: str, given: ReportFilters, column=None, stage=None, **named) -> list[dict]:
    figure = Figure(stage=stage, column=column, named=named)
    return list(rows_behind(session, name, given, figure, actor=SYSTEM).rows)


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, openings=500)


@pytest.fixture(scope="module")
def known(standing_session: Session) -> Known:
    """Many histories of one job, written once and only read."""
    job, chance = make_job(standing_session, openings=500), random.Random(11)
    written = [write_history(standing_session, job, *random_places(chance)) for _ in range(80)]
    for number, one in enumerate(written):
        one.application.source = ("referral", "agency", "unknown")[number % 3]
    standing_session.flush()
    return standing_session, job, written


def lives(many: list[Written], given: ReportFilters) -> list[Life]:
    until = given.as_of + timedelta(microseconds=1)
    return [life for life in (life_of(one.steps, until) for one in many) if life is not None]


def within(at: datetime | None, given: ReportFilters) -> bool:
    return at is not None and at < given.until and (given.from_ is None or at >= given.from_)


@pytest.mark.parametrize("given", WINDOWS)
def test_hires_count_and_last_as_the_pure_functions_say(known, given):
    session, job, many = known
    applied = filters(job, **given)
    days = [
        (life.hired_at - life.received_at).total_seconds() / DAY
        for life in lives(many, applied)
        if within(life.hired_at, applied)
    ]
    (row,) = count(session, "time-to-hire", applied)
    assert row["hires"] == len(days)
    assert row["median_days"] == (statistics.median(days) if days else None)
    assert row["mean_days"] == (pytest.approx(statistics.mean(days)) if days else None)
    assert (row["min_days"], row["max_days"]) == (min(days, default=None), max(days, default=None))
    opened = behind(session, "time-to-hire", applied, "hires")
    assert sorted(one["days"] for one in opened) == sorted(days)


@pytest.mark.parametrize("given", WINDOWS)
def test_decisions_count_as_the_pure_functions_say(known, given):
    session, job, many = known
    applied = filters(job, **given)
    cohort = [life for life in lives(many, applied) if within(life.received_at, applied)]
    decided = [life for life in cohort if life.decided_at is not None]
    (row,) = count(session, "time-to-decision", applied)
    assert (row["started"], row["decided"]) == (len(cohort), len(decided))
    assert row["open"] == len(cohort) - len(decided)
    days = [(life.decided_at - life.received_at).total_seconds() / DAY for life in decided]
    assert row["naive_median_days"] == (statistics.median(days) if days else None)
    for column in ("started", "decided", "open"):
        assert len(behind(session, "time-to-decision", applied, column)) == row[column]


@pytest.mark.parametrize("given", WINDOWS)
def test_sources_add_up_and_open(known, given):
    session, job, many = known
    applied = filters(job, **given)
    until = applied.as_of + timedelta(microseconds=1)
    rows = count(session, "sources", applied)
    for row in rows:
        own = [life_of(one.steps, until) for one in many if one.application.source == row["source"]]
        cohort = [life for life in own if life and within(life.received_at, applied)]
        assert row["applications"] == len(cohort)
        assert row["interviewed"] == sum(life.is_interviewed for life in cohort)
        assert row["hired"] == sum(life.hired_at is not None for life in cohort)
        for column in ("applications", "interviewed", "hired"):
            opened = behind(session, "sources", applied, column, source=row["source"])
            assert len(opened) == row[column]
    if rows:
        assert rows[-1]["source"] == "unknown"


@pytest.mark.parametrize("given", WINDOWS)
def test_reasons_are_of_those_that_stand_closed(known, given):
    session, job, many = known
    applied = filters(job, **given)
    until = applied.as_of + timedelta(microseconds=1)
    closed = 0
    for one in many:
        life = life_of(one.steps, until)
        outcomes = [step.to_outcome for step in one.steps if life and step.at == life.closed_at]
        closed += within(life.closed_at, applied) and outcomes[-1] is not HIRED if life else 0
    rows = count(session, "reasons", applied)
    assert sum(row["count"] for row in rows) == closed
    for row in rows:
        opened = behind(
            session,
            "reasons",
            applied,
            "count",
            Stage(row["stage"]),
            decided_by=row["decided_by"],
            reason=row["reason"],
        )
        assert len(opened) == row["count"]
        assert {one["stage"] for one in opened} == {row["stage"]}


def test_a_hire_stays_one_when_the_start_fails_and_is_none_once_undone(session, job):
    write_history(session, job, BEGIN, OFFER, ACCEPT, (9, Stage.ONBOARDING, REJECTED))
    write_history(session, job, (0, Stage.OFFER, ACTIVE), (3, Stage.OFFER, HIRED))
    write_history(
        session,
        job,
        BEGIN,
        OFFER,
        (6, Stage.ONBOARDING, ACTIVE, MoveKind.ADVANCE),
        (6, Stage.OFFER, ACTIVE, MoveKind.UNDO),
    )
    (row,) = count(session, "time-to-hire", filters(job))
    assert (row["hires"], row["min_days"], row["max_days"], row["median_days"]) == (2, 3, 6, 4.5)


def test_without_hires_times_are_nothing_and_never_zero(session, job):
    write_history(session, job, BEGIN)
    (row,) = count(session, "time-to-hire", filters(job))
    assert row == {"hires": 0} | dict.fromkeys(("median_days", "mean_days", "min_days", "max_days"))
    (offer,) = count(session, "offers", filters(job))
    assert (offer["extended"], offer["acceptance"]) == (0, None)
    assert count(session, "reasons", filters(job)) == []
    empty = make_job(session)
    assert count(session, "sources", filters(empty)) == []
    (decision,) = count(session, "time-to-decision", filters(empty))
    assert (decision["started"], decision["km_median_days"], decision["naive_median_days"]) == (0, None, None)


def test_a_transferred_applicant_is_one_from_the_first_application_on(session, job):
    other = make_job(session)
    left = write_history(session, job, BEGIN, (2, Stage.APPLICATION, WITHDRAWN, MoveKind.TRANSFER))
    left.application.source = "referral"
    came = write_history(
        session, other, (2, Stage.APPLICATION, ACTIVE), MEET, OFFER, ACCEPT, transferred_from=left.application
    )
    came.application.source = "agency"
    session.flush()
    (row,) = count(session, "time-to-hire", filters())
    assert (row["hires"], row["median_days"]) == (1, 6)
    (decision,) = count(session, "time-to-decision", filters())
    assert (decision["started"], decision["decided"], decision["open"]) == (1, 1, 0)
    (source,) = count(session, "sources", filters())
    assert (source["source"], source["applications"], source["hired"]) == ("referral", 1, 1)
    assert [one["application"] for one in behind(session, "sources", filters())] == [came.application.id]
    assert count(session, "reasons", filters()) == []
    # On the job that was left the application closed.
    (reason,) = count(session, "reasons", filters(job))
    assert (reason["count"], reason["stage"]) == (1, "application")
    assert count(session, "time-to-hire", filters(job))[0]["hires"] == 0


def test_who_is_reopened_is_open_again_until_closed_again(session, job):
    write_history(
        session,
        job,
        BEGIN,
        (1, Stage.APPLICATION, REJECTED),
        (3, Stage.APPLICATION, ACTIVE, MoveKind.REOPEN),
        (5, Stage.SCREENING, ACTIVE),
        (8, Stage.SCREENING, REJECTED),
    )
    states = {2: ("application", 0), 4: (None, 1), 6: (None, 1), 9: ("screening", 0)}
    for as_of, (stage, is_open) in states.items():
        given = filters(job, as_of=day(as_of))
        assert count(session, "time-to-decision", given)[0]["open"] == is_open
        assert [row["stage"] for row in count(session, "reasons", given)] == ([stage] if stage else [])
    assert count(session, "time-to-decision", filters(job))[0]["naive_median_days"] == 8


def test_reasons_say_who_decided_and_position_filled_can_be_left_out(session, job):
    screened, here = (1, Stage.SCREENING, ACTIVE), Stage.SCREENING
    for reason, outcome in (
        ("position_filled", REJECTED),
        ("position_filled", REJECTED),
        ("screening_call", REJECTED),
        ("salary", WITHDRAWN),
        ("not_recorded", WITHDRAWN),
        ("not_recorded", REJECTED),
        ("considered_for_another_job", WITHDRAWN),
    ):
        write_history(session, job, BEGIN, screened, (9, here, outcome), reason=reason)
    found = {
        (row["decided_by"], row["reason"]): row["count"] for row in count(session, "reasons", filters(job))
    }
    assert found == {
        ("us", "position_filled"): 2,
        ("us", "screening_call"): 1,
        ("us", "not_recorded"): 1,
        ("us", "considered_for_another_job"): 1,
        ("them", "salary"): 1,
        ("them", "not_recorded"): 1,
    }
    without = filters(job, leaves_out_filled=True)
    assert sum(row["count"] for row in count(session, "reasons", without)) == 5
    assert len(behind(session, "reasons", without)) == 5
    (row,) = count(session, "time-to-decision", without)
    assert (row["started"], row["decided"]) == (5, 5)
    assert len(behind(session, "time-to-decision", without)) == 5


def test_a_lost_stay_shows_in_the_checks(session, job):
    for _ in range(2):
        lost = write_history(session, job, BEGIN, (1, Stage.SCREENING, REJECTED))
    session.execute(
        delete(Stay).where(Stay.application_id == lost.application.id, Stay.stage == Stage.APPLICATION)
    )
    # Of one source: of all, sources and reasons are counted from courses.
    of_stays = filters(job, source="unknown")
    for name in ("time-to-decision", "sources"):
        checks = run_report(session, name, of_stays, actor=SYSTEM).checks
        assert {check.key: check.holds for check in checks} == {"nobody_is_missing": False}
    session.execute(delete(Stay).where(Stay.application_id == lost.application.id))
    (check,) = run_report(session, "reasons", of_stays, actor=SYSTEM).checks
    assert (check.key, check.holds) == ("as_on_the_boards_closed", False)


@pytest.mark.parametrize("name", ["time-to-hire", "time-to-decision", "offers", "sources", "reasons"])
def test_a_hiring_manager_counts_their_own_jobs_only(session, job, name):
    other = make_job(session)
    for one in (job, other):
        write_history(session, one, BEGIN, OFFER, ACCEPT)
        write_history(session, one, BEGIN, (2, Stage.APPLICATION, REJECTED))
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    assert count(session, name, filters(), hank) == count(session, name, filters(job))
    rows = rows_behind(session, name, filters(), actor=hank).rows
    assert {row["job"] for row in rows} == {job.title}
