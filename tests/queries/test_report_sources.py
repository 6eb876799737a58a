"""Reports of one source or one recruiter: the same numbers as if there were no other applications."""

import random

import pytest
from sqlalchemy.orm import Session

from tests.factories import join_team, make_actor, make_job, make_user
from tests.histories import day, random_places, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, WINDOWS, count, filters
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.queries.reports import rows_behind, run_report
from tracker.queries.reports.groups import find_recruiter
from tracker.queries.reports.scope import Figure

FROM_SOURCES = [name.value for name, outline in OUTLINES.items() if not outline.no_source]
OF_ALL_SOURCES = [name.value for name, outline in OUTLINES.items() if outline.no_source]
NAMES = ("job", "job_id")


@pytest.fixture
def jobs(session: Session) -> dict[str, Job]:
    """The referrals of the one stand alone in the other, move by move."""
    mixed, alone = (
        make_job(session, title="Mixed", openings=99),
        make_job(session, title="Alone", openings=99),
    )
    for number in range(12):
        places = random_places(random.Random(number))
        source = "referral" if number % 3 else "agency"
        first = write_history(session, mixed, *places, source=source)
        if source == "referral":
            same = write_history(session, alone, *places, source=source)
            if number == 4:
                # What follows a transfer belongs to where it came from, whatever it says itself.
                for job, before in ((mixed, first), (alone, same)):
                    write_history(
                        session, job, BEGIN, transferred_from=before.application, source="transferred"
                    )
    return {"mixed": mixed, "alone": alone}


def without_names(rows):
    return [{key: cell for key, cell in row.items() if key not in NAMES} for row in rows]


@pytest.mark.parametrize("given", WINDOWS)
@pytest.mark.parametrize("name", FROM_SOURCES)
def test_a_source_counts_as_if_there_were_no_other(session, jobs, name, given):
    of_source = filters(jobs["mixed"], source="referral", **given)
    alone = filters(jobs["alone"], **given)
    assert without_names(count(session, name, of_source)) == without_names(count(session, name, alone))
    behind = [list(rows_behind(session, name, one, actor=SYSTEM).rows) for one in (of_source, alone)]
    assert [row["job"] for row in behind[0]] == ["Mixed"] * len(behind[1])


@pytest.mark.parametrize("name", ["pipeline", "funnel", "time-in-stage"])
def test_the_moves_themselves_say_the_same_of_a_source(session, jobs, name):
    given = filters(jobs["mixed"], source="referral")
    report = run_report(session, name, given, is_compared=True, actor=SYSTEM)
    assert "as_the_moves_say" in {check.key for check in report.checks}
    assert report.holds
    assert report.cohort.endswith("; Mixed; applications from the source referral alone.")


def test_all_sources_together_are_the_whole(session, jobs):
    given = [filters(jobs["mixed"], source=source) for source in ("referral", "agency")]
    parts = [count(session, "funnel", one) for one in given]
    whole = count(session, "funnel", filters(jobs["mixed"]))
    assert [row["reached"] for row in whole] == [
        one["reached"] + other["reached"] for one, other in zip(*parts, strict=True)
    ]


@pytest.mark.parametrize("name", OF_ALL_SOURCES)
def test_a_report_that_has_no_sources_says_so(session, jobs, name):
    with pytest.raises(RuleBroken) as refused:
        run_report(session, name, filters(source="referral"), actor=SYSTEM)
    assert refused.value.field == "source"
    assert len(OF_ALL_SOURCES) == 4


def test_a_source_nobody_came_from_is_refused_unless_it_is_a_channel(session, jobs):
    with pytest.raises(RuleBroken) as refused:
        run_report(session, "funnel", filters(source="carrier pigeon"), actor=SYSTEM)
    assert refused.value.field == "source"
    assert count(session, "sources", filters(source="college")) == []
    write_history(session, jobs["mixed"], BEGIN, source="carrier pigeon")
    (row,) = count(session, "sources", filters(source="carrier pigeon"))
    assert row["applications"] == 1
    hank = make_actor(session, Role.HIRING_MANAGER, jobs["alone"], [TeamRole.HIRING_MANAGER], name="Hank")
    with pytest.raises(RuleBroken, match="No application came from"):
        run_report(session, "funnel", filters(source="carrier pigeon"), actor=hank)


