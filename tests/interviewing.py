"""People, rubrics, sessions and cards for tests about interviewing; each call makes new ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from tests.factories import AN_INSTANT, make_user
from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.frameworks import parse_framework
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.rubric_documents import Document, document_hash
from tracker.domain.rubrics import generate_rubric, rubric_as_document
from tracker.domain.scorecards import Rating, Recommendation
from tracker.models.applications import Application
from tracker.models.interviews import Interview
from tracker.models.jobs import InterviewRound, Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.models.scorecards import Scorecard
from tracker.services.interviews import schedule_interview
from tracker.services.scorecards import submit_scorecard

SEED = Path(__file__).parents[1] / "seeds" / "frameworks" / "43-4151.00.json"
CLERKS = parse_framework(SEED.read_bytes())
RUBRIC = generate_rubric(CLERKS)
DOCUMENT = rubric_as_document(RUBRIC, CLERKS)
KEYS = [row.key for row in RUBRIC.competencies]


def publish_rubric(session: Session, job: Job, number: int = 1, content: Document = DOCUMENT) -> Rubric:
    rubric = Rubric(
        job_id=job.id,
        number=number,
        title="Order clerks",
        status=RubricStatus.DRAFT,
        content=content,
        created_at=AN_INSTANT,
        created_by="system",
    )
    session.add(rubric)
    session.flush()
    publisher = make_user(session, "Hank")
    rubric.status, rubric.published_at = RubricStatus.PUBLISHED, AN_INSTANT
    rubric.published_by_id = publisher.id
    rubric.content_hash = document_hash(content)
    session.flush()
    return rubric


def plan_rounds(session: Session, job: Job) -> list[InterviewRound]:
    rounds = [
        InterviewRound(
            job_id=job.id,
            position=planned["session"],
            title=f"Round {planned['session']}",
            kind=InterviewKind(planned["kind"]),
            minutes=planned["minutes"],
            competencies=planned["competencies"],
        )
        for planned in DOCUMENT["plan"]
    ]
    session.add_all(rounds)
    session.flush()
    return rounds


def schedule(
    session: Session,
    application: Application,
    *panel: Actor,
    actor: Actor,
    competencies: Sequence[str] = KEYS[:2],
    starts_at: datetime | None = None,
    kind: InterviewKind = InterviewKind.IN_PERSON,
) -> Interview:
    return schedule_interview(
        session,
        application,
        kind=kind,
        starts_at=starts_at or clock.now() - timedelta(hours=2),
        minutes=45,
        panel=[person.id for person in panel if person.id is not None],
        competencies=competencies,
        actor=actor,
    )


def ratings(keys: Sequence[str], value: int | None = 3) -> list[Rating]:
    return [Rating(key, value, "Named each step of the correction.") for key in keys]


def hand_in(session: Session, interview: Interview, actor: Actor, value: int | None = 3) -> Scorecard:
    return submit_scorecard(
        session,
        interview,
        ratings=ratings(interview.competencies, value),
        recommendation=Recommendation.YES,
        actor=actor,
    )
