"""The background check of one application, step by step."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_wtf import FlaskForm

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
from tracker.queries.notices import latest_consent
from tracker.services import background_checks
from tracker.web.access import current_actor, requires
from tracker.web.forms.background_checks import AssessmentForm, BackgroundResultForm, ConsentForm
from tracker.web.forms.records import StepForm
from tracker.web.records import keep, load_application, stands_in
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
        is_here=stands_in(application, *background_checks.STAGES),
        may_assess=can(current_actor(), Permission.BACKGROUND_ASSESS, Subject(job_id=application.job_id)),
        AssessmentResult=AssessmentResult,
        BackgroundResult=BackgroundResult,
        ASSESSMENT_RESULT_LABELS=ASSESSMENT_RESULT_LABELS,
        BACKGROUND_RESULT_LABELS=BACKGROUND_RESULT_LABELS,
    )


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
    return _keep(
        application, StepForm(), background_checks.send_pre_adverse, "The pre-adverse notice was sent"
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
) -> Any:
    return keep(
        application,
        form,
        lambda: deed(db_session(), application, **given(), actor=current_actor()),
        title=title,
        said="The background check is up to date.",
        back=url_for("background_checks.show", application_id=application.id),
    )
