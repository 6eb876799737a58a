"""References and the background check by API."""

from flask import Blueprint

from tracker.api.contracts import answers, body_of
from tracker.api.loading import load_application, renamed
from tracker.api.shapes.records import (
    BackgroundCheckBody,
    BackgroundCheckShape,
    RefereeShape,
    ReferenceBody,
    ReferenceShape,
)
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.references import BackgroundCheck, Reference
from tracker.services import background_checks, references
from tracker.services.adverse_notices import words_for
from tracker.web.access import allow, current_actor, requires
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("api_references", __name__, url_prefix="/api/v1/applications/<int:application_id>")

_OF_REFEREE = {
    "referee_name": "referee.name",
    "relationship": "referee.relationship",
    "email": "referee.email",
    "phone": "referee.phone",
}


@bp.post("/references")
@requires(Permission.REFERENCE_RECORD, writes=True)
@answers(ReferenceShape, "Name a referee, with consent and what they said.", status=201, body=ReferenceBody)
def add(application_id: int) -> ReferenceShape:
    application = load_application(application_id, Permission.REFERENCE_RECORD)
    given = body_of(ReferenceBody)
    session, actor = db_session(), current_actor()
    referee = given.referee.model_dump(exclude={"name"})
    with renamed(_OF_REFEREE):
        reference = references.add_reference(
            session, application, referee_name=given.referee.name, **referee, actor=actor
        )
        if given.consent:
            references.record_consent(session, reference, actor=actor)
        if given.requested:
            references.request_reference(session, reference, actor=actor)
        if given.result is not None:
            said = given.model_dump(include={"result", "summary", "has_confirmed_employment", "would_rehire"})
            references.record_reference_result(session, reference, **said, actor=actor)
    return _reference(reference)


@bp.put("/background-check")
@requires(Permission.BACKGROUND_RECORD, writes=True)
@answers(BackgroundCheckShape, "Keep how far the background check has come.", body=BackgroundCheckBody)
def check(application_id: int) -> BackgroundCheckShape:
    application = load_application(application_id, Permission.BACKGROUND_RECORD)
    given = body_of(BackgroundCheckBody)
    if given.assessment or given.pre_adverse_notice or given.adverse_notice:
        allow(Permission.BACKGROUND_ASSESS, Subject(job_id=application.job_id))
    _ask(application, given)
    with renamed({"reason": "assessment.reason"}):
        _answer_report(application, given)
    kept = _kept(application)
    if kept is None:
        raise RuleBroken("Disclose the background check to the candidate first.", field="disclosure")
    return _check(kept)


def _ask(application: Application, given: BackgroundCheckBody) -> None:
    """The steps up to the report, as far as they are not on record."""
    session, actor = db_session(), current_actor()
    if given.disclosure and _kept(application) is None:
        background_checks.disclose(session, application, actor=actor)
    kept = _kept(application)
    if given.consent is not None and (kept is None or kept.has_consent is not given.consent):
        background_checks.record_consent(session, application, is_given=given.consent, actor=actor)
    kept = _kept(application)
    if given.ordered and (kept is None or kept.ordered_at is None):
        background_checks.order(session, application, actor=actor)
    if given.result is not None and (kept is None or kept.result is not given.result):
        background_checks.record_result(session, application, result=given.result, actor=actor)


def _answer_report(application: Application, given: BackgroundCheckBody) -> None:
    """The steps after a report that is not clear, as far as they are not on record."""
    session, actor, kept = db_session(), current_actor(), _kept(application)
    said = given.assessment
    is_said = kept is not None and said is not None and kept.assessment is said.result
    if said is not None and not (is_said and kept is not None and kept.assessment_reason == said.reason):
        background_checks.assess(
            session, application, assessment=said.result, reason=said.reason, actor=actor
        )
    if given.pre_adverse_notice and (kept is None or kept.pre_adverse_sent_at is None):
        text = given.notice_text or words_for(session, application, organisation=config().organisation)
        with renamed({"text": "notice_text"}):
            background_checks.send_pre_adverse(session, application, text=text, actor=actor)
    if given.adverse_notice and (kept is None or kept.adverse_sent_at is None):
        background_checks.record_adverse(session, application, actor=actor)


def _kept(application: Application) -> BackgroundCheck | None:
    return db_session().get(BackgroundCheck, application.id)


def _reference(reference: Reference) -> ReferenceShape:
    copied = {name: getattr(reference, name) for name in ReferenceShape.model_fields if name != "referee"}
    referee = RefereeShape(
        name=reference.referee_name,
        relationship=reference.relationship,
        email=reference.email,
        phone=reference.phone,
    )
    return ReferenceShape(**copied, referee=referee)


def _check(kept: BackgroundCheck) -> BackgroundCheckShape:
    copied = {name: getattr(kept, name) for name in BackgroundCheckShape.model_fields if name != "consent"}
    return BackgroundCheckShape(**copied, consent=kept.has_consent)
