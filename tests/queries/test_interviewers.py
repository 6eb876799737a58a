"""Interviewers: seats, cards in time and leniency, as of any instant, and blind to whoever owes a card."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.scorecards import Scorecard
from tracker.queries.reports import rows_behind, run_report
from tracker.queries.reports.scope import Figure
from tracker.services.interviews import cancel_interview

NAME = "interviewers"


@pytest.fixture
def job(session: Session) -> Job:
    job = make_job(session, ratings_required=1)
    publish_rubric(session, job)
    return job


@pytest.fixture
def hank(session: Session, job: Job) -> Actor:
    return make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")


@pytest.fixture
def raters(session: Session, job: Job) -> list[Actor]:
    return [make_actor(session, Role.INTERVIEWER, job, name=name) for name in ("Zoe", "Ines")]


def meet(session: Session, job: Job, *panel: Actor, hours_ago: float = 30) -> tuple[Application, object]:
    application = make_application(session, job, stage=Stage.INTERVIEW)
    starts_at = clock.now() - timedelta(hours=hours_ago)
    return application, schedule(session, application, *panel, actor=SYSTEM, starts_at=starts_at)


def filters(job: Job | None = None, **given) -> ReportFilters:
    return ReportFilters(
        **{"as_of": clock.now(), "zone": read_zone(None, "UTC"), "job_id": job.id if job else None} | given
    )


def count(session: Session, given: ReportFilters, actor: Actor = SYSTEM) -> dict[str, dict]:
    report = run_report(session, NAME, given, actor=actor)
    return {row["interviewer"]: row for row in report.rows}


def test_a_card_is_in_time_within_24_hours_of_the_sessions_end(session, job, raters):
    zoe, ines = raters
    _, late = meet(session, job, zoe, ines, hours_ago=40)
    hand_in(session, late, zoe)
    _, early = meet(session, job, zoe, hours_ago=24)  # 45 minutes long: just in time
    hand_in(session, early, zoe)
    meet(session, job, ines, hours_ago=3)  # not due for another day
    meet(session, job, ines, hours_ago=-3)  # to come
    rows = count(session, filters(job))
    assert list(rows) == ["Ines", "Zoe"]
    assert (rows["Zoe"]["sessions"], rows["Zoe"]["submitted_in_24h"]) == (2, 0.5)
    assert (rows["Ines"]["sessions"], rows["Ines"]["submitted_in_24h"]) == (2, 0)
    figure = Figure(column="submitted_in_24h", named={"interviewer_id": str(zoe.id)})
    (opened,) = rows_behind(session, NAME, filters(job), figure, actor=SYSTEM).rows
    assert (opened["in_24h"], opened["interviewer"]) == ("yes", "Zoe")
    all_rows = list(rows_behind(session, NAME, filters(job), actor=SYSTEM).rows)
    assert sorted(row["in_24h"] or "" for row in all_rows) == ["", "no", "no", "yes"]
    before = filters(job, as_of=clock.now() - timedelta(hours=1))
    assert count(session, before)["Zoe"]["submitted_in_24h"] == 0


def test_sessions_called_off_and_outside_the_window_count_nowhere(session, job, raters, hank):
    _, interview = meet(session, job, raters[0], hours_ago=-5)
    cancel_interview(session, interview, reason="The candidate is ill.", actor=hank)
    meet(session, job, raters[1], hours_ago=50)
    now = clock.now() + timedelta(hours=30)
    assert list(count(session, filters(job, as_of=now))) == ["Ines"]
    window = {"from_": now - timedelta(hours=40), "to": now}
    assert count(session, filters(job, as_of=now, **window)) == {}


def test_leniency_needs_five_candidates_and_counts_pairs(session, job, raters):
    zoe, ines = raters
    for shared in range(1, 6):
        _, interview = meet(session, job, zoe, ines)
        hand_in(session, interview, zoe, 4)
        hand_in(session, interview, ines, 2)
        row = count(session, filters(job))["Zoe"]
        assert row["pairs"] == 2 * shared
        assert row["leniency"] == (pytest.approx(1.0) if shared == 5 else None)
    assert count(session, filters(job))["Ines"]["leniency"] == pytest.approx(-1.0)


def test_who_owes_a_card_learns_nothing_of_the_application(session, job, raters, hank):
    zoe, ines = raters
    _, interview = meet(session, job, zoe, hank)
    meet(session, job, ines)
    before = count(session, filters(), hank)
    hand_in(session, interview, zoe)
    assert count(session, filters(), hank) == before
    assert set(before) == {"Ines"}
    rows = rows_behind(session, NAME, filters(), actor=hank).rows
    assert {row["interviewer"] for row in rows} == {"Ines"}
    hand_in(session, interview, hank)
    assert set(count(session, filters(), hank)) == {"Hank", "Ines", "Zoe"}


def test_it_is_for_hr_and_hiring_managers_of_their_jobs(session, job, raters, hank):
    other = make_job(session)
    publish_rubric(session, other)
    meet(session, other, raters[0])
    meet(session, job, raters[1])
    assert set(count(session, filters(), hank)) == {"Ines"}
    olga = make_actor(session, Role.HR, name="Olga")
    assert set(count(session, filters(), olga)) == {"Ines", "Zoe"}
    with pytest.raises(RuleBroken, match="no such job"):
        count(session, filters(other), hank)
    for role in (Role.RECRUITER, Role.INTERVIEWER):
        actor = make_actor(session, role, job, [TeamRole(role.value)], name="Rita")
        for ask in (run_report, rows_behind):
            with pytest.raises(NotPermitted):
                ask(session, NAME, filters(), actor=actor)


def test_an_address_that_names_nobody_is_refused(session, job):
    for named in ("x", "9" * 50, "-1"):
        figure = Figure(column="sessions", named={"interviewer_id": named})
        with pytest.raises(RuleBroken):
            list(rows_behind(session, NAME, filters(job), figure, actor=SYSTEM).rows)


def test_amendments_change_no_number(session, job, raters):
    zoe = raters[0]
    _, interview = meet(session, job, zoe)
    card = hand_in(session, interview, zoe)
    before = count(session, filters(job))
    session.add(
        Scorecard(
            interview_id=interview.id,
            interviewer_id=zoe.id,
            amends_id=card.id,
            amendment_reason="I wrote of another candidate.",
            recommendation=card.recommendation,
            created_at=clock.now(),
            saved_at=clock.now(),
        )
    )
    session.flush()
    assert count(session, filters(job)) == before
