"""Rubrics of jobs on the command line: shown, published by a named person, exported in the same bytes."""

import json

import pytest

from tests.factories import join_team, make_actor, make_job, make_user
from tests.interviewing import KEYS, SEED
from tracker.domain.actors import Role, TeamRole
from tracker.domain.frameworks import Level
from tracker.domain.rubrics import rubric_as_document, rubric_from_document
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.services import rubric_edits
from tracker.services.frameworks import import_framework
from tracker.services.rubrics import generate_rubric_draft, source_of


@pytest.fixture
def draft(sqlite_database):
    """The id of a draft of Hank's job, and the addresses of Hank and of Mona, who manages another job."""
    with sqlite_database.writing() as session:
        job = make_job(session, title="Order clerk", jurisdiction="us")
        hank, mona = (make_user(session, name, Role.HIRING_MANAGER) for name in ("Hank", "Mona"))
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        join_team(session, make_job(session), mona, TeamRole.HIRING_MANAGER)
        olga = make_actor(session, Role.HR, name="Olga")
        framework = import_framework(session, SEED.read_bytes(), actor=olga)
        rubric = generate_rubric_draft(session, job, framework, actor=olga)
        return rubric.id, hank.email, mona.email


def stored(database, rubric_id):
    with database.reading() as session:
        return session.get_one(Rubric, rubric_id)


def test_a_draft_is_listed_and_shown_with_what_is_open(call, sqlite_database, draft):
    rubric_id, hank, _ = draft
    assert call("rubrics", "list", "Order clerk").stdout == f"{rubric_id}\t1\tDraft\t0\tOrder Clerks\n"
    with sqlite_database.writing() as session:
        row = session.get_one(Rubric, rubric_id)
        actor = make_actor(session, Role.HR)
        for number, level in enumerate((Level.EMERGING, Level.DEVELOPING, Level.PROFICIENT, Level.ADVANCED)):
            rubric_edits.blank_cell(session, row, KEYS[0], level, edits=number, actor=actor)
    shown = call("rubrics", "show", rubric_id, "--as", hank).stdout
    assert shown.startswith("Order clerk, version 1, draft, 4 edits\n")
    assert "must be settled: Customer complaints has no anchor: give it one or remove it.\n" in shown
    assert "  emerging: –\n" in shown


def test_the_system_publishes_nothing_and_a_person_publishes_by_name(call, sqlite_database, draft):
    rubric_id, hank, _ = draft
    refused = call("rubrics", "publish", rubric_id)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "HR, or the hiring manager of the job" in refused.stderr
    assert stored(sqlite_database, rubric_id).status is RubricStatus.DRAFT
    done = call("rubrics", "publish", rubric_id, "--as", hank)
    row = stored(sqlite_database, rubric_id)
    assert row.status is RubricStatus.PUBLISHED
    assert done.stdout == f"{rubric_id}\tversion 1\tsha256 {row.content_hash}\n"
    again = call("rubrics", "publish", rubric_id, "--as", hank)
    assert (again.exit_code, again.stderr) == (
        1,
        "Error: A published rubric never changes: begin a new version.\n",
    )


def test_a_draft_that_was_edited_since_is_not_published(call, sqlite_database, draft):
    rubric_id, hank, _ = draft
    assert call("rubrics", "publish", rubric_id, "--edits", 1, "--as", hank).exit_code == 1
    assert stored(sqlite_database, rubric_id).status is RubricStatus.DRAFT
    assert call("rubrics", "publish", rubric_id, "--edits", 0, "--as", hank).exit_code == 0


def test_an_export_is_the_document_in_the_same_bytes(call, sqlite_database, draft):
    rubric_id, hank, _ = draft
    first = call("rubrics", "export", rubric_id)
    assert first.stdout == call("rubrics", "export", rubric_id, "--as", hank).stdout
    row = stored(sqlite_database, rubric_id)
    assert json.loads(first.stdout) == rubric_as_document(rubric_from_document(row.content), source_of(row))


@pytest.mark.parametrize("verb", ["show", "publish", "export"])
def test_a_rubric_of_somebody_elses_job_is_as_if_it_were_not_there(call, draft, verb):
    rubric_id, _, mona = draft
    strange, missing = call("rubrics", verb, rubric_id, "--as", mona), call("rubrics", verb, 999)
    assert (strange.exit_code, missing.exit_code) == (1, 1)
    assert strange.stderr == f"Error: There is no rubric {rubric_id}.\n"
    assert missing.stderr == "Error: There is no rubric 999.\n"
    assert call("rubrics", verb, "9" * 30).exit_code == 2
    assert call("rubrics", verb, "one").exit_code == 2
    assert call("rubrics", "list", "Order clerk", "--as", mona).stdout == ""
