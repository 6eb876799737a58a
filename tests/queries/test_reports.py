"""Reports counted in the database agree with the pure functions, and show nobody more than they may see."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import Written, day, random_places, write_history
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.metrics.spells import StageFigures, figures, last_spells, reached
from tracker.domain.moves import MoveKind
from tracker.domain.reports import Check, ReportFilters, read_filters, read_zone
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.jobs import Job
from tracker.queries.reports import pipeline, rows_behind, run_report, scope
from tracker.queries.reports.scope import Figure, Part

Known = tuple[Session, Job, list[Written]]
LATER = datetime(2026, 11, 1, tzinfo=UTC)
ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
BEGIN = (0, Stage.APPLICATION, ACTIVE)
COUNTED = StageFigures.__slots__


def filters(job: Job | None = None, from_=None, to=None, as_of=LATER) -> ReportFilters:
    return ReportFilters(
        as_of=as_of, zone=read_zone(None, "UTC"), job_id=job.id if job else None, from_=from_, to=to
    )


def count(session: Session, name: str, given: ReportFilters, actor=SYSTEM) -> dict[str, dict]:
    report = run_report(session, name, given, actor=actor)
    assert report.holds, report.checks
    return {row["stage"]: row for row in report.rows}


def pipeline_of(session: Session, job: Job, **given) -> dict[str, dict[str, int]]:
    rows = count(session, "pipeline", filters(job, **given))
    return {stage: {n: row[n] for n in COUNTED if row[n]} for stage, row in rows.items()}


def reached_of(session: Session, given: ReportFilters) -> list[int]:
    return [row["reached"] for row in count(session, "funnel", given).values()]


def behind(session: Session, name: str, given: ReportFilters, *figure, actor=SYSTEM) -> list[dict]:
    return list(rows_behind(session, name, given, Figure(*figure), actor=actor).rows)


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, openings=500)


@pytest.fixture(scope="module")
def known(standing_session: Session) -> Known:
    """Many histories of one job, written once and only read."""
    job, chance = make_job(standing_session, openings=500), random.Random(7)
    written = [write_history(standing_session, job, *random_places(chance)) for _ in range(60)]
    return standing_session, job, written


WINDOWS = [
    {},
    {"from_": day(2)},
    {"from_": day(5), "to": day(9)},
    {"to": day(6)},
    {"as_of": day(6)},
    {"from_": day(3), "as_of": day(6.5)},
    {"from_": day(0), "to": day(0.5)},
    {"from_": day(90)},
]


@pytest.mark.parametrize("given", WINDOWS)
def test_random_histories_count_as_the_pure_functions_count_them(known, given):
    session, job, many = known
    applied = filters(job, **given)
    expected = figures([written.steps for written in many], applied.from_, applied.until)
    rows = count(session, "pipeline", applied)
    for stage in STAGES:
        assert {name: rows[stage][name] for name in COUNTED} == {
            name: getattr(expected[stage], name) for name in COUNTED
        }, stage


@pytest.mark.parametrize("given", WINDOWS)
def test_every_number_opens_to_the_rows_it_counts(known, given):
    session, job, many = known
    applied = filters(job, **given)
    spells = {w.application.id: last_spells(w.steps, applied.until) for w in many}
    for stage, row in count(session, "pipeline", applied).items():
        for column in COUNTED:
            opened = behind(session, "pipeline", applied, job.id, Stage(stage), column)
            assert len(opened) == row[column]
            for one in opened:
                spell = spells[one["application"]][stage]
                assert (one["entered_move"], one["ended_move"]) == (
                    spell.entered_version,
                    spell.ended_version,
                )
                assert one["became"] == spell.end
    for stage, row in count(session, "funnel", applied).items():
        opened = behind(session, "funnel", applied, None, Stage(stage), "reached")
        assert len(opened) == row["reached"]


@pytest.mark.parametrize("given", WINDOWS)
def test_the_funnel_follows_its_cohort_to_the_as_of(known, given):
    session, job, many = known
    applied = filters(job, **given)
    until = applied.as_of + timedelta(microseconds=1)
    cohort = [
        w.steps
        for w in many
        if (applied.from_ is None or w.steps[0].at >= applied.from_)
        and (applied.to is None or w.steps[0].at < applied.to)
        and w.steps[0].at < until
    ]
    expected = [sum(stage in reached(steps, until) for steps in cohort) for stage in STAGES]
    assert reached_of(session, applied) == expected
    rates = [row["rate_from_start"] for row in count(session, "funnel", applied).values()]
    assert rates == [number / len(cohort) if cohort else None for number in expected]


@pytest.mark.parametrize("given", [{}, {"from_": day(2), "to": day(5)}])
@pytest.mark.parametrize("span", [1, 7, 60, 61])
def test_counting_span_by_span_changes_no_number(known, monkeypatch, given, span):
    session, _, many = known
    with session.begin_nested() as savepoint:
        other = make_job(session)
        for written in many[::9]:
            came = written.application
            write_history(session, other, (4, Stage.APPLICATION, ACTIVE), transferred_from=came)
        applied = filters(**given)
        names = ("pipeline", "funnel")
        whole = [count(session, name, applied) for name in names]
        rows = [sorted(behind(session, name, applied), key=str) for name in names]
        monkeypatch.setattr(scope, "SPAN", span)
        assert [count(session, name, applied) for name in names] == whole
        assert [sorted(behind(session, name, applied), key=str) for name in names] == rows
        savepoint.rollback()


def test_rows_go_on_where_a_page_ended(known, monkeypatch):
    session, _, _ = known
    monkeypatch.setattr(scope, "SPAN", 7)
    for name, move in (("pipeline", "entered_move"), ("funnel", "reached_move")):
        paged, after = [], None
        while True:
            report = rows_behind(session, name, filters(), part=Part(after, 10), actor=SYSTEM)
            page = list(report.rows)
            paged += page
            if len(page) < 10:
                break
            after = (page[-1]["application"], page[-1][move])
        assert paged == behind(session, name, filters())


def test_a_transferred_application_is_no_second_applicant(session, job):
    other = make_job(session)
    left = write_history(
        session,
        job,
        BEGIN,
        (1, Stage.SCREENING, ACTIVE, MoveKind.ADVANCE),
        (2, Stage.SCREENING, WITHDRAWN, MoveKind.TRANSFER),
    )
    came = write_history(session, other, (2, Stage.APPLICATION, ACTIVE), transferred_from=left.application)
    write_history(
        session,
        job,
        (4, Stage.APPLICATION, ACTIVE),
        (5, Stage.INTERVIEW, ACTIVE),
        transferred_from=came.application,
    )
    assert reached_of(session, filters()) == [1, 1, 1, 0, 0, 0]
    assert reached_of(session, filters(other)) == [1, 0, 0, 0, 0, 0]
    # It was received when its chain began.
    assert reached_of(session, filters(from_=day(0), to=day(1))) == [1, 1, 1, 0, 0, 0]
    assert reached_of(session, filters(from_=day(1))) == [0] * 6
    opened = behind(session, "funnel", filters(), None, Stage.APPLICATION, "reached")
    assert [row["application"] for row in opened] == [left.application.id]
    # In the pipeline each job has what happened on it.
    assert pipeline_of(session, job)["screening"] == {"entered": 1, "withdrawn": 1}
    assert pipeline_of(session, other)["application"] == {"entered": 1, "active": 1}


def test_a_day_of_the_zone_decides_which_window_a_move_is_in(session, job):
    write_history(session, job, (1.25, Stage.APPLICATION, ACTIVE))  # 2 March, 06:00 in UTC
    for zone, number in (("UTC", 0), ("America/Los_Angeles", 1)):
        given = read_filters(now=LATER, default_zone=zone, job_id=job.id, from_="2026-03-01", to="2026-03-02")
        assert count(session, "funnel", given)["application"]["reached"] == number


def test_a_report_without_applications_has_rows_of_zero_and_no_share(session, job):
    assert pipeline_of(session, job) == {stage.value: {} for stage in STAGES}
    assert [r["rate_from_start"] for r in count(session, "funnel", filters(job)).values()] == [None] * 6


def test_jobs_of_one_title_are_told_apart(session, job):
    namesake = make_job(session, title=job.title)
    for one in (job, namesake):
        write_history(session, one, BEGIN)
    rows = run_report(session, "pipeline", filters(), actor=SYSTEM).rows
    assert {row["job"] for row in rows} == {f"{job.title} (#{one.id})" for one in (job, namesake)}


def test_a_hiring_manager_counts_their_own_jobs_only(session, job):
    other = make_job(session)
    for one in (job, other):
        write_history(session, one, BEGIN)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    rows = run_report(session, "pipeline", filters(), actor=hank).rows
    assert {row["job"] for row in rows} == {job.title}
    assert count(session, "funnel", filters(), hank)["application"]["reached"] == 1
    assert {row["job"] for row in behind(session, "pipeline", filters(), actor=hank)} == {job.title}
    for name in ("pipeline", "funnel"):
        with pytest.raises(RuleBroken, match="no such job"):
            run_report(session, name, filters(other), actor=hank)
        with pytest.raises(RuleBroken, match="no such job"):
            rows_behind(session, name, filters(other), actor=hank)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRING_MANAGER])
def test_who_may_read_no_report_gets_none(session, job, role):
    actor = make_actor(session, role, job, [TeamRole.INTERVIEWER], name="Ines")
    for ask in (run_report, rows_behind):
        with pytest.raises(NotPermitted):
            ask(session, "pipeline", filters(), actor=actor)


def test_there_is_no_report_and_no_number_of_another_name(session):
    with pytest.raises(RuleBroken, match="There is no report"):
        run_report(session, "gossip", filters(), actor=SYSTEM)
    with pytest.raises(RuleBroken, match="no number"):
        rows_behind(session, "funnel", filters(), Figure(column="entered"), actor=SYSTEM)


def test_checks_fail_when_a_stay_is_lost_or_counted_twice(session, job, monkeypatch):
    write_history(session, job, BEGIN, (1, Stage.SCREENING, ACTIVE))
    honest = pipeline.spells_in_window

    def without_screening(whom):
        counted = honest(whom)
        return counted.select().where(counted.c.stage != Stage.SCREENING).subquery("counted")

    monkeypatch.setattr(pipeline, "spells_in_window", without_screening)
    checks = run_report(session, "pipeline", filters(job), is_compared=True, actor=SYSTEM).checks
    assert {check.key: check.holds for check in checks} == {
        "adds_up": True,
        "as_on_the_boards": True,
        "nobody_is_missing": False,
        "as_the_moves_say": False,
    }
    checks = run_report(session, "pipeline", filters(job, as_of=day(5)), actor=SYSTEM).checks
    assert {check.key: check.holds for check in checks} == {"adds_up": True, "as_on_the_boards": True}
    checks = run_report(session, "pipeline", filters(job, to=day(1)), actor=SYSTEM).checks
    assert {check.key: check.holds for check in checks} == {"adds_up": True, "nobody_is_missing": True}


def test_a_row_that_does_not_add_up_is_told():
    row = {"job": "Clerk", "stage": "offer"} | dict.fromkeys(COUNTED, 0)
    assert isinstance(pipeline.adds_up([row]), Check)
    assert pipeline.adds_up([row]).holds
    assert not pipeline.adds_up([{**row, "entered": 2, "active": 1}]).holds
