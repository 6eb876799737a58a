"""Rubrics as one reads them: the list, one version with its matrix, what it changed, and on paper."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from tracker.domain.actors import Actor
from tracker.domain.competencies import Rubric as Content
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS, InterviewKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.rubric_documents import rubric_from_document
from tracker.domain.rubric_review import RubricChange, diff_rubrics, review_points, word_changes
from tracker.domain.rubrics import preferred_level
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import RUBRIC_STATUS_BADGES, RUBRIC_STATUS_LABELS, Rubric, RubricStatus
from tracker.models.users import User
from tracker.places import law_of
from tracker.queries import visible
from tracker.queries.applications import actor_names
from tracker.queries.frameworks import newest_framework
from tracker.queries.rubrics import list_rubrics, rubric_versions
from tracker.web.access import allow, current_actor, load_or_404, may_open, requires
from tracker.web.levels import anchors_of, topic_and_rest
from tracker.web.transaction import db_session

bp = Blueprint("rubrics", __name__, url_prefix="/rubrics")

GENERATED = "generated"
_LABELS = {
    "LEVEL_LABELS": LEVEL_LABELS,
    "Level": Level,
    "STATUS_LABELS": RUBRIC_STATUS_LABELS,
    "STATUS_BADGES": RUBRIC_STATUS_BADGES,
    "RubricStatus": RubricStatus,
}


@bp.get("")
@requires(Permission.RUBRIC_READ)
def index() -> str:
    actor, status = current_actor(), _status_asked()
    job = _job_asked(actor)
    job_id, after = job.id if job else None, request.args.get("after") or None
    page = list_rubrics(db_session(), actor, job_id=job_id, status=status, after=after)

    def address(**changes: Any) -> str:
        asked = {"job_id": job_id, "status": status.value if status else None, **changes}
        return url_for(".index", **asked)

    return render_template(
        "rubrics/index.html",
        page=page,
        job=job,
        status=status,
        address=address,
        first_href=address() if after else "",
        may_draft=can(actor, Permission.RUBRIC_EDIT, Subject(job_id=job.id))
        if job
        else may_open(actor, Permission.RUBRIC_EDIT),
        **_LABELS,
    )


@bp.get("/<int:rubric_id>")
@requires(Permission.RUBRIC_READ)
def show(rubric_id: int) -> str:
    rubric = load_rubric(rubric_id)
    page = rubric_page(rubric)
    content = page["content"]
    is_draft = rubric.status is RubricStatus.DRAFT
    where = law_of(page["job"].jurisdiction)
    return render_template(
        "rubrics/show.html",
        points=review_points(content, where) if is_draft else [],
        may_edit=is_draft and can(current_actor(), Permission.RUBRIC_EDIT, page["subject"]),
        plan=rubric.content["plan"],
        names={row.key: row.name for row in content.competencies},
        newer=_newer_framework(rubric),
        preferred=preferred_level(content.target_level),
        people=actor_names(db_session(), _who_set(rubric, content)),
        publisher=db_session().get(User, rubric.published_by_id) if rubric.published_by_id else None,
        topic_and_rest=topic_and_rest,
        INTERVIEW_KIND_LABELS={kind.value: INTERVIEW_KIND_LABELS[kind] for kind in InterviewKind},
        **page,
    )


def _who_set(rubric: Rubric, content: Content) -> list[str]:
    """Who made the draft and who set a target level, for the rubric or for one of its rows."""
    keys = [rubric.created_by, rubric.target_set_by, *(row.target_set_by for row in content.competencies)]
    return [key for key in keys if key]


@bp.get("/<int:rubric_id>/changes")
@requires(Permission.RUBRIC_READ)
def changes(rubric_id: int) -> str:
    rubric = load_rubric(rubric_id)
    versions = rubric_versions(db_session(), current_actor(), rubric.job_id)
    others = {str(one.number): one for one in versions if one.id != rubric.id}
    base = request.args.get("with") or _usual_base(rubric, others)
    if base == GENERATED and rubric.generated:
        before: dict[str, Any] = rubric.generated
    elif base in others:
        before = others[base].content
    elif base:
        abort(404)
    else:
        before = rubric.content
    found = diff_rubrics(rubric_from_document(before), rubric_from_document(rubric.content))
    return render_template(
        "rubrics/changes.html",
        base=base,
        others=others,
        frameworks=(before["framework"], rubric.content["framework"]),
        changed=_by_row(found),
        number=len(found),
        word_changes=word_changes,
        GENERATED=GENERATED,
        **rubric_page(rubric),
    )


@bp.get("/<int:rubric_id>/print")
@requires(Permission.RUBRIC_READ)
def paper(rubric_id: int) -> str:
    rubric = load_rubric(rubric_id)
    return render_template("rubrics/print.html", anchors_of=anchors_of, **rubric_page(rubric))


def load_rubric(rubric_id: int, doing: Permission | None = None) -> Rubric:
    """The rubric, if the person may know of it; 403 if they may not also do this to it."""
    rubric = load_or_404(db_session(), visible.rubrics(current_actor()).where(Rubric.id == rubric_id))
    if doing is not None:
        allow(doing, Subject(job_id=rubric.job_id))
    return rubric


def rubric_page(rubric: Rubric) -> dict[str, Any]:
    """What every page of one rubric shows of it."""
    return {
        "rubric": rubric,
        "content": rubric_from_document(rubric.content),
        "source": rubric.content["framework"],
        "job": db_session().get_one(Job, rubric.job_id),
        "subject": Subject(job_id=rubric.job_id),
        **_LABELS,
    }


def _status_asked() -> RubricStatus | None:
    try:
        return RubricStatus(request.args["status"]) if request.args.get("status") else None
    except ValueError:
        abort(404)


def _job_asked(actor: Actor) -> Job | None:
    """The job whose rubrics are asked for; who may not know of it is told that there is none."""
    if not request.args.get("job_id"):
        return None
    job_id = request.args.get("job_id", type=int)
    if job_id is None or not 0 < job_id < 2**31:
        abort(404)
    return load_or_404(db_session(), visible.jobs(actor).where(Job.id == job_id))


def _newer_framework(rubric: Rubric) -> FrameworkRow | None:
    newest = newest_framework(db_session(), rubric.content["framework"]["soc"])
    return newest if newest and rubric.framework_id and newest.id > rubric.framework_id else None


def _usual_base(rubric: Rubric, others: dict[str, Rubric]) -> str:
    """What a version is compared with unless asked otherwise: the one before, else the draft as generated."""
    earlier = [one.number for one in others.values() if one.number < rubric.number]
    if earlier:
        return str(max(earlier))
    return GENERATED if rubric.generated else ""


def _by_row(found: list[RubricChange]) -> dict[str, list[RubricChange]]:
    rows: dict[str, list[RubricChange]] = {}
    for change in found:
        rows.setdefault(change.key, []).append(change)
    return rows
