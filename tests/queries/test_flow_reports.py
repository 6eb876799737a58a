"""Conversion, ageing and time to fill: counted in the database as by hand, and open to their rows."""

import random

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.factories import make_job
from tests.histories import Written, day, random_places, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, WINDOWS, behind, count, filters
from tracker.domain.metrics.spells import effective, last_spells
from tracker.domain.moves import MoveKind
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.jobs import Job, JobStatusChange, StageTarget

ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
SCREEN = (1, Stage.SCREENING, ACTIVE)
KEPT = [{}, {"from_": day(2)}, {"from_": day(90)}]
Known = tuple[Session, Job, list[Written]]


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, openings=500, approved_at=day(0))


@pytest.fixture(scope="module")
def known(standing_session: Session) -> Known:
    """Many histories of one job, written once and only read."""
    job, chance = make_job(standing_session, openings=500, approved_at=day(0)), random.Random(23)
    written = [write_history(standing_session, job, *random_places(chance)) for _ in range(60)]
    return standing_session, job, written


def test_conversion_follows_its_cohort_and_pass_through_tells_of_the_decided(session, job):
    write_history(session, job, BEGIN, SCREEN)
    write_history(session, job, BEGIN, SCREEN, MEET)
    write_history(session, job, BEGIN, SCREEN, (5, Stage.SCREENING, REJECTED))
    write_history(
        session, job, BEGIN, SCREEN, MEET, (5, Stage.SCREENING, ACTIVE), (6, Stage.SCREENING, REJECTED)
    )
    write_history(session, job, BEGIN, SCREEN, (3, Stage.SCREENING, HIRED))
    rows = {row["stage"]: row for row in count(session, "conversion", filters(job))}
    screening = rows["screening"]
    assert (screening["entered"], screening["reached_next"], screening["open"]) == (5, 3, 1)
    assert screening["conversion"] == 0.6
    # Who came back and was rejected advanced no more: of the decided two of four did.
    decided = [screening[key] for key in ("advanced", "rejected", "withdrawn")]
    assert (decided, screening["pass_through"]) == ([2, 2, 0], 0.5)
    assert (rows["offer"]["conversion"], rows["offer"]["pass_through"]) == (None, None)


@pytest.mark.parametrize("given", WINDOWS)
def test_every_conversion_opens_and_agrees_with_the_moves(known, given):
    session, job, many = known
    applied = filters(job, **given)
    until = filters(job, as_of=applied.as_of).until
    for row in count(session, "conversion", applied):
        stage = Stage(row["stage"])
        for column in ("entered", "reached_next", "open", "advanced", "rejected", "withdrawn"):
            assert len(behind(session, "conversion", applied, column, stage)) == row[column]
        if not given:
            went = [w.steps for w in many if stage in last_spells(w.steps, until)]
            further = [
                steps
                for steps in went
                if any(s.to_stage.place > stage.place or s.to_outcome is HIRED for s in effective(steps))
            ]
            assert (row["entered"], row["reached_next"]) == (len(went), len(further))


def test_ageing_is_of_the_present_stage_against_its_target(session, job):
    other = make_job(session)
    session.execute(insert(StageTarget), [{"job_id": other.id, "stage": Stage.SCREENING, "days": 2}])
    for one in (job, other):
        write_history(session, one, BEGIN, SCREEN)
    write_history(session, job, BEGIN, (1, Stage.APPLICATION, REJECTED))
    write_history(
        session,
        job,
        (0, Stage.APPLICATION, ACTIVE, MoveKind.APPLY),
        (1, Stage.SCREENING, ACTIVE, MoveKind.ADVANCE),
        (1, Stage.APPLICATION, ACTIVE, MoveKind.UNDO),
    )
    # Screening has five target days: on the sixth it is still the last of them.
    rows = {as_of: {} for as_of in (3.9, 4, 6.9, 7)}
    for as_of in rows:
        rows[as_of] = {row["stage"]: row for row in count(session, "ageing", filters(as_of=day(as_of)))}
    assert [rows[as_of]["screening"]["over_target"] for as_of in rows] == [0, 1, 1, 2]
    screening = rows[7]["screening"]
    assert (screening["open"], screening["median_days"], screening["oldest_days"]) == (2, 6, 6)
    assert (rows[7]["application"]["open"], rows[7]["application"]["oldest_days"]) == (1, 7)
    assert (rows[7]["offer"]["open"], rows[7]["offer"]["median_days"]) == (0, None)
    for column in ("open", "over_target"):
        opened = behind(session, "ageing", filters(as_of=day(7)), column, Stage.SCREENING)
        assert {(row["days"], row["target_days"]) for row in opened} == {(6, 5), (6, 2)}
    (late,) = behind(session, "ageing", filters(as_of=day(4)), "over_target", Stage.SCREENING)
    assert late["job"] == other.title


