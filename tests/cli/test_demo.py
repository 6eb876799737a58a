"""The demonstration: an empty home filled once, the same for the same seed."""

import random
from datetime import UTC, datetime

from sqlalchemy import func, select

from tracker.cli.demo_people import make_cases
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.users import User
from tracker.queries.history import verify_history

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_demo_fills_an_empty_home(call, sqlite_database):
    result = call("demo", "--candidates", "60")
    assert result.exit_code == 0, result.stderr
    with sqlite_database.reading() as session:
        assert session.scalars(select(User.name).order_by(User.email)).all()[0].startswith("Hank")
        assert session.scalar(select(func.count()).select_from(Application)) == 60
        assert session.scalar(select(func.count()).select_from(Rubric)) == 3
        assert all(job.rounds and job.rubric_id for job in session.scalars(select(Job)))
        assert verify_history(session)[2] is None


def test_a_home_with_people_is_left_alone(call, sqlite_database):
    call(
        "users",
        "add",
        "x@example.org",
        "--name",
        "X",
        "--role",
        "hr",
        "--password-stdin",
        input="four words in\n",
    )
    result = call("demo")
    assert result.exit_code == 1
    assert "has people in it" in result.stderr
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0


def test_the_same_seed_makes_the_same_people():
    first, second, other = (
        list(make_cases(20, random.Random(seed), NOW, ["Order clerk"])) for seed in (1, 1, 2)
    )
    assert first == second
    assert first != other


def test_made_up_histories_never_reach_beyond_now():
    cases = list(make_cases(300, random.Random(1), NOW, ["Order clerk"]))
    assert all(event.at <= NOW for case in cases for event in case.events)
    assert len({case.email for case in cases}) == 300


def test_every_stage_has_somebody_active(call, sqlite_database):
    call("demo")
    with sqlite_database.reading() as session:
        active = select(Application.stage).where(Application.outcome == Outcome.ACTIVE).distinct()
        assert set(session.scalars(active)) == set(Stage)
