"""Frameworks come in once per content, and newer content changes nothing that is live."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_job
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.frameworks import FrameworkRefused, parse_framework
from tracker.domain.jobs import JobDetails
from tracker.models.frameworks import FrameworkRow
from tracker.queries.frameworks import (
    framework_versions,
    list_frameworks,
    newest_framework,
    read_framework,
)
from tracker.services import jobs
from tracker.services.frameworks import import_framework

FOLDER = Path(__file__).parents[1] / "domain" / "frameworks"
NURSES = (FOLDER / "registered_nurses.json").read_bytes()
COOKS = (FOLDER / "restaurant_cooks.json").read_bytes()


def changed(data, place, **values):
    document = json.loads(data)
    document[place].update(values)
    return json.dumps(document).encode()


def test_the_same_content_twice_is_one_framework(session):
    row = import_framework(session, NURSES, actor=SYSTEM)
    reordered = json.dumps(dict(reversed(json.loads(NURSES).items())), indent=7).encode()
    assert import_framework(session, NURSES, actor=SYSTEM) is row
    assert import_framework(session, reordered, actor=SYSTEM) is row
    assert read_framework(row) == parse_framework(NURSES)


def test_a_newer_version_stands_beside_the_older_and_is_listed(session):
    old = import_framework(session, NURSES, actor=SYSTEM)
    job = jobs.create_job(session, JobDetails("Nurse", soc=old.soc), actor=SYSTEM)
    new = import_framework(session, changed(NURSES, "framework", version="9.9"), actor=SYSTEM)
    cooks = import_framework(session, COOKS, actor=SYSTEM)
    assert framework_versions(session, old.soc) == [new, old]
    assert newest_framework(session, old.soc) is new
    listed = [row for row in list_frameworks(session) if row in (old, new, cooks)]
    assert listed == sorted([new, cooks], key=lambda row: row.title)
    jobs.edit_job(session, job, jobs.details_of(job), version=1, actor=SYSTEM)
    assert job.framework_id == old.id


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        NURSES[:-20],
        changed(NURSES, "occupation", soc="1" * 21),
        changed(NURSES, "occupation", title="x" * 301),
        changed(NURSES, "framework", version="1" * 61),
        changed(NURSES, "framework", levels={}),
    ],
)
def test_a_framework_that_cannot_be_taken_leaves_nothing(session, data):
    before = session.scalar(select(func.count()).select_from(FrameworkRow))
    with pytest.raises(FrameworkRefused) as refused:
        import_framework(session, data, actor=SYSTEM)
    assert refused.value.field == "file"
    assert session.scalar(select(func.count()).select_from(FrameworkRow)) == before


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.INTERVIEWER])
def test_only_hr_and_managers_import_frameworks(session, role):
    with pytest.raises(NotPermitted):
        import_framework(session, NURSES, actor=make_actor(session, role))


def test_an_unknown_occupation_has_no_framework(session):
    assert newest_framework(session, "00-0000.00") is None
    assert make_job(session).framework_id is None