def test_what_nobody_recorded_is_of_the_unknown_source(session, jobs):
    write_history(session, jobs["mixed"], BEGIN, source="  ")
    (row,) = count(session, "sources", filters(source="unknown"))
    assert row["applications"] == 1


@pytest.fixture
def recruiters(session: Session, jobs) -> dict[str, int]:
    rita, ravi = make_user(session, "Rita", Role.RECRUITER), make_user(session, "Ravi", Role.RECRUITER)
    join_team(session, jobs["mixed"], rita, TeamRole.RECRUITER)
    join_team(session, jobs["alone"], ravi, TeamRole.RECRUITER)
    join_team(session, jobs["mixed"], ravi, TeamRole.INTERVIEWER)
    return {"rita": rita.id, "ravi": ravi.id}


@pytest.mark.parametrize(
    "name",
    [name.value for name, outline in OUTLINES.items() if outline.takes_groups and outline.takes_window],
)
def test_a_recruiter_counts_as_the_jobs_they_recruit_for(session, jobs, recruiters, name):
    own = count(session, name, filters(recruiter_id=recruiters["ravi"], to=day(9)))
    assert own == count(session, name, filters(jobs["alone"], to=day(9)))


def test_both_filters_hold_together_and_are_stated(session, jobs, recruiters):
    given = filters(recruiter_id=recruiters["rita"], source="agency")
    report = run_report(session, "sources", given, actor=SYSTEM)
    assert [row["applications"] for row in report.rows] == [4]
    assert "jobs of the recruiter Rita; applications from the source agency alone" in report.cohort
    figure = Figure(column="applications", named={"source": "agency"})
    behind = rows_behind(session, "sources", given, figure, actor=SYSTEM)
    assert len(list(behind.rows)) == 4
    assert behind.cohort == report.cohort


def test_only_recruiters_of_jobs_one_may_read_of_are_known(session, jobs, recruiters):
    hank = make_actor(session, Role.HIRING_MANAGER, jobs["alone"], [TeamRole.HIRING_MANAGER], name="Hank")
    for named in ("Rita", "rita@example.org", "nobody"):
        with pytest.raises(RuleBroken) as refused:
            find_recruiter(session, named, hank)
        assert refused.value.field == "recruiter"
    with pytest.raises(RuleBroken) as refused:
        run_report(session, "funnel", filters(recruiter_id=recruiters["rita"]), actor=hank)
    assert refused.value.field == "recruiter"
    assert find_recruiter(session, "Ravi", hank) == recruiters["ravi"]


def test_a_job_of_another_recruiter_and_adverse_impact_are_refused(session, jobs, recruiters):
    for name, job in (("funnel", jobs["mixed"]), ("adverse-impact", None)):
        with pytest.raises(RuleBroken) as refused:
            run_report(session, name, filters(job, recruiter_id=recruiters["ravi"]), actor=SYSTEM)
        assert refused.value.field == "recruiter"


def test_two_recruiters_of_one_name_are_told_apart_by_address(session, jobs, recruiters):
    other = make_user(session, "Ravi", Role.RECRUITER)
    join_team(session, jobs["mixed"], other, TeamRole.RECRUITER)
    with pytest.raises(RuleBroken, match="Several"):
        find_recruiter(session, "Ravi", SYSTEM)
    assert find_recruiter(session, other.email.upper(), SYSTEM) == other.id


def test_an_accepted_offer_of_the_source_is_a_hire_of_it(session, jobs):
    write_history(session, jobs["mixed"], BEGIN, MEET, OFFER, ACCEPT, source="college")
    (row,) = count(session, "time-to-hire", filters(source="college"))
    assert row["hires"] == 1
