"""A scene of blind scoring: a panel that owes its cards, what others wrote, and who must not read it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import plan_rounds, publish_rubric, schedule
from tests.web.conftest import PASSWORD
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.scorecards import Rating, Recommendation
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.debriefs import DebriefDecision
from tracker.models.references import Reference
from tracker.models.users import User
from tracker.queries.interviews import sessions_of
from tracker.services.candidate_access import issue_link
from tracker.services.debriefs import decide_debrief
from tracker.services.mails import LINK_PATH, REFEREE_PATH
from tracker.services.referee_access import issue_referee_link
from tracker.services.scorecards import amend_scorecard, save_draft, submit_scorecard
from tracker.services.users import add_user

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CANARIES = {"evidence": "Zanzibarevidence", "summary": "Zanzibarsummary"}
AMENDED = {"evidence": "Zanzibarsecond", "summary": "Zanzibaragain", "reason": "Zanzibarreason"}
DRAFTED = {"evidence": "Zanzibardraft", "summary": "Zanzibarunsaid"}
DECIDED = "Zanzibardecision"
EVERY_CANARY = (*CANARIES.values(), *AMENDED.values(), *DRAFTED.values(), DECIDED)
OWING = ["hank", "olga", "rita", "ivan"]
OUTSIDERS = ["sam", "nora"]
FROM_OUTSIDE = ["candidate", "referee"]


@dataclass(frozen=True)
class Scene:
    """A tracker to be copied: the application whose first session has a panel of six, all cards due.

    `links` bring the people from outside in, once in each copy.
    """

    path: Path
    application_id: int
    people: dict[str, int]
    links: dict[str, str]


def lay_scene(database: Database, people: dict[str, int]) -> Scene:
    with database.writing() as session:
        more = dict.fromkeys(("ivan", "nora", "dora"), Role.INTERVIEWER)
        more |= dict.fromkeys(("sam", "gwen"), Role.HIRING_MANAGER)
        for name, role in more.items():
            values = {"email": f"{name}@example.org", "name": name.title(), "password": PASSWORD}
            people[name] = add_user(session, roles=[role], actor=SYSTEM, **values).id
        users = {name: session.get_one(User, user_id) for name, user_id in people.items()}
        job, elsewhere = make_job(session), make_job(session)
        join_team(session, job, users["hank"], TeamRole.HIRING_MANAGER)
        join_team(session, job, users["gwen"], TeamRole.HIRING_MANAGER)
        join_team(session, job, users["rita"], TeamRole.RECRUITER)
        join_team(session, elsewhere, users["sam"], TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        rounds = plan_rounds(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        other = make_application(session, job, stage=Stage.INTERVIEW)
        panel = [actor_of(session, users[name]) for name in ("ines", "dora", *OWING)]
        at = NOW - timedelta(hours=3)
        schedule(
            session, application, *panel, actor=SYSTEM, competencies=rounds[0].competencies, starts_at=at
        )
        schedule(session, other, actor_of(session, users["nora"]), actor=SYSTEM, starts_at=at)
        number = application.id
        links = {
            "candidate": f"{LINK_PATH}{issue_link(session, application.candidate_id)}",
            "referee": f"{REFEREE_PATH}{issue_referee_link(session, _name_referee(session, number))}",
        }
    database.engine.dispose()
    return Scene(Path(str(database.engine.url.database)), number, people, links)


def _name_referee(session: Session, application_id: int) -> int:
    reference = Reference(
        application_id=application_id,
        referee_name="Bela Kiss",
        email="bela@example.org",
        consented_at=NOW,
        recorded_by="system",
        created_at=NOW,
    )
    session.add(reference)
    session.flush()
    return reference.id


def write_canaries(session: Session, scene: Scene) -> None:
    """Ines hands in a card and amends it; Dora drafts hers."""
    interview = sessions_of(session, scene.application_id)[0]

    def words(canaries: dict[str, str], value: int, word: Recommendation) -> dict[str, Any]:
        rated = [Rating(key, value, canaries["evidence"]) for key in interview.competencies]
        return {"ratings": rated, "recommendation": word, "summary": canaries["summary"]}

    ines, dora = (actor_of(session, session.get_one(User, scene.people[name])) for name in ("ines", "dora"))
    given = words(CANARIES, 4, Recommendation.STRONG_YES)
    card = submit_scorecard(session, interview, **given, actor=ines)
    corrected = words(AMENDED, 1, Recommendation.STRONG_NO)
    amend_scorecard(session, card, **corrected, reason=AMENDED["reason"], actor=ines)
    save_draft(session, interview, **words(DRAFTED, 2, Recommendation.NO), actor=dora)


def decide(session: Session, scene: Scene) -> None:
    """Gwen, who sits on no panel, decides after the interviews."""
    gwen = actor_of(session, session.get_one(User, scene.people["gwen"]))
    application = session.get_one(Application, scene.application_id)
    stop = {"decision": DebriefDecision.STOP, "reason": DECIDED, "knows_score": True}
    decide_debrief(session, application, **stop, actor=gwen)
