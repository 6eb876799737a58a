"""Screening: the résumé review against the minimum qualifications, and the call or its waiver."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.screening_points import RatedPoint, check_rated
from tracker.domain.stages import Stage
from tracker.domain.texts import written, written_or_none
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.screenings import CallResult, ResumeReview, ScreeningCall
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage


def record_resume_review(
    session: Session,
    application: Application,
    *,
    passed: bool,
    reason: str | None = None,
    qualifications: Mapping[str, bool] | None = None,
    actor: Actor,
) -> ResumeReview:
    """Keep whether the résumé meets the minimum qualifications; `qualifications` says of each if it is met.

    Raises RuleBroken at `qualifications` for one that the job does not ask for or a pass in spite of one not
    met, and at `reason` for a review not passed without a reason.
    """
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    locked = lock_in_stage(session, application.id, {Stage.SCREENING}, "A résumé review")
    given = _checked_qualifications(session.get_one(Job, locked.job_id), qualifications or {}, passed)
    if passed:
        kept = written_or_none(reason, field="reason")
    else:
        kept = written(reason, "Say why the résumé does not pass.")
    return add_review(session, locked, passed=passed, reason=kept, qualifications=given, actor=actor)


def add_review(
    session: Session,
    locked: Application,
    *,
    passed: bool,
    reason: str | None,
    qualifications: list[dict[str, object]],
    actor: Actor,
) -> ResumeReview:
    """Put a review that was checked on record of an application that is locked."""
    review = ResumeReview(
        application_id=locked.id,
        passed=passed,
        reason=reason,
        qualifications=qualifications,
        reviewer_id=actor.id,
        at=clock.now(),
    )
    session.add(review)
    session.flush()
    record(session, "resume_review:record", review, actor=actor, passed=passed)
    return review


def _checked_qualifications(job: Job, given: Mapping[str, bool], passed: bool) -> list[dict[str, object]]:
    if set(given) - set(job.minimum_qualifications):
        raise RuleBroken("The job does not ask for this qualification.", field="qualifications")
    if passed and not all(given.values()):
        raise RuleBroken(
            "A résumé that misses a minimum qualification does not pass.", field="qualifications"
        )
    return [{"qualification": q, "is_met": given[q]} for q in job.minimum_qualifications if q in given]


def record_screening_call(
    session: Session,
    application: Application,
    *,
    result: CallResult,
    notes: str | None = None,
    rated: Sequence[RatedPoint] | None = None,
    actor: Actor,
) -> ScreeningCall:
    """Keep how a screening call went; `rated` says it of each point that the job's calls are scored on.

    Without `rated` the call is kept with its result alone, and so is one that reached nobody. Raises
    RuleBroken for a waiver, which has its own reason, and at the key of a point without rating or evidence.
    """
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    if result is CallResult.WAIVED:
        raise RuleBroken("Waive the call with a reason instead.", field="result")
    kept = written_or_none(notes, field="notes")
    points = None
    if rated is not None and result is not CallResult.NOT_REACHED:
        # The job says what is asked now: whoever opened the form before a change is told at the point.
        points = check_rated(rated, session.get_one(Job, application.job_id).screening_points or ())
    return _add_call(session, application, result, notes=kept, points=points, actor=actor)


def waive_screening_call(
    session: Session, application: Application, *, reason: str, actor: Actor
) -> ScreeningCall:
    """Go without a screening call, for a reason that is kept. Raises RuleBroken at `reason` without one."""
    require(actor, Permission.SCREENING_RECORD, Subject(job_id=application.job_id))
    kept = written(reason, "Say why the screening call is waived.")
    return _add_call(session, application, CallResult.WAIVED, waived_reason=kept, actor=actor)


def _add_call(
    session: Session,
    application: Application,
    result: CallResult,
    *,
    notes: str | None = None,
    waived_reason: str | None = None,
    points: list[dict[str, str]] | None = None,
    actor: Actor,
) -> ScreeningCall:
    locked = lock_in_stage(session, application.id, {Stage.SCREENING}, "A screening call")
    call = ScreeningCall(
        application_id=locked.id,
        result=result,
        notes=notes,
        waived_reason=waived_reason,
        points=points or None,
        caller_id=actor.id,
        at=clock.now(),
    )
    session.add(call)
    session.flush()
    record(session, "screening_call:record", call, actor=actor, result=result.value)
    return call
