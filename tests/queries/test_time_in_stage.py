"""Time in stage: stays from the database, those still open censored at the as-of, each open to its rows."""

import pytest
from sqlalchemy import delete

from tests.factories import make_job
from tests.histories import day, write_history
from tracker.domain.actors import SYSTEM
from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.moves import MoveKind
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.stages import Outcome, Stage
from tracker.models.moves import Stay
from tracker.queries.reports import rows_behind, run_report
from tracker.queries.reports.scope import Figure

ACTIVE, _, REJECTED, _ = Outcome
BEGIN = (0, Stage.APPLICATION, ACTIVE)


@pytest.fixture
def job(session):
    """Screening lasted 1, 2 and 4 days; one has been there since day 1, one came back on day 3."""
    job = make_job(session)
    for days in (1, 2, 4):
        write_history(
            session, job, BEGIN, (1, Stage.SCREENING, ACTIVE), (1 + days, Stage.SCREENING, REJECTED)
        )
    write_history(session, job, BEGIN, (1, Stage.SCREENING, ACTIVE))
    there, back = (1, Stage.SCREENING, ACTIVE), (2, Stage.APPLICATION, ACTIVE)
    write_history(session, job, BEGIN, there, back, (3, Stage.SCREENING, ACTIVE))
    return job


def count(session, job, as_of, **window):
    filters = ReportFilters(as_of=day(as_of), zone=read_zone(None, "UTC"), job_id=job.id, **window)
    report = run_report(session, "time-in-stage", filters, is_compared=True, actor=SYSTEM)
    assert "as_the_moves_say" in {check.key for check in report.checks}
    assert report.holds
    return filters, {row["stage"]: row for row in report.rows}


def test_open_stays_last_until_the_as_of_and_who_comes_back_stays_again(session, job):
    _, rows = count(session, job, 11)
    screening = rows["screening"]
    assert (screening["spells"], screening["open"]) == (6, 2)
    # Over after 1, 1, 2, 4 days; open for 8 and 10.
    assert (screening["km_median_days"], screening["naive_median_days"]) == (2, 1.5)
    assert (rows["application"]["spells"], rows["application"]["open"]) == (6, 0)
    assert rows["offer"]["km_median_days"] is rows["offer"]["longest_days"] is None


def test_a_median_that_is_not_reached_is_nothing_beside_the_longest_stay(session, job):
    _, rows = count(session, job, 2)
    screening = rows["screening"]
    assert (screening["spells"], screening["open"], screening["longest_days"]) == (5, 3, 1)
    assert screening["km_median_days"] is None
    assert screening["naive_median_days"] == 1


def test_an_undone_move_ends_no_stay(session):
    job = make_job(session)
    write_history(
        session,
        job,
        (0, Stage.APPLICATION, ACTIVE, MoveKind.APPLY),
        (1, Stage.SCREENING, ACTIVE, MoveKind.ADVANCE),
        (1, Stage.APPLICATION, ACTIVE, MoveKind.UNDO),
    )
    _, rows = count(session, job, 5)
    assert (rows["application"]["spells"], rows["application"]["open"]) == (1, 1)
    assert rows["application"]["longest_days"] == 5
    assert rows["screening"]["spells"] == 0


def test_the_window_holds_the_stays_that_began_in_it(session, job):
    filters, rows = count(session, job, 11, from_=day(1), to=day(3))
    assert rows["screening"]["spells"] == 5
    assert rows["application"]["spells"] == 1
    for column, number in (("spells", 5), ("open", 1)):
        figure = Figure(job.id, Stage.SCREENING, column)
        opened = list(rows_behind(session, "time-in-stage", filters, figure, actor=SYSTEM).rows)
        assert len(opened) == number
    assert opened[0]["days"] == 10
    assert (opened[0]["became"], opened[0]["ended_at"]) == (SpellEnd.ACTIVE, None)


def test_a_stay_that_is_lost_shows_when_all_moves_are_counted(session, job):
    session.execute(delete(Stay).where(Stay.stage == Stage.SCREENING, Stay.entered_version == 4))
    filters = ReportFilters(as_of=day(11), zone=read_zone(None, "UTC"), job_id=job.id)
    checks = run_report(session, "time-in-stage", filters, is_compared=True, actor=SYSTEM).checks
    assert {check.key: check.holds for check in checks} == {
        "as_on_the_boards": False,
        "as_the_moves_say": False,
    }
