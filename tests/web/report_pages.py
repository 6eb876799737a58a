"""Two jobs with histories for tests of report pages, and what such a page shows."""

import pytest

from tests.factories import join_team, make_job
from tests.histories import write_history
from tests.web.conftest import sign_in
from tracker.domain.actors import TeamRole
from tracker.domain.stages import Outcome, Stage
from tracker.models.users import User

ACTIVE, _, REJECTED, _ = Outcome


@pytest.fixture
def jobs(database, people):
    """Two jobs with histories; Hank is the hiring manager of the first."""
    with database.writing() as session:
        clerk, other = make_job(session, title="Clerk"), make_job(session, title="Other")
        join_team(session, clerk, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        for number in range(3):
            write_history(
                session,
                clerk,
                (0, Stage.APPLICATION, ACTIVE),
                (1, Stage.SCREENING, ACTIVE),
                (2 + number, Stage.SCREENING, REJECTED),
                name="=1+1",
            )
        write_history(session, other, (0, Stage.APPLICATION, ACTIVE), name="Amina of the other job")
        return {"clerk": clerk.id, "other": other.id}


@pytest.fixture
def rita(client, jobs):
    return sign_in(client, "rita")


@pytest.fixture
def olga(client, jobs):
    return sign_in(client, "olga")


def words(element):
    return " ".join("".join(element.itertext()).split())


def lines_of(page, caption):
    (table,) = [t for t in page.findall(".//table") if words(t.find("caption")) == caption]
    return [[words(cell) for cell in row] for row in table.find("tbody")]


def links_of(page, caption):
    (table,) = [t for t in page.findall(".//table") if words(t.find("caption")) == caption]
    return [link.get("href") for link in table.findall(".//a")]
