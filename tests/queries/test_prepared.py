"""Statements put into words once: what they send and read is what the library would."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, column, func, literal, select, table
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from tests.factories import make_application, make_job
from tracker import clock
from tracker.db import Database
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.outbox import OutboxMessage
from tracker.queries.by_ids import among
from tracker.queries.prepared import prepared
from tracker.services.rows import write_row


@prepared
def of_some():
    """Values of every kind of column, compared with a list, an instant and a constant."""
    return (
        select(
            Application.id,
            Application.stage,
            Application.applied_at,
            Application.transferred_from_id,
            Candidate.is_internal,
            Candidate.profile,
            Job.status,
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(
            among(Application.id),
            Application.applied_at <= bindparam("until"),
            Application.outcome == Outcome.ACTIVE,
        )
        .order_by(Application.id)
    )


@pytest.fixture
def applications(session):
    job = make_job(session)
    made = [make_application(session, job=job) for _ in range(3)]
    made[0].candidate.profile = {"basics": {"name": "Ada 100 % – ?"}}
    session.flush()
    return made


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_lists_of_any_length_are_compared_with(session, applications, number):
    ids = [one.id for one in applications[:number]]
    until = clock.now() + timedelta(days=1)
    expected = session.execute(of_some.statement, {"ids": ids, "until": until}).all() if ids else []
    assert of_some.tuples(session, ids=ids, until=until) == [tuple(row) for row in expected]
    assert len(expected) == number


def test_values_are_read_by_the_types_of_their_columns(session, applications):
    until = clock.now() + timedelta(days=1)
    first, second, _ = of_some.rows(session, ids=[one.id for one in applications], until=until)
    assert first.stage is Stage.APPLICATION
    assert first.status is JobStatus.OPEN
    assert first.applied_at == applications[0].applied_at
    assert first.applied_at.tzinfo is not None
    assert first.is_internal is False
    assert (first.profile, second.profile) == ({"basics": {"name": "Ada 100 % – ?"}}, None)
    assert first.transferred_from_id is None


def test_values_are_written_by_the_types_they_are_compared_with(session, applications):
    ids, first = {one.id for one in applications}, applications[0]
    assert of_some.tuples(session, ids=ids, until=first.applied_at - timedelta(microseconds=1)) == []
    assert of_some.scalar(session, ids=ids, until=first.applied_at) == first.id
    with pytest.raises(ValueError, match="time zone"):
        of_some.tuples(session, ids=ids, until=first.applied_at.replace(tzinfo=None))


def test_what_was_written_before_is_sent_before_it_is_asked(session, applications):
    applications[1].candidate.is_internal = True
    rows = of_some.rows(session, ids=[one.id for one in applications], until=clock.now() + timedelta(days=1))
    assert [row.is_internal for row in rows] == [False, True, False]


def test_a_value_that_is_not_given_is_an_error(session):
    with pytest.raises(KeyError, match="until"):
        of_some.tuples(session, ids=[1])


def test_nothing_found_is_none(session):
    assert of_some.scalar(session, ids=[10**6], until=clock.now()) is None


def test_constants_that_are_rendered_late_are_refused(session):
    late = prepared(lambda: select(Job.id).where(Job.title == literal("x", literal_execute=True)))
    with pytest.raises(ValueError, match="constants"):
        late.tuples(session)


def test_what_a_savepoint_takes_back_was_not_written(session):
    def write(key):
        now = clock.now()
        given = {"key": key, "kind": "digest", "payload": {}, "created_at": now, "not_before": now}
        write_row(session, OutboxMessage, given | {"attempts": 0})

    def written():
        return session.scalars(select(OutboxMessage.key).order_by(OutboxMessage.key)).all()

    write("a")
    with session.begin_nested() as savepoint:
        write("b")
        assert written() == ["a", "b"]
        savepoint.rollback()
    assert written() == ["a"]
    with session.begin_nested():
        write("c")
    assert written() == ["a", "c"]
    with pytest.raises(IntegrityError), session.begin_nested():
        write("c")


def test_what_fails_is_told_as_the_library_tells_it(session):
    wrong = prepared(lambda: select(table("nowhere", column("id"))))
    with pytest.raises(DBAPIError) as told, session.begin_nested():
        wrong.tuples(session)
    with pytest.raises(DBAPIError) as expected, session.begin_nested():
        session.execute(wrong.statement)
    assert type(told.value) is type(expected.value)
    assert str(told.value.orig) == str(expected.value.orig)
    assert not told.value.connection_invalidated


@pytest.mark.postgres
def test_a_connection_that_was_cut_is_given_up(postgres):
    with postgres.fresh_database("migrated") as url:
        database = Database.at(url)
        with database.reading() as session:
            number = session.scalar(select(func.pg_backend_pid()))
            with database.reading() as other:
                other.execute(select(func.pg_terminate_backend(number)))
            with pytest.raises(OperationalError) as told:
                of_some.tuples(session, ids=[1], until=clock.now())
            assert told.value.connection_invalidated
        with database.reading() as session:
            assert of_some.tuples(session, ids=[1], until=clock.now()) == []
        database.engine.dispose()
