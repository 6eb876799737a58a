"""Three candidates for tests of pages: on a manager's job, on it without an interview, and on another job."""

from typing import Any

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import publish_rubric, schedule
from tests.web.pages import page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.services.candidates import CandidateDetails, add_candidate

CANARY = "Zyxcanary"


def make_known(database: Database, people: dict[str, int]) -> dict[str, int]:
    """Amina on Hank's job with Ines on her panel, Bruno on it without, and a canary on another job."""
    with database.writing() as session:
        own, other = make_job(session, title="Order clerk, Leeds"), make_job(session, title=f"{CANARY} job")
        join_team(session, own, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, own)
        amina = add_candidate(
            session, CandidateDetails("Amina Yusuf", "amina@corp.example", "+44 20 7946 0958"), actor=SYSTEM
        )
        bruno = add_candidate(session, CandidateDetails("Bruno Maier", "bruno@corp.example"), actor=SYSTEM)
        canary = add_candidate(
            session,
            CandidateDetails(f"{CANARY} Person", f"{CANARY}@corp.example", "+44 20 7946 0111"),
            actor=SYSTEM,
        )
        first = make_application(session, own, candidate=amina, stage=Stage.INTERVIEW)
        make_application(session, own, candidate=bruno)
        hidden = make_application(session, other, candidate=canary)
        hidden.source = "referral"
        # Amina stands on the other job too, which only recruiting may know.
        also = make_application(session, other, candidate=amina)
        also.source = "agency"
        ines = actor_of(session, session.get_one(User, people["ines"]))
        schedule(session, first, ines, actor=SYSTEM)
        return {
            "job": own.id,
            "other_job": other.id,
            "amina": amina.id,
            "bruno": bruno.id,
            "canary": canary.id,
            "application": first.id,
            "also": also.id,
        }


def names_on(response: Any) -> list[str]:
    """The names in the list of candidates, in their order."""
    rows = page_of(response).findall(".//main//tbody/tr")
    return ["".join(row.find("td").find("a").itertext()).strip() for row in rows]


def text_of(response: Any) -> str:
    return " ".join("".join(page_of(response).itertext()).split())
