"""Scorecards: writing one's own card for a session, and handing it in."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.scorecards import RATING_LABELS, RECOMMENDATION_LABELS
from tracker.models.interviews import Interview
from tracker.models.scorecards import Scorecard
from tracker.queries.interviews import interview_subject
from tracker.queries.scorecards import own_card, session_rows
from tracker.services import scorecards
from tracker.web.access import allow, current_actor, requires
from tracker.web.forms.scorecards import ScorecardForm, scorecard_form
from tracker.web.interviews import load_interview
from tracker.web.levels import anchors_of
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("scorecards", __name__, url_prefix="/interviews/<int:interview_id>/scorecard")


@bp.get("")
@requires(Permission.SCORECARD_SUBMIT)
def show(interview_id: int) -> str:
    interview = _load(interview_id)
    card = _own(interview)
    if card is not None and card.submitted_at is not None:
        return _handed_in(interview, card)
    form = scorecard_form(session_rows(interview))
    if card is not None:
        form.show_draft(card)
    return _page(interview, form)


@bp.post("")
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def write(interview_id: int) -> Any:
    interview = _load(interview_id)
    rows = session_rows(interview)
    form = scorecard_form(rows)
    submits = request.form.get("do") == "submit"
    if not form.validate_on_submit() or (submits and not form.is_ready(rows)):
        return _page(interview, form), 422
    with rule_errors_on(form):
        _keep(interview, form, rows, submits=submits)
        flash("Your scorecard is handed in." if submits else "Draft saved.", "success")
        return redirect(url_for(".show", interview_id=interview_id), 303)
    return _stopped(_load(interview_id), form)


def _stopped(interview: Interview, form: ScorecardForm) -> Any:
    """The card as typed, beside the draft that was saved elsewhere; the next try replaces that one."""
    card = _own(interview)
    if card is None or card.submitted_at is not None or card.draft_version == form.version.data:
        return _page(interview, form), 422
    form.version.raw_data, form.version.data = None, card.draft_version
    return _page(interview, form, other=card), 409


def _load(interview_id: int) -> Interview:
    interview = load_interview(interview_id)
    allow(Permission.SCORECARD_SUBMIT, interview_subject(db_session(), interview))
    return interview


def _own(interview: Interview) -> Scorecard | None:
    return own_card(db_session(), interview.id, current_actor().id or 0)


def _keep(interview: Interview, form: ScorecardForm, rows: Sequence[Competency], *, submits: bool) -> None:
    deed = scorecards.submit_scorecard if submits else scorecards.save_draft
    deed(
        db_session(),
        interview,
        ratings=form.ratings(rows, is_draft=not submits),
        recommendation=form.chosen_recommendation(),
        summary=form.summary.data,
        seen_version=form.version.data,
        actor=current_actor(),
    )


def _page(interview: Interview, form: ScorecardForm, other: Scorecard | None = None) -> str:
    rows = session_rows(interview)
    return render_template(
        "scorecards/show.html",
        interview=interview,
        application=interview.application,
        form=form,
        other={row.competency: row.evidence for row in other.ratings} if other else {},
        rows=[(row, anchors_of(row)) for row in rows],
        is_situational_first=rubric_from_document(interview.rubric.content).is_situational_first,
        rated=sum(bool(form[f"ratings.{row.key}.value"].data) for row in rows),
    )


def _handed_in(interview: Interview, card: Scorecard) -> str:
    return render_template(
        "scorecards/handed_in.html",
        interview=interview,
        application=interview.application,
        card=card,
        rows=session_rows(interview),
        ratings={row.competency: row for row in card.ratings},
        RATING_LABELS=RATING_LABELS,
        RECOMMENDATION_LABELS=RECOMMENDATION_LABELS,
    )
