"""Screening one application: the review of the résumé, and the call or its waiver."""

from typing import Any

from flask import Blueprint, render_template, url_for

from tracker.domain.permissions import Permission
from tracker.domain.qualifications import VERDICT_BADGES, VERDICT_LABELS, verdict_of
from tracker.domain.screening_points import POINT_RATING_BADGES, POINT_RATING_LABELS
from tracker.domain.stages import Stage
from tracker.models.screenings import CALL_RESULT_BADGES, CALL_RESULT_LABELS, CallResult
from tracker.queries.screenings import calls_of, reviews_of
from tracker.services import screenings
from tracker.web.access import current_actor, requires
from tracker.web.forms.records import ReasonForm
from tracker.web.forms.screenings import ResumeReviewForm, ScreeningCallForm
from tracker.web.records import keep, load_application, stands_in
from tracker.web.transaction import db_session

bp = Blueprint("screenings", __name__, url_prefix="/applications/<int:application_id>/screening")


@bp.get("")
@requires(Permission.SCREENING_RECORD)
def show(application_id: int) -> str:
    application = load_application(application_id, Permission.SCREENING_RECORD)
    return render_template(
        "screenings/show.html",
        application=application,
        is_here=stands_in(application, Stage.SCREENING),
        reviews=reviews_of(db_session(), application.id),
        calls=calls_of(db_session(), application.id),
        verdict_of=verdict_of,
        VERDICT_LABELS=VERDICT_LABELS,
        VERDICT_BADGES=VERDICT_BADGES,
        POINT_RATING_LABELS=POINT_RATING_LABELS,
        POINT_RATING_BADGES=POINT_RATING_BADGES,
        CALL_RESULT_LABELS=CALL_RESULT_LABELS,
        CALL_RESULT_BADGES=CALL_RESULT_BADGES,
    )


@bp.route("/review", methods=["GET", "POST"])
@requires(Permission.SCREENING_RECORD, writes=True)
def review(application_id: int) -> Any:
    application = load_application(application_id, Permission.SCREENING_RECORD)
    asked = list(application.job.minimum_qualifications)
    form = ResumeReviewForm()
    form.offer(asked)

    def deed() -> object:
        return screenings.record_resume_review(
            db_session(),
            application,
            passed=form.verdict.data == "passed",
            reason=form.reason.data,
            qualifications=form.answers(asked) if asked else None,
            actor=current_actor(),
        )

    back = url_for(".show", application_id=application_id)
    return keep(application, form, deed, title="Résumé review", said="The review is on record.", back=back)


@bp.route("/call", methods=["GET", "POST"])
@requires(Permission.SCREENING_RECORD, writes=True)
def call(application_id: int) -> Any:
    application = load_application(application_id, Permission.SCREENING_RECORD)
    form = ScreeningCallForm.for_points(application.job.screening_points or ())

    def deed() -> object:
        return screenings.record_screening_call(
            db_session(),
            application,
            result=CallResult(form.result.data),
            notes=form.notes.data,
            rated=form.rated(),
            actor=current_actor(),
        )

    back = url_for(".show", application_id=application_id)
    return keep(
        application,
        form,
        deed,
        title="Screening call",
        said="The call is on record.",
        back=back,
        advice=_to_find_out(application_id),
    )


def _to_find_out(application_id: int) -> str:
    """What the résumé review could not tell, for the call."""
    latest = next(iter(reviews_of(db_session(), application_id)), None)
    open_ = [row for row in latest.qualifications if row["is_met"] is None] if latest else []
    told = "; ".join(" – ".join(filter(None, (r["qualification"], r.get("reason")))) for r in open_)
    return f"To find out, as the résumé does not tell: {told}" if told else ""


@bp.route("/waiver", methods=["GET", "POST"])
@requires(Permission.SCREENING_RECORD, writes=True)
def waive(application_id: int) -> Any:
    application = load_application(application_id, Permission.SCREENING_RECORD)
    form = ReasonForm()

    def deed() -> object:
        return screenings.waive_screening_call(
            db_session(), application, reason=form.reason.data, actor=current_actor()
        )

    return keep(
        application,
        form,
        deed,
        title="Waive the screening call",
        said="The call is waived.",
        back=url_for(".show", application_id=application_id),
        label="Waive the call",
    )
