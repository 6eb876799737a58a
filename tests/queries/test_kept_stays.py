"""What moves keep for reports is what the pure functions make of them, and a difference is found."""

import random
from collections import Counter

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from tests.factories import make_job
from tests.histories import day, random_places, write_history
from tracker.domain.actors import SYSTEM
from tracker.domain.metrics.courses import Course, course_of
from tracker.domain.metrics.spells import Spell, SpellEnd, spells_of
from tracker.domain.reports import ReportFilters, read_zone
from tracker.domain.stages import Outcome, Stage
from tracker.models.guards.courses import rebuild_courses
from tracker.models.guards.stays import rebuild_stays
from tracker.models.moves import CourseCount, Stay, StayCount
from tracker.queries.history import move_rows, verify_history
from tracker.queries.reports import run_report
from tracker.queries.reports.kept import is_kept
from tracker.queries.reports.scope import scope_of

ALL_TIME = ReportFilters(as_of=day(300), zone=read_zone(None, "UTC"))


@pytest.fixture
def many(session: Session):
    chance, jobs = random.Random(11), [make_job(session, openings=500) for _ in range(2)]
    return [write_history(session, jobs[n % 2], *random_places(chance)) for n in range(80)]


def kept(session):
    session.expire_all()
    return [
        (s.application_id, s.job_id)
        + (Spell(s.stage, s.entered_at, s.entered_version, s.became, s.ended_at, s.ended_version),)
        for s in session.scalars(select(Stay).order_by(Stay.application_id, Stay.entered_version))
    ]


def courses(session):
    session.expire_all()
    rows = session.scalars(select(CourseCount).where(CourseCount.count != 0))
    return {
        (c.job_id, c.source, Course(**{name: getattr(c, name) for name in Course.__slots__})): c.count
        for c in rows
    }


def counts(session):
    session.expire_all()
    return {(c.job_id, c.stage, c.became): c.count for c in session.scalars(select(StayCount)) if c.count}


def test_moves_keep_the_stays_that_the_pure_functions_make(session, many):
    made = [(w.application.id, w.application.job_id, spell) for w in many for spell in spells_of(w.steps)]
    assert kept(session) == sorted(made, key=lambda one: (one[0], one[2].entered_version))
    expected: dict = {}
    for one in many:
        for spell in {spell.stage: spell for spell in spells_of(one.steps)}.values():
            key = one.application.job_id, spell.stage, spell.end
            expected[key] = expected.get(key, 0) + 1
    assert counts(session) == expected
    assert verify_history(session)[2] is None


def test_moves_count_the_courses_that_the_pure_function_makes(session, many):
    expected: Counter = Counter()
    for number, one in enumerate(many):
        if number % 3:
            one.application.source = "referral"
            session.flush()
        course = course_of(list(move_rows(session, [one.application.id])))
        expected[one.application.job_id, one.application.source, course] += 1
    assert courses(session) == expected
    assert len({course for _, _, course in expected}) > 30
    session.execute(delete(CourseCount))
    rebuild_courses(session.connection())
    assert courses(session) == expected


def test_made_anew_from_the_moves_they_are_the_same(session, many):
    before = kept(session), counts(session)
    session.execute(delete(Stay))
    session.execute(delete(StayCount))
    rebuild_stays(session.connection())
    assert (kept(session), counts(session)) == before


def test_a_stay_or_a_count_that_is_wrong_is_found(session, many):
    session.execute(
        update(StayCount).where(StayCount.stage == Stage.SCREENING).values(count=StayCount.count + 1)
    )
    assert "count for reports at screening" in (verify_history(session)[2] or "")
    report = run_report(session, "pipeline", ALL_TIME, is_compared=True, actor=SYSTEM)
    assert not {c.key: c.holds for c in report.checks}["as_the_moves_say"]
    funnel = run_report(session, "funnel", ALL_TIME, is_compared=True, actor=SYSTEM)
    assert not {c.key: c.holds for c in funnel.checks}["as_the_moves_say"]
    session.execute(
        update(StayCount).where(StayCount.stage == Stage.SCREENING).values(count=StayCount.count - 1)
    )
    session.execute(update(CourseCount).values(count=CourseCount.count + 1))
    assert "the courses counted for reports" in (verify_history(session)[2] or "")
    session.execute(text("UPDATE stays SET became = 'returned' WHERE became = 'advanced'"))
    assert "the stays kept for reports differ" in (verify_history(session)[2] or "")


def test_the_active_of_a_report_are_compared_with_the_boards_at_every_view(session, many):
    assert run_report(session, "pipeline", ALL_TIME, actor=SYSTEM).holds
    session.execute(
        update(StayCount).where(StayCount.became == SpellEnd.ACTIVE).values(count=StayCount.count + 1)
    )
    for name in ("pipeline", "funnel"):
        checks = run_report(session, name, ALL_TIME, actor=SYSTEM).checks
        assert not {c.key: c.holds for c in checks}["as_on_the_boards"]


def test_what_is_kept_answers_only_where_no_move_came_later(session):
    job = make_job(session)
    write_history(session, job, (0, Stage.APPLICATION, Outcome.ACTIVE), (4, Stage.SCREENING, Outcome.ACTIVE))
    for as_of, expected in ((3.9, False), (4, True)):
        filters = ReportFilters(as_of=day(as_of), zone=ALL_TIME.zone)
        assert is_kept(session, scope_of(session, filters, SYSTEM)) is expected
