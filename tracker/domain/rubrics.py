"""Generating a rubric from a framework: rows, anchors and questions for a job's target level.

A generated rubric is a draft: a named person reviews it, edits it and publishes it (design: rubrics).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.aligned_rows import AlignedRow, Alignment, Cell
from tracker.domain.competencies import (
    LONGEST_NAME,
    Anchor,
    Competency,
    Leftover,
    Rubric,
    competency_key,
)
from tracker.domain.frameworks import LEVEL_LABELS, Framework, Level, Statement
from tracker.domain.questions import is_early_career
from tracker.domain.rubric_documents import (
    content_hash,
    document_hash,
    rubric_as_document,
    rubric_as_json,
    rubric_from_document,
    rubric_from_json,
)
from tracker.domain.rubric_edits import check_publishable, questions_of
from tracker.domain.rubric_review import RubricChange, diff_rubrics, review_points
from tracker.domain.rules import RuleBroken
from tracker.domain.statement_words import plain, stem, words
from tracker.late import Late

# It needs numpy and scipy, which take longer to load than all the rest of the tracker.
if TYPE_CHECKING:
    from tracker.domain import alignment as aligning
else:
    aligning = Late("tracker.domain.alignment")

__all__ = [
    "SENIORITY_LABELS",
    "Anchor",
    "Competency",
    "Leftover",
    "Rubric",
    "RubricChange",
    "Seniority",
    "check_publishable",
    "content_hash",
    "default_target_level",
    "diff_rubrics",
    "document_hash",
    "generate_rubric",
    "review_points",
    "rubric_as_document",
    "rubric_as_json",
    "rubric_from_document",
    "rubric_from_json",
    "suggest_target_level",
]


class Seniority(StrEnum):
    """How experienced a job asks its people to be."""

    ENTRY = "entry"
    EXPERIENCED = "experienced"
    SENIOR = "senior"
    LEAD = "lead"


SENIORITY_LABELS: dict[Seniority, str] = {
    Seniority.ENTRY: "Entry",
    Seniority.EXPERIENCED: "Experienced",
    Seniority.SENIOR: "Senior",
    Seniority.LEAD: "Lead",
}

_LEVEL_OF = {
    Seniority.ENTRY: Level.EMERGING,
    Seniority.EXPERIENCED: Level.DEVELOPING,
    Seniority.SENIOR: Level.PROFICIENT,
    Seniority.LEAD: Level.ADVANCED,
}
_FIRST_HIGH_JOB_ZONE = 4


def default_target_level(
    job_zone: int | None, seniority: Seniority = Seniority.ENTRY, *, is_inferred: bool = False
) -> Level | None:
    """The level that a job asks for by default; none where it must be asked and not guessed.

    An entry job asks for the emerging level, in job zones 4 and 5 for the developing one. Without a job zone,
    or with an inferred one, an entry job's level is unknown; of every other job its seniority tells, and no
    zone is needed. What is learnt in a short training on the job is no hurdle (29 CFR 1607.5(F) and (I)).
    """
    if seniority is not Seniority.ENTRY:
        return _LEVEL_OF[seniority]
    if job_zone is None or is_inferred:
        return None
    return Level.DEVELOPING if job_zone >= _FIRST_HIGH_JOB_ZONE else Level.EMERGING


def preferred_level(target: Level) -> Level | None:
    """The level that a job likes to see and does not ask for: developing, where it asks for emerging."""
    return Level.DEVELOPING if target is Level.EMERGING else None


def generate_rubric(
    framework: Framework,
    *,
    target_level: Level | str | None = None,
    seniority: Seniority | str = Seniority.ENTRY,
) -> Rubric:
    """Draft a rubric: the framework's statements in rows, with questions for the target level.

    Raises RuleBroken on `target_level` where none is given and the job zone does not tell it.
    """
    target, notices = _target(framework, target_level, Seniority(seniority))
    alignment = aligning.align(framework.levels)
    rows = [*alignment.rows, *_rows_of_one(alignment, target)]
    competencies = _competencies(rows, framework, target)
    shown = {
        (anchor.level, anchor.index) for row in competencies for anchor in row.anchors.values() if anchor
    }
    leftovers = tuple(
        Leftover(item.level, item.index, item.text, framework.source)
        for item in alignment.alone
        if (item.level, item.index) not in shown
    )
    notices += [*framework.notices, *alignment.notices, *_row_notices(competencies)]
    return Rubric(target, competencies, leftovers, tuple(notices))


def suggest_target_level(framework: Framework, seniority: Seniority) -> tuple[Level | None, str]:
    """The level that a job would ask for by default, and why; none where it must be asked and not guessed."""
    level = default_target_level(framework.job_zone, seniority, is_inferred=framework.is_job_zone_inferred)
    if level is None:
        reason = "is only inferred" if framework.job_zone is not None else "is missing"
        return (
            None,
            f"The job zone of {framework.title} {reason}, so choose the target level of the rubric.",
        )
    preferred = preferred_level(level)
    basis = f"job zone {framework.job_zone}" if seniority is Seniority.ENTRY else "the job's seniority"
    return (
        level,
        f"The target level is {LEVEL_LABELS[level].lower()}, by {basis}: check that it fits the job."
        + (f" {LEVEL_LABELS[preferred]} is preferred, and no hurdle." if preferred else ""),
    )


def _target(
    framework: Framework, target_level: Level | str | None, seniority: Seniority
) -> tuple[Level, list[str]]:
    if target_level is not None:
        return Level(target_level), []
    level, why = suggest_target_level(framework, seniority)
    if level is None:
        raise RuleBroken(why, field="target_level")
    return level, [why]


def _rows_of_one(alignment: Alignment, target: Level) -> list[AlignedRow]:
    """What the job asks for at its target level stays in the rubric even where no other level matches it."""
    alone = sorted(
        (item for item in alignment.alone if item.level is target), key=lambda item: plain(item.text)
    )
    return [AlignedRow({target: Cell(item, 1.0)}) for item in alone]


def _competencies(rows: Sequence[AlignedRow], framework: Framework, target: Level) -> tuple[Competency, ...]:
    competencies: list[Competency] = []
    keys: set[str] = set()
    names: set[str] = set()
    early = is_early_career(framework.job_zone)
    for row in rows:
        name = _name([cell.statement for cell in row.cells.values()], names)
        key = competency_key(name, keys)
        names.add(plain(name))
        keys.add(key)
        anchors = _anchors(row.cells, framework)
        competencies.append(
            Competency(
                key=key,
                name=name,
                weight=1.0,
                weight_reason="",
                is_required=min(row.cells, key=lambda level: level.rank).rank <= target.rank,
                target_level=target,
                anchors=anchors,
                questions=questions_of(anchors, target, early_career=early),
            )
        )
    return tuple(competencies)


def _anchors(cells: Mapping[Level, Cell], framework: Framework) -> dict[Level, Anchor | None]:
    anchors: dict[Level, Anchor | None] = dict.fromkeys(Level)
    for level, cell in cells.items():
        statement = cell.statement
        anchors[level] = Anchor(
            level, statement.index, statement.text, cell.confidence, cell.is_weak, framework.source
        )
    return anchors


def _name(statements: Sequence[Statement], taken: set[str]) -> str:
    """The topic that says most of what the row's topics share, lower levels first."""
    stems = [{stem(word) for word in words(item.topic)} for item in statements]
    shared = [
        sum(len(own & other) for other in stems if other is not own) / max(len(own), 1) for own in stems
    ]
    order = sorted(range(len(statements)), key=lambda place: (-shared[place], statements[place].level.rank))
    names = [_shorten(statements[place].topic) for place in order]
    fresh = [name for name in names if plain(name) not in taken]
    return fresh[0] if fresh else _numbered(names[0], taken)


def _shorten(topic: str) -> str:
    name = " ".join(topic.split())
    name = name[:1].upper() + name[1:]
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while plain(f"{name} {number}") in taken:
        number += 1
    return f"{name[: LONGEST_NAME - 4]} {number}"


def _row_notices(competencies: Sequence[Competency]) -> list[str]:
    notices = []
    for row in competencies:
        present = [anchor for anchor in row.anchors.values() if anchor is not None]
        target = LEVEL_LABELS[row.target_level].lower()
        if not row.is_required:
            notices.append(
                f"{row.name} begins above the {target} level: it is not required, "
                "and its questions come from another level."
            )
        elif len(present) == 1:
            notices.append(f"{row.name} has one anchor only: no other level matches it.")
        elif row.anchors[row.target_level] is None:
            notices.append(f"{row.name} has no {target} anchor: its questions come from another level.")
        if len({plain(anchor.statement) for anchor in present}) < len(present):
            notices.append(f"{row.name} says the same at two levels: tell them apart before publishing.")
    return notices
