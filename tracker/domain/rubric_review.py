"""What a reviewer of a rubric wants to see: what is not settled yet, and what two versions differ in."""

from dataclasses import dataclass

from tracker.domain.competencies import Anchor, Competency, Rubric
from tracker.domain.frameworks import LEVEL_LABELS, Level


@dataclass(frozen=True, slots=True)
class RubricChange:
    """One difference: of which row, in what, from what to what; empty where there was nothing."""

    key: str
    name: str
    what: str
    before: str
    after: str


def review_notes(rubric: Rubric) -> list[str]:
    """What the author should decide before publishing: weak anchors and questions that no frame fitted."""
    notes = []
    for row in rubric.competencies:
        weak = [
            LEVEL_LABELS[anchor.level].lower() for anchor in row.anchors.values() if anchor and anchor.is_weak
        ]
        if weak:
            anchors = "anchor is" if len(weak) == 1 else "anchors are"
            notes.append(f"{row.name}: the {' and '.join(weak)} {anchors} weak.")
        if row.questions.needs_review:
            notes.append(f"{row.name}: the questions need a look.")
    return notes


def diff_rubrics(old: Rubric, new: Rubric) -> list[RubricChange]:
    """The differences between two versions of a rubric, row by row in the order of the newer one."""
    before = {row.key: row for row in old.competencies}
    after = {row.key: row for row in new.competencies}
    changes = []
    if old.target_level is not new.target_level:
        levels = LEVEL_LABELS[old.target_level], LEVEL_LABELS[new.target_level]
        changes.append(RubricChange("", "", "Target level", *levels))
    for key, row in after.items():
        if key not in before:
            changes.append(RubricChange(key, row.name, "Competency", "", row.name))
        else:
            changes.extend(_row_changes(before[key], row))
    changes += [
        RubricChange(key, row.name, "Competency", row.name, "")
        for key, row in before.items()
        if key not in after
    ]
    return changes


def _row_changes(old: Competency, new: Competency) -> list[RubricChange]:
    old_facts, new_facts = _facts(old), _facts(new)
    return [
        RubricChange(new.key, new.name, what, old_facts[what], new_facts[what])
        for what in new_facts
        if old_facts[what] != new_facts[what]
    ]


def _facts(row: Competency) -> dict[str, str]:
    return {
        "Name": row.name,
        "Weight": f"{row.weight:g}",
        "Reason for the weight": row.weight_reason,
        "Required": "yes" if row.is_required else "no",
        "Target level": LEVEL_LABELS[row.target_level],
        **{f"{LEVEL_LABELS[level]} anchor": _text(row.anchors.get(level)) for level in Level},
        "Behavioural question": row.questions.behavioural,
        "Situational question": row.questions.situational,
        "Probes": "\n".join(row.questions.probes),
        "Look-fors": "\n".join(row.questions.look_fors),
    }


def _text(anchor: Anchor | None) -> str:
    return "" if anchor is None else anchor.statement
