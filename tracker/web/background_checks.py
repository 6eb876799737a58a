"""The background check of one application, step by step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_wtf import FlaskForm

from tracker import clock
from tracker.domain.adverse_notices import notice_in_force
from tracker.domain.background_checks import wait_until, waiting_period
from tracker.domain.notices import NoticeKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application
from tracker.models.references import (
    ASSESSMENT_RESULT_LABELS,
    BACKGROUND_RESULT_LABELS,
    AssessmentResult,
    BackgroundCheck,
    BackgroundResult,
)
from tracker.places import law_of
from tracker.queries.adverse_notices import notice_sent, reports_of, summary_for
from tracker.queries.notices import latest_consent
from tracker.services import background_checks
from tracker.services.adverse_notices import missing_enclosures, words_for
from tracker.web.access import current_actor, requires
from tracker.web.forms.background_checks import (
    AssessmentForm,
    BackgroundResultForm,
    ConsentForm,
    PreAdverseForm,
)
from tracker.web.forms.records import StepForm
from tracker.web.records import keep, load_application, stands_in
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint(
    "background_checks", __name__, url_prefix="/applications/<int:application_id>/background-check"
)


@bp.get("")
@requires(Permission.BACKGROUND_RECORD)
def show(application_id: int) -> str:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    return render_template(
        "background_checks/show.html",
        application=application,
        check=db_session().get(BackgroundCheck, application.id),
        own_answer=latest_consent(
            db_session(), application.candidate_id, NoticeKind.BACKGROUND_CHECK, application.id
        ),
        **_before_adverse(application),
        reports=reports_of(db_session(), application.id),
        is_here=stands_in(application, *background_checks.STAGES),
        may_assess=can(current_actor(), Permission.BACKGROUND_ASSESS, Subject(job_id=application.job_id)),
        AssessmentResult=AssessmentResult,
        BackgroundResult=BackgroundResult,
        ASSESSMENT_RESULT_LABELS=ASSESSMENT_RESULT_LABELS,
        BACKGROUND_RESULT_LABELS=BACKGROUND_RESULT_LABELS,
    )


def _before_adverse(application: Application) -> dict[str, Any]:
    """The notice before an adverse decision as it would go out today, and which time to answer holds."""
    check = db_session().get(BackgroundCheck, application.id)
    if check is None or check.assessment is not AssessmentResult.ADVERSE:
        return {"notice": None, "period": None, "words": "", "last_day": None, "missing": [], "sent": None}
    where = law_of(application.job.jurisdiction)
    sent_on = check.pre_adverse_sent_at.date() if check.pre_adverse_sent_at else clock.today()
    first_day = check.wait_until or wait_until(sent_on, where)
    notice = notice_in_force(where, on=sent_on)
    return {
        "notice": notice,
        "period": waiting_period(where, on=sent_on),
        "words": words_for(db_session(), application, organisation=config().organisation),
        "last_day": first_day - timedelta(days=1),
        "missing": missing_enclosures(db_session(), application),
        "summary": summary_for(db_session(), where) if notice.needs_summary else None,
        "sent": notice_sent(db_session(), application.id),
    }


@bp.route("/disclosure", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_RECORD, writes=True)
def disclose(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    return _keep(application, StepForm(), background_checks.disclose, "Told the candidate of the check")


@bp.route("/consent", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_RECORD, writes=True)
def consent(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    form = ConsentForm()
    return _keep(
        application,
        form,
        background_checks.record_consent,
        "Consent to the check",
        lambda: {"is_given": form.answer.data == "yes"},
    )


@bp.route("/order", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_RECORD, writes=True)
def order(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    return _keep(application, StepForm(), background_checks.order, "The check was ordered")


@bp.route("/result", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_RECORD, writes=True)
def result(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    form = BackgroundResultForm()
    return _keep(
        application,
        form,
        background_checks.record_result,
        "The report",
        lambda: {"result": BackgroundResult(form.result.data)},
    )


@bp.route("/assessment", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_ASSESS, writes=True)
def assess(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_ASSESS)
    form = AssessmentForm()
    return _keep(
        application,
        form,
        background_checks.assess,
        "Individual assessment",
        lambda: {"assessment": AssessmentResult(form.assessment.data), "reason": form.reason.data},
    )


@bp.route("/pre-adverse", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_ASSESS, writes=True)
def send_pre_adverse(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_ASSESS)
    words = words_for(db_session(), application, organisation=config().organisation)
    form = PreAdverseForm(text=words)
    return _keep(
        application,
        form,
        background_checks.send_pre_adverse,
        "Send the pre-adverse notice",
        lambda: {"text": form.text.data or ""},
        label="Send the notice",
    )


@bp.route("/adverse", methods=["GET", "POST"])
@requires(Permission.BACKGROUND_ASSESS, writes=True)
def record_adverse(application_id: int) -> Any:
    application = load_application(application_id, Permission.BACKGROUND_ASSESS)
    return _keep(application, StepForm(), background_checks.record_adverse, "The adverse notice was sent")


def _keep(
    application: Application,
    form: FlaskForm,
    deed: Callable[..., object],
    title: str,
    given: Callable[[], dict[str, Any]] = dict,
    *,
    label: str = "Save",
) -> Any:
    return keep(
        application,
        form,
        lambda: deed(db_session(), application, **given(), actor=current_actor()),
        title=title,
        said="The background check is up to date.",
        back=url_for("background_checks.show", application_id=application.id),
        label=label,
    )
