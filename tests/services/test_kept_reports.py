"""Answers that are kept: counted once for all who ask the same, in one hand, gone when nobody asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.erasing import erase, rejected, store
from tests.factories import join_team, make_actor, make_application, make_job, make_user
from tests.histories import write_history
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.kept_reports import KEPT_FOR, LEASE, MOST_TRIES, NOTED_EVERY, PAUSE
from tracker.domain.outlines.outline import ReportName
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import read_filters
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.kept_reports import KeptReport
from tracker.queries.kept_reports import Asked, is_of, place_kept, place_of, report_kept, scope_kept
from tracker.queries.reports import count_outcome, run_report
from tracker.queries.reports.scope import scope_of
from tracker.services import kept_reports
from tracker.services.kept_reports import (
    claim_kept,
    drop_unasked,
    fail_kept,
    keep_answer,
    needs_note,
    note_asked,
    renewable,
    stay_counting,
    want_anew,
)

__all__ = ["store"]
ACTIVE, _, REJECTED, _ = Outcome


@pytest.fixture
def job(session):
    job = make_job(session, title="Clerk", openings=3)
    for number in range(4):
        write_history(
            session,
            job,
            (0, Stage.APPLICATION, ACTIVE),
            (1 + number, Stage.SCREENING, ACTIVE),
            source="Referral",
        )
    return job


@pytest.fixture
def time(monkeypatch):
    """A clock that a test moves on."""

    class Time:
        at = datetime(2026, 11, 28, 9, tzinfo=UTC)

        def passes(self, **much):
            self.at += timedelta(**much)

    found = Time()
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


def asked(session, actor=SYSTEM, name=ReportName.TIME_IN_STAGE, **given):
    outline = OUTLINES[name]
    filters = read_filters(now=clock.now(), default_zone="UTC", **given)
    scope = scope_of(session, filters, actor, outline.permission)
    return Asked(outline, scope, place_of(session, outline, scope))


def ask(session, actor=SYSTEM, *, is_pressed=False, name=ReportName.TIME_IN_STAGE, **given):
    return note_asked(session, asked(session, actor, name, **given), is_pressed=is_pressed, actor=actor)


def counted(session, kept, worker="one"):
    """The answer as a worker counts it."""
    assert claim_kept(session, worker) is kept
    scope = scope_kept(session, kept, clock.now())
    outline = OUTLINES[kept.report_name]
    outcome = count_outcome(session, outline, scope)
    place = place_of(session, outline, scope)
    as_of = scope.filters.as_of
    assert keep_answer(session, kept.id, worker, outcome=outcome, place=place, as_of=as_of, took=0.5)
    session.expire(kept)
    return kept


@pytest.mark.parametrize("name", [name for name, outline in OUTLINES.items() if outline.is_kept])
def test_a_kept_answer_is_the_report_to_the_last_value(session, job, time, name):
    kept = counted(session, ask(session, name=name))
    then = run_report(session, name, asked(session, name=name).scope.filters, actor=SYSTEM)
    time.passes(minutes=20)
    found = report_kept(asked(session, name=name), kept)
    assert (found, found.as_of) == (then, time.at - timedelta(minutes=20))
    assert is_of(kept, asked(session, name=name).place)


def test_whoever_sees_the_same_shares_an_answer_and_nobody_else_does(session, job, time):
    other = make_job(session, title="Other")
    whole = ask(session, make_actor(session, Role.HR))
    assert ask(session, make_actor(session, Role.RECRUITER, name="Rita")) is whole
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    own = ask(session, hank)
    assert own is not whole
    hugo = make_actor(session, Role.HIRING_MANAGER, other, [TeamRole.HIRING_MANAGER], name="Hugo")
    assert ask(session, hugo) not in (own, whole)
    assert own.counts["jobs"] == [job.id]
    # A change of sight is another answer.
    both = replace(hugo, teams={**hugo.teams, job.id: frozenset({TeamRole.HIRING_MANAGER})})
    assert ask(session, both) not in (own, whole, ask(session, hugo))
    with pytest.raises(NotPermitted):
        ask(session, make_actor(session, Role.INTERVIEWER, name="Ines"))


@pytest.mark.parametrize("name", [name for name, outline in OUTLINES.items() if not outline.is_kept])
def test_what_is_sensitive_or_counted_at_once_is_never_kept(session, job, name):
    with pytest.raises(ValueError, match="never kept"):
        ask(session, make_actor(session, Role.HR), name=name)
    assert session.scalars(select(KeptReport)).all() == []


def test_asked_for_twice_it_is_counted_once(session, job, time):
    kept = ask(session)
    assert ask(session) is kept
    assert ask(session, is_pressed=True) is kept
    assert claim_kept(session, "one") is kept
    assert claim_kept(session, "two") is None
    assert stay_counting(session, kept.id, "one")
    assert not stay_counting(session, kept.id, "two")


def test_a_worker_that_stops_leaves_it_to_another_and_three_times_is_enough(session, job, time):
    kept = ask(session)
    for worker in "abc"[:MOST_TRIES]:
        assert claim_kept(session, worker) is kept
        time.passes(seconds=LEASE.total_seconds())
    place = place_kept(session, kept, clock.now())
    assert not keep_answer(session, kept.id, "a", outcome=([], ()), place=place, as_of=time.at, took=1)
    assert claim_kept(session, "d") is None
    assert (kept.has_failed, kept.wanted_at) == (True, None)
    assert ask(session).wanted_at is None, "not again by itself"
    assert ask(session, is_pressed=True).wanted_at is not None


def test_what_cannot_be_counted_says_so(session, job, time):
    kept = ask(session)
    claim_kept(session, "one")
    fail_kept(session, kept.id, "two")
    assert not kept.has_failed
    fail_kept(session, kept.id, "one")
    assert kept.has_failed


def changes(session, job):
    """What makes an answer out of date, each with the report that it matters to."""

    def move():
        make_application(session, job)

    def openings():
        job.openings += 1

    def status():
        job.status = JobStatus.CLOSED

    def source():
        write_source(session, job)

    return {
        "a move": (move, ReportName.TIME_IN_STAGE, {}),
        "an opening": (openings, ReportName.FORECAST, {}),
        "a status": (status, ReportName.TIME_TO_FILL, {}),
        "a source": (source, ReportName.TIME_IN_STAGE, {"source": "Referral"}),
    }


def write_source(session, job):
    session.scalars(select(Application).where(Application.job_id == job.id)).first().source = "Fair"


@pytest.mark.parametrize("name", ["a move", "an opening", "a status", "a source"])
def test_what_is_out_of_date_is_counted_anew_after_a_pause(session, job, time, name):
    change, report, given = changes(session, job)[name]
    kept = counted(session, ask(session, name=report, **given))
    time.passes(seconds=2 * PAUSE.total_seconds())
    assert not needs_note(kept, asked(session, name=report, **given)), "nothing has changed"
    change()
    session.flush()
    assert not is_of(kept, asked(session, name=report, **given).place)
    assert ask(session, name=report, **given).wanted_at == time.at


def test_it_rests_after_it_was_counted_unless_somebody_presses(session, job, time):
    kept = counted(session, ask(session))
    make_application(session, job)
    time.passes(seconds=PAUSE.total_seconds() - 1)
    assert not needs_note(kept, asked(session))
    assert ask(session).wanted_at is None
    assert ask(session, is_pressed=True).wanted_at is not None


def test_a_move_of_another_job_makes_nothing_old(session, job, time):
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    kept = counted(session, ask(session, hank))
    make_application(session, make_job(session, title="Other"))
    assert is_of(kept, asked(session, hank).place)
    make_application(session, job, stage=Stage.SCREENING)
    assert asked(session, hank).place.moves == kept.moves + 2


def test_of_a_fixed_instant_late_entries_make_it_old_after_an_hour(session, job, time):
    given = {"as_of": "2026-03-20"}
    kept = counted(session, ask(session, **given))
    before = report_kept(asked(session, **given), kept).rows
    write_history(session, job, (0, Stage.APPLICATION, ACTIVE), (2, Stage.SCREENING, REJECTED))
    time.passes(minutes=59)
    assert ask(session, **given).wanted_at is None
    time.passes(minutes=1)
    assert counted(session, ask(session, **given)) is kept
    assert report_kept(asked(session, **given), kept).rows != before


def test_those_who_still_wait_have_waited_longer_after_a_day(session, job, time):
    kept = counted(session, ask(session))
    time.passes(hours=23, minutes=59)
    assert ask(session).wanted_at is None
    time.passes(minutes=1)
    assert ask(session) is kept
    assert kept.wanted_at == time.at


def test_looking_is_noted_once_an_hour(session, job, time):
    kept = counted(session, ask(session))
    assert needs_note(None, asked(session))
    time.passes(seconds=NOTED_EVERY.total_seconds() - 1)
    assert not needs_note(kept, asked(session))
    time.passes(seconds=1)
    assert needs_note(kept, asked(session))


def test_what_nobody_asks_for_is_not_kept_up_to_date_and_then_goes(session, job, time):
    kept = counted(session, ask(session))
    assert renewable(session) == []
    time.passes(hours=1)
    assert renewable(session) == [kept]
    want_anew(session, kept.id)
    session.expire(kept)
    assert kept.wanted_at == time.at
    counted(session, kept)
    time.passes(days=3)
    assert renewable(session) == []
    assert drop_unasked(session) == 0
    assert not kept_reports.has_unasked(session)
    time.passes(seconds=KEPT_FOR.total_seconds())
    assert kept_reports.has_unasked(session)
    assert drop_unasked(session) == 1
    assert session.scalars(select(KeptReport)).all() == []


def test_erasing_somebody_changes_no_number_and_nothing_kept_names_anybody(session, job, time, store):
    job.jurisdiction = "US"
    person, name = rejected(session, job=job), "Amina Yusuf"
    time.passes(days=3 * 366)
    kept = counted(session, ask(session, name=ReportName.TIME_TO_DECISION))
    told = report_kept(asked(session, name=ReportName.TIME_TO_DECISION), kept)
    erase(session, store, person)
    session.expire_all()
    now = asked(session, name=ReportName.TIME_TO_DECISION)
    assert is_of(kept, now.place)
    assert run_report(session, "time-to-decision", now.scope.filters, actor=SYSTEM) == told
    assert person.name != name
    assert name not in str((kept.told, kept.counts))


def test_a_recruiter_is_kept_as_their_jobs_and_not_by_name(session, job, time):
    user = make_user(session, "Rita", Role.RECRUITER)
    join_team(session, job, user, TeamRole.RECRUITER)
    kept = ask(session, make_actor(session, Role.HR, name="Olga"), recruiter_id=user.id)
    assert kept.counts["jobs"] == [job.id]
    assert "recruiter" not in kept.counts
