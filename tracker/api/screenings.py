"""Screening by API: the résumé review, and the call or its waiver."""

from flask import Blueprint

from tracker.api.contracts import answers, body_of
from tracker.api.loading import load_application, renamed
from tracker.api.shapes.records import (
    ResumeReviewBody,
    ResumeReviewShape,
    ScreeningBody,
    ScreeningCallBody,
    ScreeningCallShape,
    ScreeningShape,
)
from tracker.domain.permissions import Permission
from tracker.models.applications import Application
from tracker.models.screenings import CallResult, ResumeReview
from tracker.queries.screenings import calls_of, reviews_of
from tracker.services.screenings import record_resume_review, record_screening_call, waive_screening_call
from tracker.web.access import current_actor, requires
from tracker.web.transaction import db_session

bp = Blueprint("api_screenings", __name__, url_prefix="/api/v1/applications/<int:application_id>/screening")


@bp.put("")
@requires(Permission.SCREENING_RECORD, writes=True)
@answers(ScreeningShape, "Keep how the résumé and the screening call went.", body=ScreeningBody)
def record(application_id: int) -> ScreeningShape:
    application = load_application(application_id, Permission.SCREENING_RECORD)
    given = body_of(ScreeningBody)
    if given.resume_review is not None:
        _review(application, given.resume_review)
    if given.call is not None:
        _call(application, given.call)
    return _screening(application)


def _review(application: Application, given: ResumeReviewBody) -> None:
    fields = {name: f"resume_review.{name}" for name in ("reason", "qualifications")}
    with renamed(fields):
        record_resume_review(db_session(), application, **given.model_dump(), actor=current_actor())


def _call(application: Application, given: ScreeningCallBody) -> None:
    session, actor = db_session(), current_actor()
    with renamed({name: f"call.{name}" for name in ("reason", "result", "notes")}):
        if given.result is None:
            waive_screening_call(session, application, reason=given.reason or "", actor=actor)
        else:
            record_screening_call(session, application, result=given.result, notes=given.notes, actor=actor)


def _screening(application: Application) -> ScreeningShape:
    review = next(iter(reviews_of(db_session(), application.id)), None)
    call = next(iter(calls_of(db_session(), application.id)), None)
    return ScreeningShape(
        resume_review=ResumeReviewShape(
            passed=review.passed,
            reason=review.reason,
            qualifications=_minimum(review),
            at=review.at,
        )
        if review
        else None,
        call=ScreeningCallShape(
            result=call.result,
            waived=call.result is CallResult.WAIVED,
            notes=call.notes,
            reason=call.waived_reason,
            at=call.at,
        )
        if call
        else None,
    )


def _minimum(review: ResumeReview) -> dict[str, bool]:
    """The minimum qualifications that are met or not; those that cannot be told are left out."""
    told = [row for row in review.qualifications if row["is_met"] is not None and not row.get("is_preferred")]
    return {row["qualification"]: row["is_met"] for row in told}
