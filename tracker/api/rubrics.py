"""Rubrics by API: one version, with the source of every anchor."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from tracker.api.contracts import answers
from tracker.api.shapes.rubrics import RubricShape
from tracker.domain.permissions import Permission
from tracker.models.rubrics import Rubric
from tracker.queries import visible
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.transaction import db_session

bp = Blueprint("api_rubrics", __name__, url_prefix="/api/v1/rubrics")


@bp.get("/<int:rubric_id>")
@requires(Permission.RUBRIC_READ)
@answers(RubricShape, "One version of a rubric: competencies, anchors with sources, questions, plan.")
def show(rubric_id: int) -> RubricShape:
    rubric = load_or_404(db_session(), visible.rubrics(current_actor()).where(Rubric.id == rubric_id))
    content = rubric.content
    return RubricShape(
        **content | {"competencies": [_competency(row, content) for row in content["competencies"]]},
        id=rubric.id,
        job_id=rubric.job_id,
        version=rubric.number,
        title=rubric.title,
        status=rubric.status,
        content_hash=rubric.content_hash,
    )


def _competency(row: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    framework = content["framework"]
    anchors = {
        level: {
            **anchor,
            "source": {
                "soc": framework["soc"],
                "version": framework["version"],
                "level": level,
                "index": anchor["index"],
            },
        }
        if anchor
        else None
        for level, anchor in row["anchors"].items()
    }
    empty = {"weight_reason": "", "target_reason": "", "target_set_by": ""}
    return {**empty, **row, "anchors": anchors, "questions": {"task": "", **row["questions"]}}
