"""Lines of a list come in with what their columns say, for a job or none, by parts or at once."""

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_job
from tracker.domain.actors import Role
from tracker.domain.candidate_columns import Column
from tracker.domain.candidate_files import CandidateLine
from tracker.domain.deciding import NotPermitted
from tracker.models.applications import Application, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.tags import ApplicationTag
from tracker.queries.list_columns import remembered_columns
from tracker.services.candidate_import import import_lines
from tracker.services.list_columns import remember_columns


def line(number):
    address = f"p{number}@example.org"
    return CandidateLine(
        number, f"Person {number}", address, "", "agency", "", "York", ("night",), "Call first"
    )


def test_everything_of_a_line_is_kept(session):
    recruiter = make_actor(session, Role.RECRUITER)
    report = import_lines(session, make_job(session), [line(2)], [], actor=recruiter)
    assert (report.added, report.present, report.left) == (1, 0, 0)
    assert session.scalars(select(Candidate.location)).all() == ["York"]
    assert session.scalars(select(Application.source)).all() == ["agency"]
    assert session.scalars(select(ApplicationTag.name)).all() == ["night"]
    assert session.scalars(select(ApplicationNote.text)).all() == ["Call first"]


def test_parts_add_up_and_a_list_for_no_job_makes_no_application(session):
    recruiter = make_actor(session, Role.RECRUITER)
    lines = [line(number) for number in range(2, 7)]
    reports = [import_lines(session, None, lines, [], actor=recruiter, most=2) for _ in range(4)]
    assert [(one.added, one.present, one.left) for one in reports] == [
        (2, 0, 3),
        (2, 2, 1),
        (1, 4, 0),
        (0, 5, 0),
    ]
    assert session.scalar(select(func.count()).select_from(Application)) == 0


def test_nobody_imports_for_no_job_without_the_permission(session):
    with pytest.raises(NotPermitted):
        import_lines(session, None, [line(2)], [], actor=make_actor(session, Role.HIRING_MANAGER))


def test_a_later_choice_for_the_same_header_takes_the_place_of_the_earlier(session):
    recruiter, header = make_actor(session, Role.RECRUITER), ("Who", "Where")
    for columns in ((Column.NAME, Column.SOURCE), (Column.NAME, Column.TAGS)):
        remember_columns(session, header, columns, actor=recruiter)
    assert remembered_columns(session, recruiter, header, has_job=True) == (Column.NAME, Column.TAGS)
    assert remembered_columns(session, recruiter, header, has_job=False) == (Column.NAME, None)
    assert remembered_columns(session, recruiter, ("Who",), has_job=True) is None
