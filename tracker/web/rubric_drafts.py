"""The life of a rubric: generated for a job, published by a named person, begun anew, and retired."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rubric_review import review_points
from tracker.domain.rubrics import SENIORITY_LABELS, Seniority, suggest_target_level
from tracker.domain.stages import JobStatus
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.places import law_of
from tracker.queries import visible
from tracker.queries.frameworks import framework_catalogue, read_framework
from tracker.services import rubrics
from tracker.web.access import allow, current_actor, load_or_404, requires
from tracker.web.forms.records import StepForm
from tracker.web.forms.rubrics import GenerateForm, PublishForm
from tracker.web.rubrics import load_rubric, rubric_page
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("rubric_drafts", __name__)

MOST_JOBS = 500


@bp.get("/rubrics/new")
@requires(Permission.RUBRIC_EDIT)
def choose() -> Any:
    """Which job the rubric is for; the framework may be chosen already."""
    framework_id, job_id = (request.args.get(name, type=int) for name in ("framework", "job"))
    if job_id is not None:
        return redirect(url_for(".generate", job_id=abs(job_id), framework=framework_id), 303)
    return render_template("rubrics/choose.html", jobs=_jobs_to_draft_for(), framework_id=framework_id)


@bp.route("/jobs/<int:job_id>/rubrics/new", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def generate(job_id: int) -> Any:
    job = load_or_404(db_session(), visible.jobs(current_actor()).where(Job.id == job_id))
    allow(Permission.RUBRIC_EDIT, Subject(job_id=job_id))
    occupations = framework_catalogue(db_session())
    row = _framework_for(job, occupations)
    shown: dict[str, Any] = {"job": job, "occupations": occupations, "row": row}
    if row is None:
        return render_template("rubrics/generate.html", **shown)
    seniority = Seniority(job.seniority)
    default, why = suggest_target_level(read_framework(row), seniority)
    form = GenerateForm(target_level=default.value if default else None)
    if form.validate_on_submit():
        with rule_errors_on(form):
            draft = _generate(job, row, form, default)
            flash("The draft is there: look at every row before it is published.", "success")
            return redirect(url_for("rubrics.show", rubric_id=draft.id), 303)
    shown |= {"form": form, "default": default, "why": why, "seniority": SENIORITY_LABELS[seniority]}
    page = render_template("rubrics/generate.html", LEVEL_LABELS=LEVEL_LABELS, Level=Level, **shown)
    return page, 422 if form.is_submitted() else 200


@bp.route("/rubrics/<int:rubric_id>/publish", methods=["GET", "POST"])
@requires(Permission.RUBRIC_PUBLISH, writes=True)
def publish(rubric_id: int) -> Any:
    rubric = load_rubric(rubric_id, Permission.RUBRIC_PUBLISH)
    form = PublishForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            rubrics.publish_rubric(db_session(), rubric, edits=form.seen_edits(), actor=current_actor())
            flash(f"Version {rubric.number} is published.", "success")
            return redirect(url_for("rubrics.show", rubric_id=rubric_id), 303)
    form.edits.data = str(rubric.edits)
    page = rubric_page(rubric)
    points = review_points(page["content"], law_of(page["job"].jurisdiction))
    status = 422 if form.is_submitted() else 200
    return render_template("rubrics/publish.html", form=form, points=points, **page), status


@bp.route("/rubrics/<int:rubric_id>/retire", methods=["GET", "POST"])
@requires(Permission.RUBRIC_PUBLISH, writes=True)
def retire(rubric_id: int) -> Any:
    rubric = load_rubric(rubric_id, Permission.RUBRIC_PUBLISH)
    form = StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            rubrics.retire_rubric(db_session(), rubric, actor=current_actor())
            flash(f"Version {rubric.number} is retired.", "success")
            return redirect(url_for("rubrics.show", rubric_id=rubric_id), 303)
    advice = ("No new interviews are scored on a retired version; what was scored on it stays as it is.",)
    return _step(rubric, form, title=f"Retire version {rubric.number}", label="Retire", advice=advice)


@bp.route("/rubrics/<int:rubric_id>/new-version", methods=["GET", "POST"])
@requires(Permission.RUBRIC_EDIT, writes=True)
def begin(rubric_id: int) -> Any:
    rubric = load_rubric(rubric_id, Permission.RUBRIC_EDIT)
    form = StepForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            draft = rubrics.new_version(db_session(), rubric, actor=current_actor())
            flash(f"Version {draft.number} is a draft now.", "success")
            return redirect(url_for("rubrics.show", rubric_id=draft.id), 303)
    advice = (
        f"A draft with the content of version {rubric.number} is begun, for you to edit.",
        "What is published stays as it is, and interviews that are scheduled keep their version.",
    )
    return _step(rubric, form, title="Begin a new version", label="Begin", advice=advice)


def _step(rubric: Rubric, form: StepForm, *, title: str, label: str, advice: Sequence[str]) -> Any:
    page = {"title": title, "label": label, "kind": "main", "advice": advice}
    status = 422 if form.is_submitted() else 200
    return render_template("rubrics/edit.html", form=form, **page, **rubric_page(rubric)), status


def _generate(job: Job, row: FrameworkRow, form: GenerateForm, default: Level | None) -> Rubric:
    """A level other than the default is the person's own choice, and kept as such."""
    chosen = Level(form.target_level.data)
    return rubrics.generate_rubric_draft(
        db_session(),
        job,
        row,
        actor=current_actor(),
        target_level=None if chosen is default else chosen,
        target_reason=form.target_reason.data,
    )


def _framework_for(job: Job, occupations: dict[str, list[FrameworkRow]]) -> FrameworkRow | None:
    """The framework asked for, else the newest of the job's occupation."""
    asked = request.args.get("framework")
    if not asked:
        return next(iter(occupations.get(job.soc or "", ())), None)
    if not asked.isdecimal() or len(asked) > 9:
        abort(404)
    return load_or_404(db_session(), select(FrameworkRow).where(FrameworkRow.id == int(asked)))


def _jobs_to_draft_for() -> list[Job]:
    actor = current_actor()
    query = visible.jobs(actor).where(Job.status != JobStatus.CLOSED).order_by(Job.title, Job.id)
    found = db_session().scalars(query.limit(MOST_JOBS))
    return [job for job in found if can(actor, Permission.RUBRIC_EDIT, Subject(job_id=job.id))]
