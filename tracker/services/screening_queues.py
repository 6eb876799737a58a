"""Screening one application of a job's queue: the résumé passes, or the application is rejected with it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest
from tracker.domain.dispositions import DISPOSITION_REASONS
from tracker.domain.moves import MoveKind
from tracker.domain.permissions import Permission, Subject
from tracker.domain.qualifications import Judged, Verdict, asked_of, check_judged
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.texts import written_or_none
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.screenings import ResumeReview
from tracker.queries.applications import moves_since
from tracker.services.moves import StaleVersion, make_move
from tracker.services.permits import require
from tracker.services.screenings import add_review
from tracker.services.standing import lock_in_stage, lock_known

ABOUT_THE_RESUME = frozenset({"minimum_qualifications", "less_qualified"})
"""Reasons for rejecting that say of the résumé that it does not pass."""


class AlreadyReviewed(RuleBroken):
    """Somebody else reviewed the résumé first; `review` is what they put on record."""

    def __init__(self, review: ResumeReview) -> None:
        super().__init__("The résumé was reviewed since you opened it.")
        self.review = review


def pass_resume(
    session: Session,
    application: Application,
    judged: Sequence[Judged],
    *,
    seen_version: int,
    seen_review_id: int | None,
    actor: Actor,
) -> ResumeReview:
    """Keep that the résumé passes, as the actor saw application and reviews; the same form sent twice is one.

    Raises StaleVersion, AlreadyReviewed, and RuleBroken at the key of a qualification.
    """
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    locked = lock_known(session, application.id)
    if locked.version != seen_version:
        raise StaleVersion(moves_since(session, locked.id, seen_version))
    locked = lock_in_stage(session, application.id, {Stage.SCREENING}, "A résumé review")
    kept = _checked(session, locked, judged, passes=True)
    latest = _latest_review(session, locked)
    if latest is not None and latest.id != seen_review_id:
        if latest.passed and latest.reviewer_id == actor.id and latest.qualifications == kept:
            return latest
        raise AlreadyReviewed(latest)
    return add_review(session, locked, passed=True, reason=None, qualifications=kept, actor=actor)


def reject_at_screening(
    session: Session,
    application: Application,
    judged: Sequence[Judged],
    *,
    disposition: str | None,
    note: str | None = None,
    seen_version: int,
    seen_review_id: int | None,
    actor: Actor,
    idempotency_key: str | None = None,
    mails: bool = True,
) -> Move:
    """Reject an application with a disposition reason; what was said of the résumé goes on record with it.

    Without judgements, and for a reason that is not about the résumé, no review is kept. Raises
    AlreadyReviewed, RuleBroken at `disposition` or the key of a qualification, and what `make_move` raises.
    """
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    request = MoveRequest(MoveKind.REJECT, disposition=disposition, note=note)
    locked = lock_known(session, application.id)
    # A form that is older than the application is answered by the move: as before, or as a conflict.
    if locked.version == seen_version:
        locked = lock_in_stage(session, application.id, {Stage.SCREENING}, "A résumé review")
        _keep_judgements(session, locked, judged, request, seen_review_id, actor)
    return make_move(
        session,
        application.id,
        request,
        actor=actor,
        seen_stage=Stage.SCREENING,
        seen_version=seen_version,
        idempotency_key=idempotency_key,
        mails=mails,
    )


def _keep_judgements(
    session: Session,
    locked: Application,
    judged: Sequence[Judged],
    request: MoveRequest,
    seen_review_id: int | None,
    actor: Actor,
) -> None:
    latest = _latest_review(session, locked)
    if latest is not None and latest.id != seen_review_id:
        raise AlreadyReviewed(latest)
    reason = DISPOSITION_REASONS.get(request.disposition or "")
    kept = _checked(session, locked, judged, passes=False)
    if reason is None or not (kept or reason.key in ABOUT_THE_RESUME):
        return
    if reason.key == "minimum_qualifications":
        _check_miss(session.get_one(Job, locked.job_id), judged)
    said = written_or_none(request.note, field="note") or reason.label
    add_review(session, locked, passed=False, reason=said, qualifications=kept, actor=actor)


def _check_miss(job: Job, judged: Sequence[Judged]) -> None:
    misses = [one for one in judged if one.verdict is Verdict.NOT_MET and not one.asked.is_preferred]
    if job.minimum_qualifications and not misses:
        raise RuleBroken("Mark the minimum qualification that is not met.", field="disposition")


def _checked(
    session: Session, locked: Application, judged: Sequence[Judged], *, passes: bool
) -> list[dict[str, object]]:
    job = session.get_one(Job, locked.job_id)
    asked = asked_of(job.minimum_qualifications, job.preferred_qualifications)
    return check_judged(judged, asked, passes=passes)


def _latest_review(session: Session, locked: Application) -> ResumeReview | None:
    return session.scalar(
        select(ResumeReview)
        .where(ResumeReview.application_id == locked.id)
        .order_by(ResumeReview.id.desc())
        .limit(1)
    )
