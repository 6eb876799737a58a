"""Reports of everything there is, from counts of courses: the numbers that stays and moves tell."""

import random

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.bench.calling import counted_statements
from tests.factories import make_job
from tests.histories import day, random_places, write_history
from tests.queries.test_hires import BEGIN, LATER, OFFER, count, filters
from tracker.domain.actors import SYSTEM
from tracker.domain.stages import Outcome, Stage
from tracker.models.jobs import Job, StageTarget
from tracker.models.moves import CourseCount
from tracker.queries.reports import courses, run_report

COUNTED = ["sources", "reasons", "offers", "conversion", "applicant-flow"]
ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome


@pytest.fixture
def jobs(session: Session) -> list[Job]:
    """Random histories on three jobs, some followed by transfers onto another, from several sources."""
    chance = random.Random(5)
    jobs = [make_job(session, title=f"Job {number}", openings=500) for number in range(3)]
    for number in range(90):
        source = ("referral", "agency", " ", "unknown")[number % 4]
        places = random_places(chance)
        reason = ("salary", "position_filled", "not_recorded")[number % 3]
        one = write_history(session, jobs[number % 3], *places, source=source, reason=reason)
        if number % 7 == 0:
            for step in (1, 2):
                one = write_history(
                    session,
                    jobs[(number + step) % 3],
                    *random_places(chance),
                    transferred_from=one.application,
                    source="transferred",
                )
    write_history(session, jobs[0], BEGIN, OFFER, (9, Stage.OFFER, WITHDRAWN), reason="salary")
    return jobs


@pytest.mark.parametrize("leaves_out_filled", [False, True])
@pytest.mark.parametrize("name", COUNTED)
def test_courses_tell_what_stays_and_moves_tell(session, jobs, name, leaves_out_filled, monkeypatch):
    asked = [filters(job, leaves_out_filled=leaves_out_filled and name == "reasons") for job in (None, *jobs)]
    told = [count(session, name, one) for one in asked]
    assert all(told)
    monkeypatch.setattr(courses, "are_told", lambda *_: False)
    assert told == [count(session, name, one) for one in asked]


@pytest.mark.parametrize("has_own", [False, True])
@pytest.mark.parametrize("as_of", [LATER, day(30), day(20)])
def test_ages_in_order_are_those_that_are_counted(session, jobs, has_own, as_of, monkeypatch):
    if has_own:
        session.add(StageTarget(job_id=jobs[0].id, stage=Stage.SCREENING, days=2))
        session.flush()
    told = count(session, "ageing", filters(as_of=as_of))
    monkeypatch.setattr(courses, "are_told", lambda *_: False)
    assert told == count(session, "ageing", filters(as_of=as_of))
    assert {row["open"] % 2 for row in told} == {0, 1}
    assert any(row["over_target"] for row in told)


@pytest.mark.parametrize("name", COUNTED)
def test_no_statement_reads_every_stay(session, jobs, name):
    with counted_statements() as sent:
        count(session, name, filters())
    of_stays = [statement for statement in sent if "FROM stays" in statement]
    assert [statement for statement in of_stays if "stays.application_id IN (SELECT" not in statement] == []


def test_a_lost_course_shows_in_the_checks(session, jobs):
    session.execute(update(CourseCount).where(CourseCount.outcome == REJECTED).values(count=0))
    keys = {
        "sources": "nobody_is_missing",
        "applicant-flow": "nobody_is_missing",
        "reasons": "as_on_the_boards_closed",
        "conversion": "as_the_pipeline",
    }
    for name, key in keys.items():
        checks = run_report(session, name, filters(), actor=SYSTEM).checks
        assert not {check.key: check.holds for check in checks}[key]
