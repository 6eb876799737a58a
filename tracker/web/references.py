"""References of one application: naming referees, the candidate's consent, and what they said."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.reference_forms import SEEN_LABELS
from tracker.domain.stages import Stage
from tracker.models.referees import RefereeAnswer
from tracker.models.references import (
    REFERENCE_RESULT_BADGES,
    REFERENCE_RESULT_LABELS,
    Reference,
    ReferenceResult,
)
from tracker.queries.applications import actor_names
from tracker.queries.references import references_of
from tracker.services import references
from tracker.services.referees import asked_rows, record_by_phone
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.referees import referee_form
from tracker.web.forms.references import ReferenceForm, ReferenceResultForm
from tracker.web.records import keep, load_application, stands_in
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("references", __name__, url_prefix="/applications/<int:application_id>/references")


@bp.get("")
@requires(Permission.REFERENCE_RECORD)
def index(application_id: int) -> str:
    application = load_application(application_id, Permission.REFERENCE_RECORD)
    found = references_of(db_session(), application.id)
    answered = {one.id: db_session().get(RefereeAnswer, one.id) for one in found}
    by = [one.recorded_by for one in answered.values() if one and one.recorded_by]
    return render_template(
        "references/index.html",
        application=application,
        is_here=stands_in(application, Stage.REFERENCES),
        references=found,
        answered=answered,
        names=actor_names(db_session(), by),
        SEEN_LABELS={seen.value: label for seen, label in SEEN_LABELS.items()},
        ReferenceResult=ReferenceResult,
        REFERENCE_RESULT_LABELS=REFERENCE_RESULT_LABELS,
        REFERENCE_RESULT_BADGES=REFERENCE_RESULT_BADGES,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.REFERENCE_RECORD, writes=True)
def new(application_id: int) -> Any:
    application = load_application(application_id, Permission.REFERENCE_RECORD)
    form = ReferenceForm()

    def deed() -> object:
        return references.add_reference(
            db_session(),
            application,
            referee_name=form.referee_name.data,
            relationship=form.relationship.data,
            email=form.email.data,
            phone=form.phone.data,
            actor=current_actor(),
        )

    back = url_for(".index", application_id=application_id)
    return keep(application, form, deed, title="Add a referee", said="The referee is named.", back=back)


@bp.route("/<int:reference_id>/consent", methods=["GET", "POST"])
@requires(Permission.REFERENCE_RECORD, writes=True)
def consent(application_id: int, reference_id: int) -> Any:
    return _step(
        application_id,
        reference_id,
        references.record_consent,
        title="The candidate agrees",
        said="The candidate’s consent is on record.",
    )


@bp.route("/<int:reference_id>/request", methods=["GET", "POST"])
@requires(Permission.REFERENCE_RECORD, writes=True)
def ask(application_id: int, reference_id: int) -> Any:
    return _step(
        application_id,
        reference_id,
        _ask,
        title="Ask the referee",
        said="The referee is asked.",
    )


@bp.route("/<int:reference_id>/result", methods=["GET", "POST"])
@requires(Permission.REFERENCE_RECORD, writes=True)
def result(application_id: int, reference_id: int) -> Any:
    application = load_application(application_id, Permission.REFERENCE_RECORD)
    reference = _load(application_id, reference_id)
    form = ReferenceResultForm()

    def deed() -> object:
        return references.record_reference_result(
            db_session(),
            reference,
            result=ReferenceResult(form.result.data),
            summary=form.summary.data,
            actor=current_actor(),
        )

    title = f"No reference of {reference.referee_name or 'the referee'}"
    back = url_for(".index", application_id=application_id)
    return keep(application, form, deed, title=title, said="It is on record.", back=back)


@bp.route("/<int:reference_id>/phone", methods=["GET", "POST"])
@requires(Permission.REFERENCE_RECORD, writes=True)
def by_phone(application_id: int, reference_id: int) -> Any:
    """What the referee says on the telephone, by the form that they would fill in themselves."""
    load_application(application_id, Permission.REFERENCE_RECORD)
    reference = _load(application_id, reference_id)
    form = referee_form(asked_rows(db_session(), reference))
    if form.validate_on_submit():
        with rule_errors_on(form):
            record_by_phone(db_session(), reference, form.answers(), actor=current_actor())
            flash("The reference is on record.", "success")
            return redirect(url_for(".index", application_id=application_id), 303)
    page = render_template(
        "references/by_phone.html",
        application=load_application(application_id, Permission.REFERENCE_RECORD),
        reference=_load(application_id, reference_id),
        form=form,
        rows=form.rows,
    )
    return page, 422 if form.is_submitted() else 200


def _ask(session: Session, reference: Reference, *, actor: Actor) -> None:
    if references.request_reference(session, reference, actor=actor):
        flash("A mail with a link to the form goes to them.", "success")


def _load(application_id: int, reference_id: int) -> Reference:
    rows = select(Reference).where(Reference.id == reference_id, Reference.application_id == application_id)
    return load_or_404(db_session(), rows)


def _step(
    application_id: int, reference_id: int, deed: Callable[..., object], *, title: str, said: str
) -> Any:
    application = load_application(application_id, Permission.REFERENCE_RECORD)
    reference = _load(application_id, reference_id)
    return keep(
        application,
        StepForm(),
        lambda: deed(db_session(), reference, actor=current_actor()),
        title=title,
        said=said,
        back=url_for(".index", application_id=application_id),
        advice=f"Referee: {reference.referee_name or 'erased'}",
    )