@pytest.mark.parametrize("given", KEPT)
def test_ageing_counts_who_stands_there(known, given):
    session, job, many = known
    applied = filters(job, **given)
    for row in count(session, "ageing", applied):
        standing = [
            spell
            for one in many
            for stage, spell in last_spells(one.steps).items()
            if stage == row["stage"] and spell.end == "active"
        ]
        begin = applied.from_
        assert row["open"] == sum(begin is None or spell.entered_at >= begin for spell in standing)


def end(session: Session, job: Job, status: JobStatus, at: float) -> None:
    session.add(JobStatusChange(job_id=job.id, to_status=status, actor="system", at=day(at)))
    session.flush()


def test_openings_are_filled_open_or_cancelled(session):
    job = make_job(session, openings=3, approved_at=day(0))
    write_history(session, job, BEGIN, MEET, OFFER, ACCEPT)
    write_history(session, job, BEGIN, MEET, OFFER, ACCEPT, (9, Stage.ONBOARDING, REJECTED))
    write_history(session, job, BEGIN, (12, Stage.ONBOARDING, ACTIVE))
    closed = make_job(session, openings=2, approved_at=day(0))
    write_history(session, closed, BEGIN, (8, Stage.OFFER, HIRED))
    end(session, closed, JobStatus.CLOSED, 20)
    make_job(session, status=JobStatus.DRAFT, approved_at=None)
    given = filters(as_of=day(30))
    (row,) = count(session, "time-to-fill", given)
    assert [row[key] for key in ("openings", "filled", "open", "cancelled")] == [4, 3, 1, 1]
    # Filled after 6, 8 and 12 days, one open for 30.
    assert (row["km_median_days"], row["naive_median_days"], row["longest_days"]) == (8, 8, 30)
    assert sorted(one["days"] for one in behind(session, "time-to-fill", given, "filled")) == [6, 8, 12]
    # Before the failed start it was filled, and the closed job was open.
    (earlier,) = count(session, "time-to-fill", filters(as_of=day(8.5)))
    assert [earlier[key] for key in ("filled", "open", "cancelled")] == [3, 2, 0]
    assert count(session, "time-to-fill", filters(from_=day(1), as_of=day(30)))[0]["openings"] == 0


def test_a_job_agrees_with_its_own_count_and_hires_from_before_it_have_no_time(session):
    job = make_job(session, openings=2, approved_at=day(40))
    write_history(session, job, BEGIN, ACCEPT)
    (row,) = count(session, "time-to-fill", filters(job))
    assert (row["filled"], row["open"], row["naive_median_days"]) == (1, 1, None)
    (opened,) = behind(session, "time-to-fill", filters(job), "filled")
    assert opened["days"] is None


def test_advancing_competes_with_closing_and_open_stays_are_watched_to_the_as_of(session, job):
    write_history(session, job, BEGIN, (4, Stage.SCREENING, ACTIVE))
    write_history(session, job, BEGIN, (6, Stage.APPLICATION, REJECTED))
    write_history(session, job, BEGIN, (10, Stage.SCREENING, ACTIVE))
    write_history(session, job, BEGIN)
    rows = {row["stage"]: row for row in count(session, "time-to-advance", filters(job, as_of=day(20)))}
    first = rows["application"]
    assert [first[key] for key in ("spells", "advanced", "closed", "returned", "open")] == [4, 2, 1, 0, 1]
    assert [first[f"by_{days}_days"] for days in (7, 14, 30)] == [0.25, 0.5, None]
    assert (rows["offer"]["spells"], rows["offer"]["by_7_days"]) == (0, None)


@pytest.mark.parametrize("given", WINDOWS)
def test_every_stay_that_led_somewhere_opens(known, given):
    session, job, _ = known
    applied = filters(job, **given)
    for row in count(session, "time-to-advance", applied):
        for column in ("spells", "advanced", "closed", "returned", "open"):
            opened = behind(session, "time-to-advance", applied, column, Stage(row["stage"]))
            assert len(opened) == row[column]
