"""The pipeline of many jobs on a page has the numbers that the whole report has."""

import random
from dataclasses import replace

import pytest

from tests.factories import make_actor, make_job
from tests.histories import day, random_places, write_history
from tests.queries.test_reports import LATER, filters
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import STAGES
from tracker.models.moves import StageCount, StayCount
from tracker.queries.reports import run_page, run_report

NUMBERS = ("entered", "advanced", "returned", "rejected", "withdrawn", "active", "open_at_start")


@pytest.fixture
def jobs(session):
    dice = random.Random(4)
    found = [make_job(session, title=title) for title in ("Cook", "Baker", "Clerk", "Baker")]
    make_job(session, title="Nobody applied")
    for job in found:
        for _ in range(6):
            write_history(session, job, *random_places(dice))
    return found


def test_a_page_has_the_first_jobs_and_the_sum_of_all(session, jobs):
    whole = run_report(session, "pipeline", filters(), actor=SYSTEM)
    page = run_page(session, "pipeline", filters(), most_jobs=3, actor=SYSTEM)
    rows = list(whole.rows)
    assert page.rows == rows[: 3 * len(STAGES)]
    assert len({row["job"] for row in page.rows}) == 3
    assert page.sums.left_out == 1
    for row, stage in zip(page.sums.rows, STAGES, strict=True):
        of_stage = [one for one in rows if one["stage"] == stage.value]
        assert {n: row[n] for n in NUMBERS} == {n: sum(one[n] for one in of_stage) for n in NUMBERS}
    assert page.holds
    assert {check.key for check in page.checks} == {check.key for check in whole.checks}


def test_few_jobs_and_what_moves_do_not_keep_are_read_whole(session, jobs):
    for given, most in (
        (filters(), 4),
        (filters(jobs[0]), 1),
        (filters(from_=day(3)), 1),
        (replace(filters(), source="unknown"), 1),
        (filters(as_of=day(5)), 1),
    ):
        page = run_page(session, "pipeline", given, most_jobs=most, actor=SYSTEM)
        assert page.sums is None
        assert page.rows == run_report(session, "pipeline", given, actor=SYSTEM).rows


def test_it_is_of_the_jobs_that_its_reader_sees(session, jobs):
    hank = make_actor(session, Role.HIRING_MANAGER, jobs[1], [TeamRole.HIRING_MANAGER])
    page = run_page(session, "pipeline", filters(), most_jobs=1, actor=hank)
    assert {row["job_id"] for row in page.rows} == {jobs[1].id}
    assert page.sums is None


@pytest.mark.parametrize(("table", "column"), [(StayCount, "became"), (StageCount, "outcome")])
@pytest.mark.parametrize("change", [1, -1])
def test_a_count_that_is_wrong_is_seen(session, jobs, table, column, change):
    query = session.query(table).filter(getattr(table, column) == "active", table.count > 0)
    query.order_by(table.job_id).first().count += change
    session.flush()
    page = run_page(session, "pipeline", filters(as_of=LATER), most_jobs=1, actor=SYSTEM)
    assert [check.key for check in page.checks if not check.holds] == ["as_on_the_boards"]
