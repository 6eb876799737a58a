"""The list of jobs: what it holds for whom, filtered, page by page, in a constant number of queries."""

from datetime import timedelta

import pytest

from tests.factories import join_team, make_actor, make_application, make_job
from tests.queries.test_board import statements
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import TARGET_DAYS, JobStatus, Stage
from tracker.models.jobs import StageTarget
from tracker.models.users import User
from tracker.queries.jobs import MOST_JOBS, JobFilters, departments_and_locations, list_jobs


def listed(session, actor=SYSTEM, *, after=None, days=0, **filters):
    now = clock.now() + timedelta(days=days)
    return list_jobs(session, actor, JobFilters(**filters), now, after=after)


def titles(session, actor=SYSTEM, **filters):
    return [line.title for line in listed(session, actor, **filters).rows]


@pytest.mark.parametrize("count", [MOST_JOBS, MOST_JOBS + 1, 4 * MOST_JOBS + 7])
def test_every_job_is_on_one_page_and_no_job_on_two(session, count):
    made = {make_job(session, title=f"Clerk {number % 3}").id for number in range(count)}
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = listed(session, after=after)
        seen += [line.id for line in page.rows]
        after, pages = page.next_after, pages + 1
        assert len(page.rows) <= MOST_JOBS
    assert len(seen) == len(set(seen)) == count
    assert set(seen) == made
    assert pages == -(-count // MOST_JOBS)


def test_a_place_that_is_none_is_refused(session):
    for wrong in ("nowhere", "-", "x-y", f"{2**70}-Clerk"):
        with pytest.raises(RuleBroken, match="begin at the first one"):
            listed(session, after=wrong)


def test_a_manager_lists_the_jobs_of_their_team_only_and_mine_are_those_of_my_team(session):
    own, other = make_job(session, title="Own"), make_job(session, title="Other")
    hank = make_actor(session, Role.HIRING_MANAGER, own, [TeamRole.HIRING_MANAGER])
    rita = make_actor(session, Role.RECRUITER)
    assert titles(session, hank) == ["Own"]
    assert titles(session, rita) == ["Other", "Own"]
    assert titles(session, rita, is_mine=True) == []
    join_team(session, other, session.get_one(User, rita.id), TeamRole.RECRUITER)
    assert titles(session, rita, is_mine=True) == ["Other"]
    assert titles(session, make_actor(session, Role.INTERVIEWER)) == []


def test_filters_hold_together(session):
    make_job(session, title="A", status=JobStatus.OPEN, department="Orders", location="Leeds")
    make_job(session, title="B", status=JobStatus.CLOSED, department="Orders", location="Leeds")
    make_job(session, title="C", status=JobStatus.OPEN, department="Stock", location="York")
    assert titles(session, status=JobStatus.OPEN) == ["A", "C"]
    assert titles(session, department="Orders") == ["A", "B"]
    assert titles(session, location="Leeds", status=JobStatus.OPEN) == ["A"]
    assert titles(session, department="Orders", location="York") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("clerk", ["Order clerk, Leeds", "Senior Clerk"]),
        ("LEEDS order", ["Order clerk, Leeds"]),
        ("ärztin", ["Ärztin (50 %)"]),
        ("50 %", ["Ärztin (50 %)"]),
        ("50%", []),
        ("cl_rk", []),
        ("كاتب", ["كاتب طلبات"]),
        ("  ", ["Order clerk, Leeds", "Senior Clerk", "Ärztin (50 %)", "كاتب طلبات"]),
    ],
)
def test_titles_are_found_by_all_words_in_any_case(session, text, found):
    for title in ("Order clerk, Leeds", "Senior Clerk", "Ärztin (50 %)", "كاتب طلبات"):
        make_job(session, title=title)
    assert sorted(titles(session, text=text)) == sorted(found)


def test_departments_and_locations_are_those_of_jobs_that_one_may_know_of(session):
    own = make_job(session, department="Stock", location="York")
    make_job(session, department="Orders", location="Leeds")
    make_job(session, department="Stock", location=None)
    hank = make_actor(session, Role.HIRING_MANAGER, own, [TeamRole.HIRING_MANAGER])
    assert departments_and_locations(session, SYSTEM) == (["Orders", "Stock"], ["Leeds", "York"])
    assert departments_and_locations(session, hank) == (["Stock"], ["York"])


def test_over_target_counts_what_waits_longer_than_its_stage_should(session):
    job, patient = make_job(session, title="A", openings=9), make_job(session, title="B")
    for stage in (Stage.APPLICATION, Stage.APPLICATION, Stage.INTERVIEW):
        make_application(session, job, stage=stage)
    make_application(session, patient)
    session.add(StageTarget(job_id=patient.id, stage=Stage.APPLICATION, days=100))
    session.flush()

    def counts(days):
        return [(line.active, line.over) for line in listed(session, days=days).rows]

    assert counts(0) == [(3, 0), (1, 0)]
    assert counts(TARGET_DAYS[Stage.APPLICATION] + 1) == [(3, 2), (1, 0)]
    assert counts(TARGET_DAYS[Stage.INTERVIEW] + 1) == [(3, 3), (1, 0)]
    assert counts(101) == [(3, 3), (1, 1)]
    session.add(StageTarget(job_id=job.id, stage=Stage.APPLICATION, days=1))
    session.flush()
    assert counts(2) == [(3, 2), (1, 0)]


def test_a_full_page_takes_as_many_queries_as_one_job(session):
    asked = []
    for count in (1, MOST_JOBS):
        for _ in range(count):
            job = make_job(session)
            make_application(session, job)
            session.add(StageTarget(job_id=job.id, stage=Stage.OFFER, days=9))
        session.flush()
        session.expire_all()
        with statements(session) as seen:
            assert len(listed(session).rows) == min(MOST_JOBS, count + (count > 1))
        asked.append(len(seen))
    assert asked[0] == asked[1] == 3
