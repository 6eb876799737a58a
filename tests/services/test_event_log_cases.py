"""Long histories are read, planned and looked through in the memory that short ones take."""

import gc
import random
import tracemalloc
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest

from tests.factories import make_job
from tracker.domain.event_logs import default_mapping
from tracker.domain.rules import RuleBroken
from tracker.services import event_log_cases, event_log_gathering
from tracker.services.event_log_cases import Cases
from tracker.services.event_logs import read_log
from tracker.services.history_plans import batches, plan_import, plan_jobs

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
STEPS = ("application", "screening", "Tea", "rejected")


def events(number, *, seed=None):
    """Applications with four events each, one after the other or mixed: (key, person, instant, activity)."""
    found = [
        (f"a{one}", f"p{one}@example.org", BEGAN + timedelta(minutes=one, hours=step), activity)
        for one in range(number)
        for step, activity in enumerate(STEPS)
    ]
    if seed is not None:
        random.Random(seed).shuffle(found)
    return found


def as_csv(found):
    lines = (f"{key},{email},{at.isoformat()},{activity}" for key, email, at, activity in found)
    return "\n".join(["application,email,at,activity", *lines]) + "\n"


def as_xes(found):
    traces = {}
    for key, email, at, activity in found:
        traces.setdefault((key, email), []).append(
            f'<event><date key="time:timestamp" value="{at.isoformat()}"/>'
            f'<string key="concept:name" value="{activity}"/></event>'
        )
    return "<log>{}</log>".format(
        "".join(
            f'<trace><string key="concept:name" value="{key}"/><string key="email" value="{email}"/>'
            f"{''.join(told)}</trace>\n"
            for (key, email), told in traces.items()
        )
    )


WRITTEN = {"log.csv": as_csv, "log.xes": as_xes}


@pytest.fixture
def soon(monkeypatch):
    """Little is held in memory before it is laid aside."""
    monkeypatch.setattr(event_log_cases, "MOST_OPEN", 50)
    monkeypatch.setattr(event_log_cases, "MOST_PIECES", 200)
    # The ten thousand lines that are remembered are the same of every length.
    for name in ("_line", "_email"):
        remembered = getattr(event_log_gathering, name).__wrapped__
        monkeypatch.setattr(event_log_gathering, name, lru_cache(100)(remembered))


def peak_of(session, job, tmp_path, name, number):
    """The most that reading, planning and looking through so many applications held at once."""
    path = tmp_path / name
    path.write_text(WRITTEN[name](events(number)))
    gc.collect()
    tracemalloc.start()
    try:
        log = read_log(path, name, None, zone=UTC)
        plan = plan_import(session, job, log, default_mapping())
        assert sum(map(len, batches(plan, 50))) == len(plan.applications) == number
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", WRITTEN)
def test_memory_is_that_of_a_short_history(session, tmp_path, soon, name):
    job = make_job(session)
    peak_of(session, job, tmp_path, name, 500)
    short, long = (peak_of(session, job, tmp_path, name, number) for number in (1_200, 2_400))
    # 4,800 events more, of which each held some 380 bytes.
    assert long - short < 300_000, (short, long)


def told(log, session, job):
    plan = plan_import(session, job, log, default_mapping())
    return (
        [(case.key, case.email, case.attributes, case.ordered()) for case in log.cases.values()],
        [(one.case.key, one.began_at, one.history) for one in plan.applications],
        (plan.known, plan.unmapped, plan.moves, plan.notes, plan.unplaced),
        [(bad.case, bad.problem) for bad in (*log.bad, *plan.bad)],
    )


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_what_is_laid_aside_comes_back_as_it_was(session, tmp_path, monkeypatch, seed):
    job = make_job(session)
    lines = as_csv([*events(40, seed=seed), ("a7", "other@example.org", BEGAN, "offer")])
    lines += "a9,p8@example.org,yesterday,offer\nb1,p8@example.org,2025-03-01,offer\n"
    path = tmp_path / "log.csv"
    path.write_text(lines)
    at_once = told(read_log(path, path.name, None, zone=UTC), session, job)
    monkeypatch.setattr(event_log_cases, "MOST_OPEN", 2)
    monkeypatch.setattr(event_log_cases, "MOST_PIECES", 3)
    piece_by_piece = told(read_log(path, path.name, None, zone=UTC), session, job)
    assert piece_by_piece == at_once
    assert "differs from an earlier line" in str(at_once[3])
    assert "is no instant" in str(at_once[3])


def test_two_plans_of_one_log_do_not_mix(session, tmp_path, soon):
    path = tmp_path / "log.csv"
    path.write_text(as_csv([*events(60), ("x", "p1@example.org", BEGAN, "offer")]))
    log = read_log(path, path.name, None, zone=UTC)
    first = plan_import(session, make_job(session), log, default_mapping())
    again = plan_import(session, make_job(session), log.without(first.bad), default_mapping())
    assert [len(plan.applications) for plan in (first, again)] == [61, 61 - len(first.bad)]
    assert [one.case.key for one in first.applications][:3] == ["a0", "x", "a1"]
    assert [bad.case for bad in first.bad] == ["a1"]
    for plan in (first, again):
        planned = list(plan.applications)
        assert len(planned) == len(plan.applications)
        assert sum(len(one.history.moves) for one in planned) == plan.moves
        assert sum(len(one.history.notes) for one in planned) == plan.notes
    # Both may be read at the same time.
    both = zip(first.applications, again.applications, strict=False)
    assert all(one.began_at <= other.began_at for one, other in both)


def test_somebody_is_active_once_also_many_applications_apart(session, tmp_path, soon):
    path = tmp_path / "log.csv"
    open_ones = [("first", "amina@example.org", BEGAN - timedelta(days=9), "offer")]
    open_ones += [("last", "amina@example.org", BEGAN + timedelta(days=99), "offer")]
    path.write_text(as_csv([*open_ones, *events(1_200)]))
    log = read_log(path, path.name, None, zone=UTC)
    plan = plan_import(session, make_job(session), log, default_mapping())
    assert [bad.case for bad in plan.bad] == ["last"]


def test_applications_go_to_the_jobs_that_they_name(session, tmp_path, soon):
    clerk, cook = make_job(session, title="Clerk"), make_job(session, title="Cook")
    path = tmp_path / "log.csv"
    names = {0: "Cook", 1: "Clerk", 2: "The cook"}
    lines = [
        f"{key},{names[number % 3]},{at.isoformat()},{activity}"
        for number in range(300)
        for key, _, at, activity in [(f"a{number}", "", BEGAN + timedelta(hours=number), "offer")]
    ]
    path.write_text("\n".join(["application,job,at,activity", *lines]))
    log = read_log(path, path.name, None, zone=UTC)
    find = {"Cook": cook, "The cook": cook, "Clerk": clerk}.__getitem__
    plans = plan_jobs(session, log, default_mapping(), job=None, find=find)
    assert [(one.job.title, len(one.plan.applications)) for one in plans] == [("Cook", 200), ("Clerk", 100)]
    log.cases.open("nobody's")
    with pytest.raises(RuleBroken, match="does not say which job “nobody's”"):
        plan_jobs(session, log, default_mapping(), job=None, find=find)


def test_a_case_is_found_by_its_key():
    cases = Cases()
    cases.open("a").candidate = "Amina"
    assert ("a" in cases, "b" in cases, len(cases)) == (True, False, 1)
    assert cases["a"].candidate == "Amina"
    assert cases.open("a").candidate == "Amina"
    with pytest.raises(KeyError):
        cases["b"]
    assert "a" not in cases.without({"a"})
