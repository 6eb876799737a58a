"""Two records of one person: looking at both, making them one, and taking it back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from tracker.domain.permissions import Permission
from tracker.models.candidates import Candidate
from tracker.queries import visible
from tracker.queries.candidate_lists import candidate_applications
from tracker.services.merges import merge_candidates, separate_candidate
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("merges", __name__, url_prefix="/candidates/<int:candidate_id>")


@bp.route("/merge/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_MERGE, writes=True)
def merge(candidate_id: int, other_id: int) -> Any:
    kept, other = _load(candidate_id), _load(other_id)
    if kept.id == other.id:
        abort(404)
    form = StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            merge_candidates(db_session(), kept, other, actor=current_actor())
            flash(f"{kept.name} is one person now.", "success")
            return redirect(url_for("candidates.show", candidate_id=kept.id), 303)
    session, actor = db_session(), current_actor()
    sides = [(one, candidate_applications(session, actor, [one.id])) for one in (kept, other)]
    page = render_template("candidates/merge.html", form=form, kept=kept, other=other, sides=sides)
    return page, 422 if form.is_submitted() else 200


@bp.route("/separate/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_MERGE, writes=True)
def separate(candidate_id: int, other_id: int) -> Any:
    kept, other = _load(candidate_id), _load(other_id)
    if other.merged_into_id != kept.id:
        abort(404)
    form = StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            separate_candidate(db_session(), other, actor=current_actor())
            flash(f"{other.name} is a person of their own again.", "success")
            return redirect(url_for("candidates.show", candidate_id=kept.id), 303)
    page = render_template("candidates/separate.html", form=form, kept=kept, other=other)
    return page, 422 if form.is_submitted() else 200


def _load(candidate_id: int) -> Candidate:
    rows = visible.candidates(current_actor()).where(
        Candidate.id == candidate_id, Candidate.erased_at.is_(None)
    )
    return load_or_404(db_session(), rows)
