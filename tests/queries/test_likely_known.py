"""Who of a list may be kept already is told by name and phone number, to who may read all contacts."""

import pytest

from tests.factories import make_actor, make_application, make_job
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.candidate_files import CandidateLine
from tracker.queries.candidates import search
from tracker.queries.likely_known import likely_known
from tracker.services.candidates import CandidateDetails, add_candidate


def line(number, name, email, phone=""):
    return CandidateLine(number, name, email, phone, "", "")


@pytest.fixture
def kept(session):
    details = CandidateDetails("Zoë Lee", "zoe@old.example", "+44 20 7946 0958")
    return add_candidate(session, details, actor=SYSTEM)


@pytest.mark.parametrize(
    ("name", "email", "phone", "reason"),
    [
        ("ZOE LEE", "zoe@new.example", "", "Same name"),
        ("Z. Lee", "zoe@new.example", "0044 20 7946 0958", "Same phone number"),
        ("Zoë Lee", "zoe@old.example", "", None),
        ("Zoë Leeds", "zoe@new.example", "7946 0958", None),
    ],
)
def test_likeness_is_by_name_or_number_where_the_address_is_new(session, kept, name, email, phone, reason):
    recruiter = make_actor(session, Role.RECRUITER)
    found = likely_known(session, recruiter, [line(2, name, email, phone)])
    assert [(one.candidate_id, one.reason) for one in found] == ([(kept.id, reason)] if reason else [])


def test_who_reads_no_contacts_is_told_nothing(session, kept):
    job = make_job(session)
    make_application(session, job, candidate=kept)
    manager = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    assert search(session, manager, "Lee").candidates == (kept,), "of the manager's own job"
    assert likely_known(session, manager, [line(2, "Zoë Lee", "zoe@new.example")]) == ()


def test_long_lists_are_asked_in_parts(session, kept):
    recruiter = make_actor(session, Role.RECRUITER)
    lines = [line(n, f"Person {n}", f"p{n}@new.example", f"555 01{n:04}") for n in range(2, 402)]
    found = likely_known(session, recruiter, [*lines, line(402, "Zoe Lee", "z@new.example", "555 99999")])
    assert [one.number for one in found] == [402]
