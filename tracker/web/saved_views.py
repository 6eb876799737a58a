"""Saved views of a job's board and table: keeping the filters that are on, opening, renaming, deleting."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm

from tracker.domain.permissions import Permission
from tracker.domain.saved_views import job_page
from tracker.models.jobs import Job
from tracker.models.saved_views import SavedView
from tracker.queries.saved_views import own_views, view_queries, views_of
from tracker.services.saved_views import delete_view, rename_view, save_view
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.saved_views import ViewForm
from tracker.web.hrefs import href
from tracker.web.job_addresses import active_filters, address, filter_query
from tracker.web.job_frames import load_job
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("saved_views", __name__)


@bp.get("/jobs/<int:job_id>/views")
@requires(Permission.VIEW_SAVE)
def index(job_id: int) -> str:
    job = load_job(job_id)
    views = views_of(db_session(), job_page(job_id), current_actor())
    links = [(view, _href(job_id, view.query)) for view in views]
    return render_template("saved_views/index.html", job=job, links=links)


@bp.route("/jobs/<int:job_id>/views/new", methods=["GET", "POST"])
@requires(Permission.VIEW_SAVE, writes=True)
def new(job_id: int) -> Any:
    """The filters to keep stand in this page's own address."""
    job = load_job(job_id)
    form = ViewForm()

    def deed() -> object:
        return save_view(
            db_session(),
            page=job_page(job_id),
            name=form.name.data,
            query=filter_query(),
            actor=current_actor(),
        )

    words = ", ".join(one["label"] for one in active_filters(job_id)) or "No filter is on: all is shown."
    return _keep(job, form, deed, "Save this view", "Save", "The view is saved.", address(job_id), words)


@bp.route("/saved-views/<int:saved_view_id>/rename", methods=["GET", "POST"])
@requires(Permission.VIEW_SAVE, writes=True)
def rename(saved_view_id: int) -> Any:
    job, view = _load(saved_view_id)
    form = ViewForm(name=view.name)
    back = url_for(".index", job_id=job.id)

    def deed() -> object:
        return rename_view(db_session(), view, form.name.data, actor=current_actor())

    return _keep(job, form, deed, "Rename the view", "Rename", "The view is renamed.", back)


@bp.route("/saved-views/<int:saved_view_id>/delete", methods=["GET", "POST"])
@requires(Permission.VIEW_SAVE, writes=True)
def delete(saved_view_id: int) -> Any:
    job, view = _load(saved_view_id)
    back, name = url_for(".index", job_id=job.id), view.name

    def deed() -> None:
        delete_view(db_session(), view, actor=current_actor())

    return _keep(job, StepForm(), deed, "Delete the view", "Delete", "The view is deleted.", back, name)


def view_links(job_id: int) -> list[dict[str, Any]]:
    """The person's own views of a job as links, the one that is on marked."""
    here = filter_query()
    return [
        {"label": name, "href": _href(job_id, query), "is_current": bool(here) and query == here}
        for name, query in view_queries(db_session(), job_page(job_id), current_actor())
    ]


def _href(job_id: int, query: str) -> str:
    """Where a view leads: the page of the job with the filters that were kept."""
    page = href("jobs.show", job_id=job_id)
    return f"{page}?{query}" if query else page


def _load(saved_view_id: int) -> tuple[Job, SavedView]:
    view = load_or_404(db_session(), own_views(current_actor()).where(SavedView.id == saved_view_id))
    kind, _, job_id = view.page.partition(":")
    if kind != "job":
        abort(404)
    return load_job(int(job_id)), view


def _keep(
    job: Job,
    form: FlaskForm,
    deed: Callable[[], object],
    title: str,
    label: str,
    said: str,
    back: str,
    words: str = "",
) -> Any:
    if form.validate_on_submit():
        with rule_errors_on(form):
            deed()
            flash(said, "success")
            return redirect(back, 303)
    status = 422 if form.is_submitted() else 200
    page = {"title": title, "label": label, "back": back, "words": words}
    return render_template("saved_views/form.html", job=job, form=form, **page), status
