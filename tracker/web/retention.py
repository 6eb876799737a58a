"""Retention for HR: whose records are due and why others stay, legal holds, erasing people."""

from collections import Counter
from itertools import islice
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from tracker import clock
from tracker.domain.permissions import Permission
from tracker.domain.retention import EMPLOYER_LABELS, KEEP_LABELS, RETENTION_RULES
from tracker.files import FileStore
from tracker.models.candidates import Candidate
from tracker.models.erasures import ERASURE_CAUSE_LABELS, Erasure, ErasureCause
from tracker.models.jobs import Job
from tracker.models.legal_holds import LegalHold
from tracker.queries import visible
from tracker.queries.data_requests import waiting_request
from tracker.queries.retention import all_holds, conflicts, judge_everyone, judge_people, open_holds
from tracker.services.erasure_requests import ask_for_erasure
from tracker.services.erasures import erase_person
from tracker.services.legal_holds import place_hold, release_hold
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.retention import HoldForm, WishForm
from tracker.web.running import config
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("retention", __name__)

MOST_SHOWN = 100


@bp.get("/retention")
@requires(Permission.RETENTION_READ)
def index() -> str:
    session = db_session()
    kept: Counter[str] = Counter()
    due = []
    for line in judge_everyone(session, clock.here(), policy=config().retention):
        if line.verdict.keep is None:
            due.append(line)
        else:
            kept[line.verdict.keep.value] += 1
    erasures = session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(MOST_SHOWN)).all()
    return render_template(
        "retention/index.html",
        due=list(islice(due, MOST_SHOWN)),
        due_count=len(due),
        kept=[(label, kept[keep.value]) for keep, label in KEEP_LABELS.items() if kept[keep.value]],
        conflicts=conflicts(session, clock.here(), policy=config().retention),
        holds=all_holds(session),
        KEEP_LABELS=KEEP_LABELS,
        erasures=erasures,
        erased_count=session.scalar(select(func.count()).select_from(Erasure)) or 0,
        rules=RETENTION_RULES,
        policy=config().retention,
        CAUSE_LABELS=ERASURE_CAUSE_LABELS,
        EMPLOYER_LABELS=EMPLOYER_LABELS,
    )


@bp.route("/retention/holds/new", methods=["GET", "POST"])
@requires(Permission.LEGAL_HOLD_SET, writes=True)
def new_hold() -> Any:
    session, form = db_session(), HoldForm()
    form.offer(session.execute(visible.jobs(current_actor()).with_only_columns(Job.id, Job.title)).all())
    candidate = _candidate_asked()
    if form.validate_on_submit():
        with rule_errors_on(form):
            place_hold(
                session,
                form.reason.data,
                actor=current_actor(),
                candidate=candidate,
                job=session.get(Job, int(form.job.data)) if form.job.data else None,
                from_on=form.from_on.data,
                to_on=form.to_on.data,
            )
            flash("The records are held.", "success")
            return redirect(url_for(".index"), 303)
    page = render_template("retention/hold.html", form=form, candidate=candidate)
    return page, 422 if form.is_submitted() else 200


@bp.route("/retention/holds/<int:hold_id>/release", methods=["GET", "POST"])
@requires(Permission.LEGAL_HOLD_SET, writes=True)
def release(hold_id: int) -> Any:
    hold = load_or_404(db_session(), select(LegalHold).where(LegalHold.id == hold_id))
    form = StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            release_hold(db_session(), hold, actor=current_actor())
            flash("The hold is released.", "success")
            return redirect(url_for(".index"), 303)
    page = render_template("retention/release.html", form=form, hold=hold)
    return page, 422 if form.is_submitted() else 200


@bp.route("/candidates/<int:candidate_id>/erase", methods=["GET", "POST"])
@requires(Permission.RETENTION_DECIDE, writes=True)
def erase(candidate_id: int) -> Any:
    candidate = _load(candidate_id)
    session = db_session()
    (line,) = judge_people(session, [candidate], open_holds(session), clock.here(), policy=config().retention)
    is_wish = not line.verdict.is_due
    must_say = is_wish and not line.verdict.stands_against_request
    form = WishForm() if must_say and waiting_request(session, candidate.id) is None else StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            if isinstance(form, WishForm):
                ask_for_erasure(session, candidate, note=form.note.data, actor=current_actor())
            receipt = erase_person(
                session,
                FileStore(config().files_folder),
                candidate,
                cause=ErasureCause.REQUEST if is_wish else ErasureCause.DUE,
                policy=config().retention,
                actor=current_actor(),
            )
            flash("The person is erased.", "success")
            if receipt.counts.get("history_uploads"):
                flash("Files of histories that waited were removed with them: bring them again.", "warning")
            return redirect(url_for(".index"), 303)
    page = render_template(
        "retention/erase.html", form=form, candidate=candidate, verdict=line.verdict, KEEP_LABELS=KEEP_LABELS
    )
    return page, 422 if form.is_submitted() else 200


def _candidate_asked() -> Candidate | None:
    number = request.args.get("candidate", type=int)
    if number is None:
        return None
    return _load(number if 0 < number < 2**31 else 0)


def _load(candidate_id: int) -> Candidate:
    rows = visible.candidates(current_actor()).where(
        Candidate.id == candidate_id, Candidate.erased_at.is_(None), Candidate.merged_into_id.is_(None)
    )
    return load_or_404(db_session(), rows)
