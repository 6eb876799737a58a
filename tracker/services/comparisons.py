"""Opening the comparison of a job's candidates: it reads others' cards, so it leaves its rows."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.models.jobs import Job
from tracker.models.scorecards import Scorecard
from tracker.queries.comparisons import JobComparison, job_comparison
from tracker.services.audit import record
from tracker.services.card_reads import note_first_reads
from tracker.services.permits import require

PLACE = "comparison"


def read_comparison(session: Session, job: Job, *, is_active_only: bool, actor: Actor) -> JobComparison:
    """Compare the candidates of a job, and note which cards of others went into it.

    A card that its reader writes later on one of these applications is no longer independent, so each card
    is noted the first time; every opening is in the audit log. Raises NotPermitted.
    """
    require(actor, Permission.DEBRIEF_READ, Subject(job_id=job.id))
    comparison = job_comparison(session, job, is_active_only=is_active_only, actor=actor)
    others = [card for card in comparison.cards if card.interviewer_id != actor.id]
    if others:
        opened = Scorecard.id.in_([card.id for card in others])
        note_first_reads(session, opened, place=PLACE, actor=actor)
        record(session, "scorecard:compare", job, actor=actor, cards=len(others))
        session.flush()
    return comparison
