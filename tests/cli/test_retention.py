"""Whose records are due, and erasing them, on the command line."""

from datetime import timedelta

import pytest

from tests.factories import make_application, make_job
from tests.histories import write_history
from tracker import clock
from tracker.domain.stages import Outcome, Stage
from tracker.models.candidates import Candidate


@pytest.fixture
def amina(sqlite_database, monkeypatch):
    with sqlite_database.writing() as session:
        job = make_job(session, jurisdiction="US")
        written = write_history(
            session, job, (0, Stage.APPLICATION, Outcome.ACTIVE), (1, Stage.APPLICATION, Outcome.REJECTED)
        )
        make_application(session, job)
        number = written.application.candidate_id
    now = clock.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(clock, "now", lambda: now)
    return number


def test_due_names_the_rule_and_counts_who_stays(call, amina):
    result = call("retention", "due")
    assert f"candidate {amina}: due since 2028-03-02, by 29 CFR 1602.14" in result.stdout
    assert "1 due, 1 stay." in result.stdout
    assert "An application is still open: 1" in result.stdout
    assert "Amina" not in result.stdout


def test_a_purge_is_a_dry_run_first(call, sqlite_database, amina):
    result = call("retention", "purge")
    assert result.stdout == "1 would be erased, 1 stay. Nothing was changed.\n"
    with sqlite_database.reading() as session:
        assert session.get_one(Candidate, amina).name == "Amina Yusuf"
    result = call("retention", "purge", "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 erased")
    with sqlite_database.reading() as session:
        assert session.get_one(Candidate, amina).name == "Erased"
    assert call("retention", "purge", "--yes").stdout.startswith("0 erased")
    assert call("history", "verify").exit_code == 0


def test_only_hr_and_the_system_may(call, amina):
    call(
        "users",
        "add",
        "rita@example.org",
        "--name",
        "Rita",
        "--role",
        "recruiter",
        "--password-stdin",
        input="a long enough one\n",
    )
    result = call("retention", "purge", "--as", "rita@example.org")
    assert result.exit_code == 1
    assert "may not" in result.stderr
