"""Reports of many moves: shown as they were counted before, and counted anew by a worker meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_application, make_job
from tests.web.conftest import ON_BOTH, sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, olga, rita, words
from tracker import clock
from tracker.cli.kept_reports import count_awaited, renew_kept
from tracker.cli.report_exports import keep_making_exports
from tracker.domain.actors import TeamRole
from tracker.domain.kept_reports import KEPT_FOR, PAUSE, RENEWED_EVERY, UNCLAIMED_AFTER
from tracker.domain.report_outlines import OUTLINES
from tracker.models.jobs import Job, TeamMember
from tracker.models.kept_reports import KeptReport
from tracker.queries.reports import count_outcome

__all__ = ["jobs", "olga", "rita"]
pytestmark = ON_BOTH
KEPT = [name for name, outline in OUTLINES.items() if outline.is_kept]
ADDRESS = "/reports/time-in-stage"


@pytest.fixture
def config(config):
    """Every report is of many moves."""
    return replace(config, most_at_once=0)


@pytest.fixture
def passes(monkeypatch):
    """Lets time go by."""

    def by(**much):
        now = clock.now() + timedelta(**much)
        monkeypatch.setattr(clock, "now", lambda: now)

    return by


def kept(database):
    with database.reading() as session:
        return session.scalars(select(KeptReport).order_by(KeptReport.id)).all()


def move(database, jobs):
    with database.writing() as session:
        make_application(session, session.get_one(Job, jobs["clerk"]))


@pytest.mark.parametrize("name", KEPT)
def test_it_is_counted_once_and_has_the_numbers_of_counting_at_once(rita, app, database, config, name):
    answer = rita.get(f"/reports/{name}")
    assert "is being counted" in words(page_of(answer))
    assert answer.headers["Refresh"] == "5", "it looks again without script"
    assert count_awaited(database) == 1
    page = page_of(rita.get(f"/reports/{name}"))
    assert "no move has been made since" in words(page)
    title = OUTLINES[name].title
    app.extensions["tracker"] = (replace(config, most_at_once=10**6), database)
    at_once = page_of(rita.get(f"/reports/{name}"))
    assert "Count anew" not in words(at_once)
    assert lines_of(page, title) == lines_of(at_once, title)
    assert count_awaited(database) == 0


def test_looking_again_by_itself_can_be_stopped(rita):
    answer = rita.get(ADDRESS)
    (stop,) = [a.get("href") for a in page_of(answer).findall(".//a") if words(a) == "Stop looking"]
    still = rita.get(stop)
    assert "Refresh" not in still.headers
    assert "is being counted" in words(page_of(still))


def test_after_a_move_the_page_says_so_and_is_counted_anew(rita, jobs, database, passes):
    rita.get(ADDRESS)
    count_awaited(database)
    before = lines_of(page_of(rita.get(ADDRESS)), "Time in stage")
    move(database, jobs)
    passes(seconds=PAUSE.total_seconds() + 1)
    page = page_of(rita.get(ADDRESS))
    assert "1 move has been made since" in words(page)
    assert "is being counted anew" in words(page)
    assert lines_of(page, "Time in stage") == before
    assert count_awaited(database) == 1
    page = page_of(rita.get(ADDRESS))
    assert "no move has been made since" in words(page)
    assert lines_of(page, "Time in stage") != before


def test_it_is_counted_anew_when_somebody_presses(rita, jobs, database):
    rita.get(f"{ADDRESS}?from=2026-01-01")
    count_awaited(database)
    move(database, jobs)
    page = page_of(rita.get(f"{ADDRESS}?from=2026-01-01"))
    assert count_awaited(database) == 0, "it rests"
    (form,) = [f for f in page.findall(".//form") if "anew" in f.get("action", "")]
    answer = rita.send(form.get("action"))
    assert (answer.status_code, answer.location) == (303, f"{ADDRESS}?from=2026-01-01")
    assert count_awaited(database) == 1
    assert len(kept(database)) == 1


def test_another_sight_is_another_answer(rita, app, jobs, people, database):
    rita.get(ADDRESS)
    count_awaited(database)
    hank = sign_in(app.test_client(), "hank")
    assert "is being counted" in words(page_of(hank.get(ADDRESS)))
    count_awaited(database)
    own = lines_of(page_of(hank.get(ADDRESS)), "Time in stage")
    assert own != lines_of(page_of(rita.get(ADDRESS)), "Time in stage")
    olga = sign_in(app.test_client(), "olga")
    assert lines_of(page_of(olga.get(ADDRESS)), "Time in stage") == lines_of(
        page_of(rita.get(ADDRESS)), "Time in stage"
    )
    with database.writing() as session:
        session.add(TeamMember(job_id=jobs["other"], user_id=people["hank"], role=TeamRole.HIRING_MANAGER))
    assert "is being counted" in words(page_of(hank.get(ADDRESS))), "he sees more than was counted for him"


def test_who_may_not_read_it_is_refused_before_anything_kept_is_shown(rita, app, people, database):
    rita.get(ADDRESS)
    count_awaited(database)
    ines = sign_in(app.test_client(), "ines")
    assert ines.get(ADDRESS).status_code == 403
    assert ines.send(f"{ADDRESS}/anew").status_code == 403
    hank = sign_in(app.test_client(), "hank")
    with database.writing() as session:
        session.execute(TeamMember.__table__.delete())
    assert hank.get(ADDRESS).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("time-in-stage/anew?job=999", 422),
        ("time-in-stage/anew?from=tomorrow", 422),
        ("forecast/anew?from=2026-01-01", 422),
        ("pipeline/anew", 404),
        ("adverse-impact/anew", 404),
        ("gossip/anew", 404),
    ],
)
def test_what_cannot_be_counted_is_answered_at_once(olga, database, address, status):
    assert olga.send(f"/reports/{address}").status_code == status
    assert kept(database) == []


@pytest.mark.parametrize("name", ["adverse-impact", "applicant-flow", "interviewers", "pipeline", "ageing"])
def test_other_reports_are_counted_at_once_and_never_kept(olga, database, name):
    assert "Refresh" not in olga.get(f"/reports/{name}").headers
    assert kept(database) == []


def test_files_comparing_and_windows_before_are_counted_at_once(rita, database):
    assert rita.get(f"{ADDRESS}/export?format=csv").status_code == 200
    for asked in ("compared=1", "from=2026-03-02&with_before=1", "at_once=1"):
        answer = rita.get(f"{ADDRESS}?{asked}")
        assert "Refresh" not in answer.headers
        assert lines_of(page_of(answer), "Time in stage")
    assert kept(database) == []


def test_where_no_worker_runs_it_can_be_had_at_once(rita, database, passes):
    rita.get(ADDRESS)
    passes(seconds=UNCLAIMED_AFTER.total_seconds())
    page = page_of(rita.get(ADDRESS))
    assert "Nobody has begun yet" in words(page)
    (link,) = [a.get("href") for a in page.findall(".//a") if words(a) == "Count it while I wait"]
    assert lines_of(page_of(rita.get(link)), "Time in stage")


def test_one_that_cannot_be_counted_is_told_and_tried_once_more(rita, database, monkeypatch):
    rita.get(ADDRESS)

    def broken(*_):
        raise ArithmeticError("no")

    monkeypatch.setattr("tracker.cli.kept_reports.count_outcome", broken)
    assert count_awaited(database) == 0
    answer = rita.get(ADDRESS)
    assert "could not be counted" in words(page_of(answer))
    assert "Refresh" not in answer.headers
    monkeypatch.undo()
    assert rita.send(f"{ADDRESS}/anew").status_code == 303
    assert count_awaited(database) == 1


def test_the_worker_counts_renews_and_forgets(rita, jobs, database, config, passes):
    rita.get(ADDRESS)

    class Soon:
        looks = 0

        def is_set(self):
            self.looks += 1
            return self.looks > 1

        def wait(self, _):
            return None

    keep_making_exports(config, database, Soon())
    (one,) = kept(database)
    assert one.told is not None
    passes(seconds=RENEWED_EVERY.total_seconds() + 1)
    assert renew_kept(database) == 0, "nothing has changed"
    move(database, jobs)
    assert renew_kept(database) == 1
    assert count_awaited(database) == 1
    passes(seconds=KEPT_FOR.total_seconds() + 1)
    renew_kept(database)
    assert kept(database) == []


def test_what_comes_while_it_is_counted_makes_it_out_of_date(rita, jobs, database, monkeypatch):
    rita.get(ADDRESS)

    def and_then_a_move(*asked):
        found = count_outcome(*asked)
        move(database, jobs)
        return found

    monkeypatch.setattr("tracker.cli.kept_reports.count_outcome", and_then_a_move)
    count_awaited(database)
    assert "1 move has been made since" in words(page_of(rita.get(ADDRESS)))


def test_two_who_ask_at_once_make_one_counting(rita, app, database):
    for client in (rita, sign_in(app.test_client(), "olga")):
        client.get(ADDRESS)
    assert count_awaited(database) == 1


def test_a_reader_of_a_kept_answer_writes_nothing(rita, database):
    rita.get(ADDRESS)
    count_awaited(database)
    before = kept(database)[0].asked_at
    rita.get(ADDRESS)
    assert kept(database)[0].asked_at == before


def test_a_forecast_of_many_jobs_comes_in_parts(rita, app, database, config):
    with database.writing() as session:
        for number in range(85):
            make_job(session, title=f"Job {number:03}")
    rita.get("/reports/forecast")
    count_awaited(database)
    seen = []
    address = "/reports/forecast"
    for left in ("And 47 more jobs", "And 7 more jobs", None):
        answer = rita.get(address)
        assert len(answer.data) < 100_000
        page = page_of(answer)
        seen += [line[0] for line in lines_of(page, "Forecast")]
        links = {words(a): a.get("href") for a in page.findall(".//a")}
        address = links.get(left)
    with database.reading() as session:
        number = session.scalar(select(func.count()).select_from(Job).where(Job.status == "open"))
    assert (len(seen), len(set(seen))) == (4 * number, number)
    for odd in ("0", "99", "-1", "x"):
        assert rita.get(f"/reports/forecast?part={odd}").status_code == 200
