"""The words of people that lines and cards were drawn from leave the memory of the process in time."""

from flask import Flask
from flask.testing import FlaskClient

from tests.factories import join_team, make_application, make_candidate, make_job
from tests.web.conftest import sign_in
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.memory import LONGEST
from tracker.models.users import User
from tracker.queries import board, missing
from tracker.web import candidate_lines, cards

NAME = "Quirina Wolkenstein"


def kept_of(database: Database) -> tuple[int, ...]:
    """How much is in each memory: rows of cards, what cards lack, drawn cards, drawn lines."""
    rows = board._kept(database.engine.dialect)._known
    drawn = (one._drawn.cache_info().currsize for one in (cards, candidate_lines))
    return len(rows), len(missing._JUDGED), *drawn


def test_nothing_of_a_person_stays_in_memory_for_longer_than_it_may(
    app: Flask, client: FlaskClient, database: Database, people: dict[str, int]
) -> None:
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        make_application(session, job, candidate=make_candidate(session, NAME))
        number = job.id
    rita = sign_in(client, "rita")  # type: ignore[arg-type]
    assert NAME in rita.get(f"/jobs/{number}").text
    assert NAME in rita.get("/candidates").text
    assert all(kept_of(database))
    with clock.standing_at(clock.now() + LONGEST):
        rita.get("/settings")
    assert not any(kept_of(database))
