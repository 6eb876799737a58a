"""Candidates: the list and its search, a person's page, adding and correcting, one more job for them."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.fingerprints import fingerprint
from tracker.domain.permissions import ANYTHING, Permission, Subject, can, can_for_some_job
from tracker.domain.sources import SOURCES
from tracker.domain.stages import OUTCOME_BADGES, OUTCOME_LABELS, STAGE_LABELS, JobStatus
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.queries import visible
from tracker.queries.candidate_lists import (
    CandidateFilters,
    candidate_applications,
    jobs_to_filter_by,
    list_candidates,
)
from tracker.queries.candidates import possible_duplicates, with_contact
from tracker.queries.files import files_of_candidate
from tracker.queries.merges import members_of, merged_into
from tracker.queries.notices import pool_end
from tracker.queries.veils import veiled_people
from tracker.services import candidates
from tracker.services.applications import apply
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.candidate_lines import draw_jobs, draw_lines
from tracker.web.files import file_lines
from tracker.web.forms.candidates import CandidateApplicationForm, CandidateForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("candidates", __name__, url_prefix="/candidates")

_KEPT = ("q", "source", "job", "active", "pool", "after")
_LABELS = {
    "STAGE_LABELS": STAGE_LABELS,
    "OUTCOME_LABELS": OUTCOME_LABELS,
    "OUTCOME_BADGES": OUTCOME_BADGES,
}


@bp.get("")
@requires(Permission.CANDIDATE_READ)
def index() -> str:
    filters, job = _filters()
    session, after = db_session(), request.args.get("after") or None
    return render_template(
        "candidates/index.html",
        page=list_candidates(session, current_actor(), filters, after=after),
        shows_contact=can_for_some_job(current_actor(), Permission.CONTACT_READ),
        filters=filters,
        draw_lines=draw_lines,
        narrow_href=url_for(".narrow", **_asked(after=None)),
        active=_active_filters(filters, job),
        next_href=lambda place: _address(after=place),
        first_href=_address(after=None) if after else "",
    )


@bp.get("/narrow")
@requires(Permission.CANDIDATE_READ)
def narrow() -> str:
    # Apart from the list: its jobs are many in a large organisation, and few who look at the list choose one.
    filters, _ = _filters()
    return render_template(
        "candidates/narrow.html",
        filters=filters,
        jobs=jobs_to_filter_by(db_session(), current_actor()),
        draw_jobs=draw_jobs,
        sources=SOURCES,
        shows_contact=can_for_some_job(current_actor(), Permission.CONTACT_READ),
        here=_address(after=None),
    )


@bp.get("/<int:candidate_id>")
@requires(Permission.CANDIDATE_READ)
def show(candidate_id: int) -> Any:
    candidate = _load(candidate_id)
    if candidate.merged_into_id is not None:
        return redirect(url_for(".show", candidate_id=candidate.merged_into_id))
    session, actor = db_session(), current_actor()
    members = members_of(session, candidate.id)
    return render_template(
        "candidates/show.html",
        candidate=candidate,
        shows_contact=bool(with_contact(session, actor, [candidate.id])),
        applications=candidate_applications(session, actor, members),
        files=file_lines(files_of_candidate(session, actor, members)),
        merged=merged_into(session, candidate.id) if can(actor, Permission.CANDIDATE_MERGE) else (),
        duplicates=possible_duplicates(session, actor, candidate),
        pool_until=pool_end(session, candidate.id, clock.today()),
        **_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_CREATE, writes=True)
def new() -> Any:
    form = CandidateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            candidate = candidates.add_candidate(db_session(), form.details(), actor=current_actor())
            flash(f"{candidate.name} is added.", "success")
            return redirect(url_for(".show", candidate_id=candidate.id), 303)
    return render_template("candidates/new.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/<int:candidate_id>/edit", methods=["GET", "POST"])
@requires(Permission.CANDIDATE_EDIT, writes=True)
def edit(candidate_id: int) -> Any:
    candidate = _load(candidate_id)
    allow(Permission.CANDIDATE_EDIT, ANYTHING)
    form = CandidateForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            _save(form, candidate)
            flash("Saved.", "success")
            return redirect(url_for(".show", candidate_id=candidate_id), 303)
    kept = candidates.details_of(candidate)
    now = fingerprint(kept)
    if not form.is_submitted():
        form.fill(kept)
    is_late = form.is_submitted() and form.seen.data != now
    changed = form.differences(kept) if is_late else []
    # Whoever saves again after seeing what changed means it.
    form.seen.data = now
    page = render_template(
        "candidates/edit.html", form=form, candidate=candidate, is_late=is_late, changed=changed
    )
    return page, 409 if is_late else 422 if form.is_submitted() else 200


@bp.route("/<int:candidate_id>/applications/new", methods=["GET", "POST"])
@requires(Permission.APPLICATION_CREATE, writes=True)
def add_application(candidate_id: int) -> Any:
    candidate = _load(candidate_id)
    form = CandidateApplicationForm()
    form.offer_jobs(open_jobs())
    if form.validate_on_submit():
        job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == int(form.job.data)))
        allow(Permission.APPLICATION_CREATE, Subject(job_id=job.id))
        with rule_errors_on(form):
            application = apply(
                db_session(),
                job,
                candidate,
                actor=current_actor(),
                source=form.source.data,
                consent_notice=(form.consent_notice.data or "").strip() or None,
            )
            flash(f"{candidate.name} is on the board of {job.title}.", "success")
            return redirect(url_for("applications.show", application_id=application.id), 303)
    page = render_template("candidates/add_application.html", form=form, candidate=candidate)
    return page, 422 if form.is_submitted() else 200


def open_jobs() -> Any:
    """The open jobs that the person may know of, as (id, title), by title."""
    rows = visible.jobs(current_actor()).where(Job.status == JobStatus.OPEN)
    return db_session().execute(rows.with_only_columns(Job.id, Job.title).order_by(Job.title, Job.id)).all()


def _load(candidate_id: int) -> Candidate:
    rows = visible.candidates(current_actor()).where(Candidate.id == candidate_id)
    found = load_or_404(db_session(), rows)
    # Whose name is hidden on an application is no page of theirs either.
    return abort(404) if veiled_people(db_session(), current_actor(), [found.id]) else found


def _save(form: CandidateForm, candidate: Candidate) -> None:
    kept = candidates.details_of(candidate)
    seen = form.seen.data or ""
    candidates.edit_candidate(db_session(), candidate, form.details(kept), seen=seen, actor=current_actor())


def _words() -> str:
    return request.args.get("q", "").strip()[:200]


def _filters() -> tuple[CandidateFilters, Job | None]:
    """The filters as the address says; 404 for a job that does not exist for the person."""
    job = None
    if request.args.get("job"):
        job_id = request.args.get("job", type=int)
        if job_id is None or not 0 < job_id < 2**31:
            abort(404)
        job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == job_id))
    filters = CandidateFilters(
        words=_words(),
        source=request.args.get("source", "").strip()[:80] or None,
        job_id=job.id if job else None,
        is_active=request.args.get("active") == "1",
        pooled_on=clock.today() if request.args.get("pool") == "1" else None,
    )
    return filters, job


def _address(**changes: str | None) -> str:
    """The address of the list with some of what it asks for changed, or taken out with none."""
    return url_for(".index", **_asked(**changes))


def _asked(**changes: str | None) -> dict[str, Any]:
    asked: dict[str, Any] = {name: request.args[name] for name in _KEPT if request.args.get(name)}
    asked.update(changes)
    return {name: value for name, value in asked.items() if value}


def _active_filters(filters: CandidateFilters, job: Job | None) -> list[dict[str, str]]:
    """The filters that are on, each with the address without it."""
    labels = {
        "q": f"“{filters.words}”" if filters.words else "",
        "job": f"Job: {job.title}" if job else "",
        "source": f"Source: {filters.source}" if filters.source else "",
        "active": "Active" if filters.is_active else "",
        "pool": "Talent pool" if filters.pooled_on else "",
    }
    return [
        {"label": label, "href": _address(**{name: None, "after": None})}
        for name, label in labels.items()
        if label
    ]
