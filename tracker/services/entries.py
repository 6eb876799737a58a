"""Entering the pipeline: an application is born and makes its first move."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import Edge, MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.queries.merges import active_among
from tracker.queries.objects import refetch
from tracker.services.mails import queue_news
from tracker.services.move_rows import write_move
from tracker.services.people import lock_standing
from tracker.services.rows import write_new


def open_application(
    session: Session,
    job: Job,
    candidate_id: int,
    *,
    actor: Actor,
    source: str,
    consent_notice: str | None = None,
    transferred_from_id: int | None = None,
    at: datetime | None = None,
) -> Application:
    """Begin an application and make its first move.

    Raises RuleBroken if the candidate is active on the job.
    """
    refetch(session, job, locks=True)
    lock_standing(session, candidate_id)
    if job.status is not JobStatus.OPEN:
        raise RuleBroken("This job takes no applications: it is not open.", field="job")
    if active_among(session, [candidate_id], job.id) is not None:
        raise RuleBroken("This candidate already has an active application on this job.", field="email")
    now = clock.now()
    born = {
        "job_id": job.id,
        "candidate_id": candidate_id,
        "source": source,
        "consent_notice": consent_notice,
        "applied_at": at or now,
        "version": 0,
        "transferred_from_id": transferred_from_id,
    }
    application = write_new(session, Application, born)
    edge = Edge(MoveKind.APPLY, None, Stage.APPLICATION, None, Outcome.ACTIVE)
    move = write_move(session, application, edge, MoveRequest(MoveKind.APPLY), actor=actor, at=at or now)
    if transferred_from_id is None:
        queue_news(session, application, move, actor=actor)
    return application
