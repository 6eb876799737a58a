"""What a reviewer of a rubric wants to see: what is not settled yet, and what two versions differ in."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracker.domain.competencies import Anchor, Competency, Rubric
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.questions import QuestionVerdict, check_question
from tracker.domain.rubric_edits import publishing_faults
from tracker.domain.traits import names_trait


@dataclass(frozen=True, slots=True)
class RubricChange:
    """One difference: of which row, in what, from what to what; empty where there was nothing."""

    key: str
    name: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """What an author should look at before publishing: of which row, in a sentence, and whether it blocks."""

    key: str
    message: str
    is_blocking: bool


def review_points(rubric: Rubric, jurisdiction: str = "*") -> list[ReviewPoint]:
    """What keeps a rubric from being published, then what its author should decide before.

    Weak anchors, questions that no frame fitted, and questions that are better not asked in the jurisdiction.
    """
    names = {row.key: row.name for row in rubric.competencies}
    faults = [
        ReviewPoint(key, _of_row(names.get(key, ""), fault.message), True)
        for key, fault in publishing_faults(rubric, jurisdiction=jurisdiction)
    ]
    return faults + [point for row in rubric.competencies for point in _open_points(row, jurisdiction)]


def _of_row(name: str, message: str) -> str:
    return message if name in message else f"{name}: {message[:1].lower()}{message[1:]}"


def _open_points(row: Competency, jurisdiction: str) -> Iterator[ReviewPoint]:
    weak = [
        LEVEL_LABELS[anchor.level].lower() for anchor in row.anchors.values() if anchor and anchor.is_weak
    ]
    if weak:
        anchors = "anchor is" if len(weak) == 1 else "anchors are"
        yield ReviewPoint(row.key, f"{row.name}: the {' and '.join(weak)} {anchors} weak.", False)
    if row.questions.needs_review:
        yield ReviewPoint(row.key, f"{row.name}: the questions need a look.", False)
    asked = row.questions
    for look_for in filter(names_trait, asked.look_fors):
        message = f"{row.name}: “{look_for}” speaks of what somebody is like; say what can be seen or heard."
        yield ReviewPoint(row.key, message, False)
    for question in (asked.behavioural, asked.situational, *asked.probes, *asked.look_fors, asked.task):
        for warning in check_question(question, jurisdiction):
            if warning.verdict is not QuestionVerdict.REFUSE:
                yield ReviewPoint(row.key, f"{row.name}: {warning.message}", False)


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


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts word by word: pieces of text, each marked `same`, `gone` or `new`."""
    old, new = before.split(), after.split()
    pieces = []
    for mark, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, False).get_opcodes():
        if mark == "equal":
            pieces.append(("same", " ".join(old[old_from:old_to])))
            continue
        pieces += [("gone", " ".join(old[old_from:old_to])), ("new", " ".join(new[new_from:new_to]))]
    return [(mark, text) for mark, text in pieces if text]


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
        "Reason for the target level": row.target_reason,
        **{f"{LEVEL_LABELS[level]} anchor": _text(row.anchors.get(level)) for level in Level},
        "Behavioural question": row.questions.behavioural,
        "Situational question": row.questions.situational,
        "Probes": "\n".join(row.questions.probes),
        "Look-fors": "\n".join(row.questions.look_fors),
        "Task": row.questions.task,
    }


def _text(anchor: Anchor | None) -> str:
    return "" if anchor is None else anchor.statement
