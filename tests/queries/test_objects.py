"""Objects of prepared statements are those that the session would have given."""

import pytest
from sqlalchemy import inspect, select, text

from tests.factories import make_application, make_candidate, make_job
from tracker import clock
from tracker.domain.stages import JobStatus
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.submissions import Submission
from tracker.queries.objects import fetch, refetch
from tracker.services.rows import write_new, write_row


@pytest.fixture
def job(session):
    made = make_job(session)
    session.flush()
    return made


def values_of(row):
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}


def test_a_row_is_fetched_as_the_session_loads_it_and_only_once(session, job):
    number, kept = job.id, values_of(job)
    session.expunge_all()
    found = fetch(session, Job, number)
    assert values_of(found) == kept
    assert not inspect(found).modified
    assert fetch(session, Job, number) is found is session.get(Job, number)
    assert fetch(session, Job, 999_999) is None


def test_a_key_of_several_columns_finds_its_row(session):
    sent = {"actor": "candidate", "key": "k", "body_hash": "h", "result": {"a": [1]}, "at": clock.now()}
    write_row(session, Submission, sent)
    assert fetch(session, Submission, "candidate", "k").result == {"a": [1]}
    assert fetch(session, Submission, "candidate", "other") is None


@pytest.mark.parametrize("locks", [False, True])
def test_a_known_row_is_read_anew(session, job, locks):
    session.execute(text("UPDATE jobs SET title = 'Another', status = 'on_hold'"))
    assert job.title != "Another"
    refetch(session, job, locks=locks)
    assert (job.title, job.status) == ("Another", JobStatus.ON_HOLD)
    assert not session.dirty


def test_what_is_set_and_not_yet_sent_is_sent_before_it_is_read_anew(session, job):
    job.title = "Set just now"
    refetch(session, job)
    assert job.title == "Set just now"


def test_a_row_that_is_gone_cannot_be_read_anew(session):
    sent = {"actor": "candidate", "key": "k", "body_hash": "h", "result": {}, "at": clock.now()}
    write_row(session, Submission, sent)
    known = fetch(session, Submission, "candidate", "k")
    session.execute(text("DELETE FROM submissions"))
    with pytest.raises(LookupError):
        refetch(session, known)


def test_what_is_written_new_has_its_number_and_all_its_columns(session, job):
    person = make_candidate(session, "Amina Yusuf")
    application = make_application(session, job, candidate=person)
    kept = {
        "name": "Bruno",
        "sort_name": "bruno",
        "search_text": "bruno",
        "is_internal": False,
        "created_at": clock.now(),
    }
    made = write_new(session, Candidate, kept)
    assert made.id > person.id
    assert made.email is None
    assert made.merged_into_id is None
    session.expunge_all()
    assert session.scalar(select(Candidate).where(Candidate.name == "Bruno")).id == made.id
    assert application.id
