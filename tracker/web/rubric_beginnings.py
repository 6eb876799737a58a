"""Rubrics without a framework of their own: written from scratch, or copied from another job."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.frameworks import Level
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.queries import visible
from tracker.queries.rubrics import rubrics_to_copy
from tracker.services import rubrics
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.forms.rubrics import BeginForm, CopyForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("rubric_beginnings", __name__, url_prefix="/jobs/<int:job_id>/rubrics")


@bp.route("/scratch", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def scratch(job_id: int) -> Any:
    job, form = _load(job_id), BeginForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            level = Level(form.target_level.data)
            draft = rubrics.begin_rubric(db_session(), job, target_level=level, actor=current_actor())
            return _begun(draft, "The draft is there: add its first competency.")
    return _page("rubrics/scratch.html", job, form)


@bp.route("/copy", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def copy(job_id: int) -> Any:
    job, form = _load(job_id), CopyForm()
    found = rubrics_to_copy(db_session(), current_actor(), job)
    form.offer({str(one.id): f"{title}, version {one.number} · {one.title}" for one, title in found})
    if form.validate_on_submit():
        with rule_errors_on(form):
            draft = rubrics.copy_rubric(db_session(), job, _chosen(form), actor=current_actor())
            return _begun(draft, "The copy is a draft of this job: look at every row before it is published.")
    return _page("rubrics/copy.html", job, form, found=found)


def _load(job_id: int) -> Job:
    job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == job_id))
    allow(Permission.RUBRIC_EDIT, Subject(job_id=job_id))
    return job


def _chosen(form: CopyForm) -> Rubric:
    query = visible.rubrics(current_actor()).where(Rubric.id == int(form.rubric_id.data))
    rubric = db_session().scalars(query.where(Rubric.status != RubricStatus.DRAFT)).one_or_none()
    if rubric is None or not can(current_actor(), Permission.RUBRIC_READ, Subject(job_id=rubric.job_id)):
        raise RuleBroken("This rubric is gone: choose another one.", field="rubric_id")
    return rubric


def _begun(draft: Rubric, said: str) -> Any:
    flash(said, "success")
    return redirect(url_for("rubrics.show", rubric_id=draft.id), 303)


def _page(template: str, job: Job, form: Any, **values: Any) -> Any:
    return render_template(template, job=job, form=form, **values), 422 if form.is_submitted() else 200
