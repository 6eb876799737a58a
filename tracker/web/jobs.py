"""Jobs: the list, a job's board and table, and its details."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from tracker import clock
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.sources import SOURCES
from tracker.domain.stages import (
    JOB_STATUS_BADGES,
    JOB_STATUS_LABELS,
    OUTCOME_BADGES,
    OUTCOME_LABELS,
    STAGE_LABELS,
    STAGES,
    Outcome,
    Stage,
)
from tracker.queries.applications import SORT_LABELS, ListFilters, SortBy, list_applications
from tracker.queries.board import BoardFilters, board
from tracker.queries.frameworks import list_frameworks
from tracker.queries.jobs import JobHead, departments_and_locations, list_jobs
from tracker.queries.tags import tags_of
from tracker.queries.veils import pseudonym, veiled_among
from tracker.services import jobs
from tracker.services.applications import apply
from tracker.services.candidates import find_or_add
from tracker.web.access import current_actor, requires
from tracker.web.cards import draw_cards
from tracker.web.forms.jobs import KNOWN_JURISDICTIONS, JobForm, NewApplicationForm
from tracker.web.hrefs import href
from tracker.web.job_addresses import (
    active_filters,
    address,
    board_filters,
    filter_query,
    list_filters,
    sort_asked,
)
from tracker.web.job_frames import NO_VERSION, job_frame, load_head, load_job
from tracker.web.job_lists import active_list_filters, job_filters, list_address, status_tabs
from tracker.web.running import config
from tracker.web.saved_views import view_links
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("")
@requires(Permission.JOB_READ)
def index() -> str:
    filters = job_filters()
    session, after = db_session(), request.args.get("after") or None
    departments, locations = departments_and_locations(session, current_actor())
    return render_template(
        "jobs/index.html",
        page=list_jobs(session, current_actor(), filters, clock.now(), after=after),
        filters=filters,
        departments=departments,
        locations=locations,
        tabs=status_tabs(),
        active=active_list_filters(),
        clear_href=url_for(".index", status=filters.status),
        next_href=lambda place: list_address(after=place),
        first_href=list_address(after=None) if after else "",
        JOB_STATUS_LABELS=JOB_STATUS_LABELS,
        JOB_STATUS_BADGES=JOB_STATUS_BADGES,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.JOB_CREATE, writes=True)
def new() -> Any:
    form = JobForm()
    if not form.is_submitted():
        form.jurisdiction.data = config().jurisdiction.upper()
    if form.validate_on_submit():
        with rule_errors_on(form):
            job = jobs.create_job(db_session(), form.details(), actor=current_actor())
            flash(f"{job.title} is drafted.", "success")
            return redirect(url_for("job_setups.show", job_id=job.id), 303)
    page = render_template(
        "jobs/new.html",
        form=form,
        frameworks=list_frameworks(db_session()),
        known_jurisdictions=KNOWN_JURISDICTIONS,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:job_id>/edit", methods=["GET", "POST"])
@requires(Permission.JOB_EDIT, writes=True)
def edit(job_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_EDIT)
    form = JobForm()
    version = request.form.get("version", NO_VERSION, type=int)
    if form.validate_on_submit():
        with rule_errors_on(form):
            jobs.edit_job(db_session(), job, form.details(), version=version, actor=current_actor())
            flash("Saved.", "success")
            return redirect(url_for("job_setups.show", job_id=job_id), 303)
    if not form.is_submitted():
        form.fill(jobs.details_of(job))
    is_late = form.is_submitted() and version != job.version
    status = 409 if is_late else 422 if form.is_submitted() else 200
    page = render_template(
        "jobs/edit.html",
        form=form,
        job=job,
        # Whoever saves again after seeing what changed means it.
        version=job.version,
        is_late=is_late,
        changed=form.differences(jobs.details_of(job)) if is_late else [],
        frameworks=list_frameworks(db_session()),
        known_jurisdictions=KNOWN_JURISDICTIONS,
    )
    return page, status


@bp.get("/<int:job_id>")
@requires(Permission.JOB_READ)
def show(job_id: int) -> str:
    job = load_head(job_id)
    return _table(job) if request.args.get("view") == "table" else _board(job)


@bp.route("/<int:job_id>/applications/new", methods=["GET", "POST"])
@requires(Permission.APPLICATION_CREATE, writes=True)
def add_application(job_id: int) -> Any:
    job = load_job(job_id, Permission.APPLICATION_CREATE)
    form = NewApplicationForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            candidate, _ = find_or_add(db_session(), form.candidate(), actor=current_actor())
            application = apply(
                db_session(),
                job,
                candidate,
                actor=current_actor(),
                source=form.source.data,
                consent_notice=(form.consent_notice.data or "").strip() or None,
            )
            flash(f"{candidate.name} is on the board.", "success")
            return redirect(url_for("applications.show", application_id=application.id), 303)
    return render_template(
        "jobs/add_application.html", job=job, form=form
    ), 422 if form.is_submitted() else 200


def _shared(job: JobHead) -> dict[str, Any]:
    """What board and table both show of the job."""
    is_table, query = request.args.get("view") == "table", filter_query()
    return {
        "sources": SOURCES,
        "active": active_filters(job.id),
        "views": view_links(job.id),
        "save_view_href": href("saved_views.new", job_id=job.id) + (f"?{query}" if query else ""),
        "as_board_href": address(job.id, view=None, stage=None, outcome=None, sort=None, after=None),
        "as_table_href": address(job.id, view="table", after=None),
        "is_table": is_table,
        "STAGE_LABELS": STAGE_LABELS,
        "OUTCOME_LABELS": OUTCOME_LABELS,
        **job_frame(job, "table" if is_table else "board"),
    }


def _board(job: JobHead) -> str:
    stage, after = _stage_asked(), request.args.get("after") or None
    filters: BoardFilters = board_filters()
    columns = board(
        db_session(),
        job.id,
        current_actor(),
        filters,
        clock.here(),
        stage=stage,
        after=after if stage else None,
    )
    return render_template(
        "jobs/board.html",
        columns=columns,
        more=lambda column: address(job.id, stage=column.stage.value, after=column.next_after),
        draw_cards=draw_cards,
        may_move=can(current_actor(), Permission.APPLICATION_MOVE, Subject(job_id=job.id)),
        only=stage,
        filters=filters,
        tags_in_use=sorted({tag for column in columns for card in column.cards for tag in card.tags}),
        **_shared(job),
    )


def _stage_asked() -> Stage | None:
    try:
        return Stage(request.args["stage"]) if request.args.get("stage") else None
    except ValueError:
        abort(404)


def _table(job: JobHead) -> str:
    filters: ListFilters = list_filters()
    sort, is_descending = sort_asked()
    now = clock.here()
    page = list_applications(
        db_session(),
        job.id,
        current_actor(),
        filters,
        now,
        sort=sort,
        is_descending=is_descending,
        after=request.args.get("after") or None,
    )
    tags = tags_of(db_session(), [row.id for row in page.rows], current_actor())
    veiled = veiled_among(db_session(), current_actor(), [row.id for row in page.rows])
    return render_template(
        "jobs/table.html",
        page=page,
        names={row.id: pseudonym(row.id) if row.id in veiled else row.name for row in page.rows},
        now=now,
        tags=tags,
        tags_in_use=sorted({tag for found in tags.values() for tag in found}),
        here=address(job.id),
        headers=_headers(job.id, sort, is_descending),
        next_href=address(job.id, after=page.next_after) if page.next_after else "",
        first_href=address(job.id, after=None) if request.args.get("after") else "",
        filters=filters,
        may_move=can(current_actor(), Permission.APPLICATION_MOVE, Subject(job_id=job.id)),
        STAGES=STAGES,
        Outcome=Outcome,
        OUTCOME_BADGES=OUTCOME_BADGES,
        **_shared(job),
    )


def _headers(job_id: int, sort: SortBy, is_descending: bool) -> list[dict[str, str]]:
    def sortable(label: str, by: SortBy, kind: str = "") -> dict[str, str]:
        is_here = by is sort
        wanted = f"-{by.value}" if is_here and not is_descending else by.value
        # Who entered first has waited longest: early instants first are many days first.
        is_downward = is_descending is not (by is SortBy.WAITING)
        direction = ("descending" if is_downward else "ascending") if is_here else ""
        return {
            "label": label,
            "kind": kind,
            "href": address(job_id, sort=wanted, after=None),
            "direction": direction,
        }

    return [
        sortable(SORT_LABELS[SortBy.NAME], SortBy.NAME),
        {"label": "Stage"},
        {"label": "Outcome"},
        sortable("Days in stage", SortBy.WAITING, "num"),
        {"label": "Source"},
        {"label": "Recruiter"},
        {"label": "Tags"},
        sortable(SORT_LABELS[SortBy.APPLIED], SortBy.APPLIED),
    ]
