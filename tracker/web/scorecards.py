"""Scorecards: writing one's own card for a session, looking it over, handing it in, amending it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.agendas import asked_in
from tracker.domain.competencies import Competency
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import RATING_LABELS, RECOMMENDATION_LABELS, scorecard_problems
from tracker.models.interviews import Interview
from tracker.models.scorecards import Scorecard
from tracker.queries.interviews import interview_subject
from tracker.queries.scorecards import own_card, own_cards, session_rows
from tracker.services import scorecards
from tracker.web.access import allow, current_actor, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.scorecards import AmendmentForm, ScorecardForm, drafted, scorecard_form, shown
from tracker.web.interviews import load_interview
from tracker.web.levels import anchors_of
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("scorecards", __name__, url_prefix="/interviews/<int:interview_id>/scorecard")


@bp.get("")
@requires(Permission.SCORECARD_SUBMIT)
def show(interview_id: int) -> str:
    interview = _load(interview_id)
    cards = own_cards(db_session(), interview.id, current_actor().id or 0)
    if cards:
        return _handed_in(interview, cards)
    form = scorecard_form(session_rows(interview))
    card = _own(interview)
    if card is not None:
        form.show_card(card)
    return _page(interview, form)


@bp.post("")
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def write(interview_id: int) -> Any:
    """Keep the draft, and go on to looking it over if that was asked."""
    interview = _load(interview_id)
    rows = session_rows(interview)
    form = scorecard_form(rows)
    is_review = request.form.get("do") == "review"
    if form.validate_on_submit() and not (is_review and form.contradicts(rows)):
        with rule_errors_on(form):
            _keep(interview, form)
            if is_review:
                return redirect(url_for(".review", interview_id=interview_id), 303)
            flash("Draft saved.", "success")
            return redirect(url_for(".show", interview_id=interview_id), 303)
    return _stopped(_load(interview_id), form)


@bp.post("/draft")
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def autosave(interview_id: int) -> Any:
    """Keep the draft as one types: answers its new version, or what stands there instead."""
    interview = _load(interview_id)
    form = scorecard_form(session_rows(interview))
    if not form.validate_on_submit():
        said = [str(error) for errors in form.errors.values() for error in errors]
        return jsonify(message=" ".join(said)), 422
    try:
        card = _keep(interview, form)
    except scorecards.DraftChanged as changed:
        blank = dict.fromkeys((name for name in form.data if name.startswith("ratings.")), "")
        fields = blank | shown(changed.card)
        return jsonify(message=changed.message, version=changed.card.draft_version, fields=fields), 409
    except RuleBroken as broken:
        return jsonify(message=broken.message), 422
    return jsonify(version=card.draft_version, saved_at=card.saved_at.isoformat())


@bp.route("/review", methods=["GET", "POST"])
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def review(interview_id: int) -> Any:
    """The draft as it would be handed in, with what is still missing."""
    interview = _load(interview_id)
    card = _own(interview)
    if card is None or card.submitted_at is not None:
        return redirect(url_for(".show", interview_id=interview_id), 303)
    form = StepForm()
    ratings = drafted(card)
    problems = scorecard_problems(ratings, card.recommendation, session_rows(interview))
    if form.validate_on_submit() and not problems:
        with rule_errors_on(form):
            scorecards.submit_scorecard(
                db_session(),
                interview,
                ratings=ratings,
                recommendation=card.recommendation,
                summary=card.summary,
                seen_version=request.form.get("version", type=int),
                actor=current_actor(),
            )
            flash("Your scorecard is handed in.", "success")
            return redirect(url_for(".show", interview_id=interview_id), 303)
    page = _card_page("scorecards/review.html", _load(interview_id), form=form, problems=problems)
    return page, 422 if form.is_submitted() else 200


@bp.route("/amend", methods=["GET", "POST"])
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def amend(interview_id: int) -> Any:
    interview = _load(interview_id)
    cards = own_cards(db_session(), interview.id, current_actor().id or 0)
    if not cards:
        abort(404)
    rows = session_rows(interview)
    form = scorecard_form(rows, AmendmentForm)
    if not form.is_submitted():
        form.show_card(cards[-1], is_final=True)
    if form.validate_on_submit() and form.is_ready(rows):
        with rule_errors_on(form):
            scorecards.amend_scorecard(
                db_session(),
                cards[0],
                ratings=form.ratings(rows, is_draft=False),
                recommendation=form.chosen_recommendation(),
                summary=form.summary.data,
                reason=form.amendment_reason.data,
                actor=current_actor(),
            )
            flash("The amendment stands beside your original.", "success")
            return redirect(url_for(".show", interview_id=interview_id), 303)
    page = _page(_load(interview_id), form, is_amendment=True)
    return page, 422 if form.is_submitted() else 200


def _load(interview_id: int) -> Interview:
    interview = load_interview(interview_id)
    allow(Permission.SCORECARD_SUBMIT, interview_subject(db_session(), interview))
    return interview


def _own(interview: Interview) -> Scorecard | None:
    return own_card(db_session(), interview.id, current_actor().id or 0)


def _keep(interview: Interview, form: ScorecardForm) -> Scorecard:
    return scorecards.save_draft(
        db_session(),
        interview,
        ratings=form.ratings(session_rows(interview), is_draft=True),
        recommendation=form.chosen_recommendation(),
        summary=form.summary.data,
        seen_version=form.version.data,
        actor=current_actor(),
    )


def _stopped(interview: Interview, form: ScorecardForm) -> Any:
    """The card as typed, beside the draft that was saved elsewhere; the next try replaces that one."""
    card = _own(interview)
    if card is None or card.submitted_at is not None or card.draft_version == form.version.data:
        return _page(interview, form), 422
    form.version.raw_data, form.version.data = None, card.draft_version
    return _page(interview, form, other=card), 409


def _page(
    interview: Interview, form: ScorecardForm, other: Scorecard | None = None, *, is_amendment: bool = False
) -> str:
    rows = session_rows(interview)
    return render_template(
        "scorecards/amend.html" if is_amendment else "scorecards/show.html",
        interview=interview,
        application=interview.application,
        form=form,
        other={row.competency: row.evidence for row in other.ratings} if other else {},
        rows=[(row, anchors_of(row), _asked(interview, row)) for row in rows],
        rated=sum(bool(form[f"ratings.{row.key}.value"].data) for row in rows),
        is_late=interview.ends_at < clock.now(),
        has_begun=interview.has_begun(clock.now()),
        draft_key=_draft_key(interview),
    )


def _handed_in(interview: Interview, cards: Sequence[Scorecard]) -> str:
    """The latest first, as it counts in the debrief, then what it amends."""
    return _card_page("scorecards/handed_in.html", interview, cards=list(reversed(cards)))


def _card_page(template: str, interview: Interview, **values: Any) -> str:
    rows: Sequence[Competency] = session_rows(interview)
    return render_template(
        template,
        interview=interview,
        application=interview.application,
        card=_own(interview),
        rows=rows,
        has_begun=interview.has_begun(clock.now()),
        draft_key=_draft_key(interview),
        RATING_LABELS=RATING_LABELS,
        RECOMMENDATION_LABELS=RECOMMENDATION_LABELS,
        **values,
    )


def _asked(interview: Interview, row: Competency) -> tuple[str, ...]:
    first = rubric_from_document(interview.rubric.content).is_situational_first
    return asked_in(row.questions, interview.kind, is_situational_first=first)


def _draft_key(interview: Interview) -> str:
    """The name under which a device keeps what the server does not have yet: of this person alone."""
    return f"{interview.id}-{current_actor().key}"
