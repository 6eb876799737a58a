"""Reads for comparing candidates and for agreement, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.agreement import Sitting
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.scorecards import ScorecardRead
from tracker.queries.agreement import agreement_jobs, agreement_report, own_leniency
from tracker.queries.comparisons import job_comparison
from tracker.services.agreement import read_agreement
from tracker.services.comparisons import read_comparison


@pytest.fixture
def job(session: Session) -> Job:
    job = make_job(session, ratings_required=1)
    publish_rubric(session, job)
    return job


@pytest.fixture
def raters(session: Session, job: Job) -> list[Actor]:
    return [make_actor(session, Role.INTERVIEWER, job, name=name) for name in ("Ines", "Zoe")]


@pytest.fixture
def hank(session: Session, job: Job) -> Actor:
    return make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")


def rate(session: Session, job: Job, raters: list[Actor], *values: int, name: str = "Ana") -> Application:
    """A candidate rated on two rows by a panel, each with one value."""
    candidate = make_candidate(session, name)
    application = make_application(session, job, stage=Stage.INTERVIEW, candidate=candidate)
    interview = schedule(session, application, *raters, actor=SYSTEM)
    for rater, value in zip(raters, values, strict=False):
        hand_in(session, interview, rater, value)
    return application


def test_comparison_holds_candidates_by_name_and_what_is_due_apart(
    session: Session, job: Job, raters: list[Actor], hank: Actor
) -> None:
    for name, value in (("Zita", 2), ("Ana", 2), ("Bea", 2)):
        rate(session, job, raters, value, value, name=name)
    owed = rate(session, job, [raters[0], hank], 4, name="Cai")
    make_application(session, job, stage=Stage.INTERVIEW)
    found = job_comparison(session, job, is_active_only=True, actor=hank)
    assert [one.id for one in found.due] == [owed.id]
    (version,) = found.versions
    assert version.is_in_use
    assert [one.who.name for one in version.candidates] == ["Ana", "Bea", "Zita"]
    assert {one.score.overall for one in version.candidates} == {2.0}
    assert owed.id not in {card.application_id for card in found.cards}


def test_reads_of_a_comparison_are_noted_once_for_each_card_of_others(
    session: Session, job: Job, raters: list[Actor], hank: Actor
) -> None:
    rate(session, job, [*raters, hank], 1, 2, 3)
    for _ in range(2):
        read_comparison(session, job, is_active_only=True, actor=hank)
    reads = session.scalars(select(ScorecardRead).where(ScorecardRead.reader_id == hank.id)).all()
    assert len(reads) == len(raters)


def test_nobody_off_the_job_reads_a_comparison_or_its_agreement(
    session: Session, job: Job, raters: list[Actor]
) -> None:
    other = make_actor(session, Role.HIRING_MANAGER, make_job(session), [TeamRole.HIRING_MANAGER])
    for actor in (*raters, other):
        with pytest.raises(NotPermitted):
            read_comparison(session, job, is_active_only=True, actor=actor)
        with pytest.raises((NotPermitted, RuleBroken)):
            read_agreement(session, job_id=job.id, actor=actor)


def test_agreement_counts_panels_by_row_and_raters_by_name(
    session: Session, job: Job, raters: list[Actor], hank: Actor
) -> None:
    for value in range(10):
        rate(session, job, raters, value % 5, min(value % 5 + 1, 4))
    found = agreement_report(session, hank, job.id)
    panel = found.overall[Sitting.PANEL]
    assert (panel.candidates, panel.pairs, panel.within_one) == (10, 20, 1.0)
    assert [one.row.key for one in found.rows] == [key for key in KEYS if key in KEYS[:2]]
    assert [one.name for one in found.raters] == ["Ines", "Zoe"]
    assert found.overall[Sitting.SEPARATE].is_suppressed
    own = own_leniency(session, raters[0])
    assert own is not None
    assert own == found.raters[0].leniency
    assert own.difference == pytest.approx(-0.8)
    assert own_leniency(session, hank) is None


def test_jobs_whose_agreement_may_be_read_are_ones_own_with_a_rubric(
    session: Session, job: Job, raters: list[Actor], hank: Actor
) -> None:
    assert job.id not in agreement_jobs(session, hank), "nothing was scored on its rubric yet"
    rate(session, job, raters, 1, 2)
    other = make_job(session)
    publish_rubric(session, other)
    rate(session, other, raters, 1, 2)
    assert list(agreement_jobs(session, hank)) == [job.id]
    olga = make_actor(session, Role.HR)
    assert {job.id, other.id} <= set(agreement_jobs(session, olga))
    assert agreement_jobs(session, raters[0]) == {}
