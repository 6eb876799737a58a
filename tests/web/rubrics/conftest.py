"""A job of Hank's with a framework and a generated draft."""

import pytest

from tests.factories import join_team, make_job
from tests.interviewing import CLERKS, SEED
from tests.web.rubrics.asking import draft_for
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.models.users import User
from tracker.services.frameworks import import_framework

People = dict[str, int]


@pytest.fixture
def job_id(database: Database, people: People) -> int:
    """A job of Hank's, on whose team Ines interviews."""
    with database.writing() as session:
        job = make_job(session, soc=CLERKS.soc, jurisdiction="us")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        join_team(session, job, session.get_one(User, people["ines"]), TeamRole.INTERVIEWER)
        return job.id


@pytest.fixture
def framework_id(database: Database) -> int:
    with database.writing() as session:
        return import_framework(session, SEED.read_bytes(), actor=SYSTEM).id


@pytest.fixture
def draft_id(database: Database, people: People, job_id: int, framework_id: int) -> int:
    return draft_for(database, people, job_id, framework_id)
