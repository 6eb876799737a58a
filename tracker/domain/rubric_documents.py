"""A rubric as the document that is stored, printed and exchanged, always in the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tracker.domain.competencies import Anchor, Competency, Leftover, Rubric
from tracker.domain.frameworks import Framework, FrameworkSource, Level
from tracker.domain.interview_plans import plan_interviews
from tracker.domain.questions import Questions

Document = dict[str, Any]
_ONLY_IF_THERE = ("weight_reason", "target_reason", "target_set_by")


def rubric_as_document(rubric: Rubric, framework: Framework | FrameworkSource) -> Document:
    """The rubric as plain values, with its interview plan; `weight_reason`, `target_reason`,
    `target_set_by` and a question's `task` stand only where there are such."""
    source = framework.source if isinstance(framework, Framework) else framework
    plan = plan_interviews(rubric)
    lacking = [f"{rubric.competency(key).name} lacks a second session in the plan." for key in plan.lacking]
    return {
        "framework": {
            "soc": source.soc,
            "title": source.title,
            "version": source.version,
            "sha256": source.sha256,
            "attribution": source.attribution,
        },
        "target_level": rubric.target_level.value,
        "competencies": [_competency_as_document(row) for row in rubric.competencies],
        "leftovers": [
            {"level": item.level.value, "index": item.index, "statement": item.statement}
            for item in rubric.leftovers
        ],
        "plan": [
            {
                "session": session.number,
                "kind": session.kind.value,
                "minutes": session.minutes,
                "competencies": list(session.competencies),
            }
            for session in plan.sessions
        ],
        "notices": [*rubric.notices, *(note for note in lacking if note not in rubric.notices)],
    }


def rubric_as_json(rubric: Rubric, framework: Framework | FrameworkSource) -> str:
    """The rubric's document as JSON text; the same rubric gives the same bytes."""
    return json.dumps(rubric_as_document(rubric, framework), ensure_ascii=False, indent=2)


def rubric_from_json(text: str | bytes) -> Rubric:
    """Read back what `rubric_as_json` wrote; KeyError or ValueError for anything else."""
    return rubric_from_document(json.loads(text))


def rubric_from_document(document: Mapping[str, Any]) -> Rubric:
    """Read back what `rubric_as_document` gave; KeyError or ValueError for anything else."""
    source = FrameworkSource(**{name: document["framework"][name] for name in FrameworkSource.__slots__})
    return Rubric(
        target_level=Level(document["target_level"]),
        competencies=tuple(_competency_from_document(row, source) for row in document["competencies"]),
        leftovers=tuple(
            Leftover(Level(item["level"]), item["index"], item["statement"], source)
            for item in document["leftovers"]
        ),
        notices=tuple(document["notices"]),
    )


def content_hash(rubric: Rubric, framework: Framework | FrameworkSource) -> str:
    """The hash of what publishing fixes: everything but the notices to the author."""
    return document_hash(rubric_as_document(rubric, framework))


def document_hash(document: Mapping[str, Any]) -> str:
    """The hash of a stored document, equal to `content_hash` of the rubric in it."""
    content = {name: value for name, value in document.items() if name != "notices"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _competency_as_document(row: Competency) -> Document:
    document: Document = {
        "key": row.key,
        "name": row.name,
        "weight": row.weight,
        "required": row.is_required,
        "target_level": row.target_level.value,
        "anchors": {level.value: _anchor_as_document(row.anchors.get(level)) for level in Level},
        "questions": {
            "behavioural": row.questions.behavioural,
            "situational": row.questions.situational,
            "probes": list(row.questions.probes),
            "look_fors": list(row.questions.look_fors),
            "needs_review": row.questions.needs_review,
        }
        | ({"task": row.questions.task} if row.questions.task else {}),
    }
    reasons = {name: getattr(row, name) for name in _ONLY_IF_THERE}
    return document | {name: text for name, text in reasons.items() if text}


def _anchor_as_document(anchor: Anchor | None) -> Document | None:
    if anchor is None:
        return None
    return {
        "index": anchor.index,
        "statement": anchor.statement,
        "confidence": anchor.confidence,
        "weak": anchor.is_weak,
    }


def _competency_from_document(row: Mapping[str, Any], source: FrameworkSource) -> Competency:
    asked = row["questions"]
    return Competency(
        key=row["key"],
        name=row["name"],
        weight=float(row["weight"]),
        is_required=row["required"],
        target_level=Level(row["target_level"]),
        anchors={level: _anchor_from_document(level, row["anchors"][level.value], source) for level in Level},
        questions=Questions(
            behavioural=asked["behavioural"],
            situational=asked["situational"],
            probes=tuple(asked["probes"]),
            look_fors=tuple(asked["look_fors"]),
            needs_review=asked["needs_review"],
            task=asked.get("task", ""),
        ),
        **{name: row.get(name, "") for name in _ONLY_IF_THERE},
    )


def _anchor_from_document(
    level: Level, anchor: Mapping[str, Any] | None, source: FrameworkSource
) -> Anchor | None:
    if anchor is None:
        return None
    return Anchor(
        level=level,
        index=anchor["index"],
        statement=anchor["statement"],
        confidence=float(anchor["confidence"]),
        is_weak=anchor["weak"],
        source=source,
    )
