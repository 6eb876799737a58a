"""Reports of the jobs of one department or place: the same numbers as of these jobs one by one."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, count, filters
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.jobs import Job
from tracker.queries.reports import rows_behind, run_report

REJECTED = Outcome.REJECTED
GROUPED = [name.value for name, outline in OUTLINES.items() if outline.takes_groups and outline.takes_window]


@pytest.fixture
def jobs(session: Session) -> dict[str, Job]:
    places = {"leeds": ("Sales", "Leeds"), "york": ("Sales", "York"), "desk": ("Support", "Leeds")}
    made = {}
    for number, (name, (department, location)) in enumerate(places.items(), start=1):
        made[name] = make_job(session, title=name, department=department, location=location, openings=9)
        for _ in range(number):
            write_history(session, made[name], BEGIN, MEET, OFFER, ACCEPT)
            write_history(session, made[name], BEGIN, (1, Stage.APPLICATION, REJECTED))
    return made


@pytest.mark.parametrize("name", GROUPED)
def test_a_group_of_one_job_counts_as_the_job(session, jobs, name):
    group = count(session, name, filters(department="Sales", location="York"))
    assert group == count(session, name, filters(jobs["york"]))
    opened = rows_behind(session, name, filters(department="Sales", location="York"), actor=SYSTEM).rows
    assert {row["job"] for row in opened} <= {"york"}


def test_a_department_is_the_sum_of_its_jobs(session, jobs):
    (row,) = count(session, "time-to-hire", filters(department="Sales"))
    assert row["hires"] == 3
    (row,) = count(session, "time-to-hire", filters(location="Leeds"))
    assert row["hires"] == 4
    (row,) = count(session, "time-to-hire", filters(department="Nobody"))
    assert row["hires"] == 0
    report = run_report(session, "funnel", filters(department="Sales"), actor=SYSTEM)
    assert "jobs of the department Sales" in report.cohort


def test_nobody_sees_more_by_a_department(session, jobs):
    hank = make_actor(session, Role.HIRING_MANAGER, jobs["york"], [TeamRole.HIRING_MANAGER], name="Hank")
    assert count(session, "time-to-hire", filters(department="Sales"), hank)[0]["hires"] == 2
    assert count(session, "time-to-hire", filters(department="Support"), hank)[0]["hires"] == 0


def test_a_job_of_another_department_and_adverse_impact_are_refused(session, jobs):
    with pytest.raises(RuleBroken) as refused:
        run_report(session, "funnel", filters(jobs["desk"], department="Sales"), actor=SYSTEM)
    assert refused.value.field == "job"
    with pytest.raises(RuleBroken) as refused:
        run_report(session, "adverse-impact", filters(department="Sales"), actor=SYSTEM)
    assert refused.value.field == "department"
