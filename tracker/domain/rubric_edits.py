"""What an author may change in a draft rubric; each edit gives a new rubric and drops no statement.

Raises RuleBroken with the field of the form that it belongs to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial

from tracker.domain.competencies import LONGEST_NAME, Anchor, Competency, Leftover, Rubric, competency_key
from tracker.domain.frameworks import LEVEL_LABELS, Level, read_statement
from tracker.domain.names import clean_line, clean_text
from tracker.domain.questions import PROBES, Questions, questions_for
from tracker.domain.rubric_hints import hint_faults, unlawful
from tracker.domain.rules import RuleBroken
from tracker.domain.statement_words import plain

LONGEST_QUESTION = 1_000  # characters
LONGEST_REASON = 2_000  # characters
HIGHEST_WEIGHT = 10.0


class QuestionKind(StrEnum):
    """The two questions of a competency."""

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"


QUESTION_KIND_LABELS: dict[QuestionKind, str] = {
    QuestionKind.BEHAVIOURAL: "Behavioural question",
    QuestionKind.SITUATIONAL: "Situational question",
}


def questions_of(
    anchors: Mapping[Level, Anchor | None], target_level: Level, *, early_career: bool
) -> Questions:
    """The questions of a row: from its target level, else marked for review from the nearest, lower first."""
    present = sorted(
        (anchor for anchor in anchors.values() if anchor is not None),
        key=lambda anchor: (abs(anchor.level.rank - target_level.rank), anchor.level.rank),
    )
    if not present:
        return Questions("", "", PROBES, (), needs_review=True)
    nearest = present[0]
    questions = questions_for(
        read_statement(nearest.level, nearest.index, nearest.statement), early_career=early_career
    )
    return questions if nearest.level is target_level else replace(questions, needs_review=True)


def move_anchor(rubric: Rubric, key: str, level: Level, to_key: str) -> Rubric:
    """Move a statement to the same level of another row; one that stood there becomes a leftover."""
    anchor = _anchor(rubric, key, level)
    if key == to_key:
        raise RuleBroken("Choose another competency to move the statement to.", "to_key")
    emptied = blank_cell(rubric, key, level)
    return place_leftover(emptied, level, anchor.index, to_key)


def blank_cell(rubric: Rubric, key: str, level: Level) -> Rubric:
    """Leave a level of a row without an anchor; its statement becomes a leftover."""
    anchor = _anchor(rubric, key, level)
    row = row_of(rubric, key)
    leftover = Leftover(anchor.level, anchor.index, anchor.statement, anchor.source)
    changed = _asked_anew(replace(row, anchors={**row.anchors, level: None}), level)
    return replace(with_row(rubric, changed), leftovers=_sorted((*rubric.leftovers, leftover)))


def place_leftover(rubric: Rubric, level: Level, index: int, to_key: str) -> Rubric:
    """Put a leftover into a row at its own level, as the author decides; what stood there is left over."""
    leftover = _leftover(rubric, level, index)
    if row_of(rubric, to_key, "to_key").anchors.get(level) is not None:
        rubric = blank_cell(rubric, to_key, level)
    row = row_of(rubric, to_key)
    anchor = Anchor(level, index, leftover.statement, 1.0, False, leftover.source)
    changed = _asked_anew(replace(row, anchors={**row.anchors, level: anchor}), level)
    rest = tuple(item for item in rubric.leftovers if item != leftover)
    return replace(with_row(rubric, changed), leftovers=rest)


def confirm_anchor(rubric: Rubric, key: str, level: Level) -> Rubric:
    """Keep a weak anchor where it stands, as the author's decision."""
    row, anchor = row_of(rubric, key), _anchor(rubric, key, level)
    sure = replace(anchor, confidence=1.0, is_weak=False)
    return with_row(rubric, replace(row, anchors={**row.anchors, level: sure}))


def add_competency(
    rubric: Rubric, level: Level, index: int, name: str, *, early_career: bool = False
) -> Rubric:
    """Begin a new row with a leftover; it joins the others as required at the rubric's target level."""
    leftover = _leftover(rubric, level, index)
    name = clean_name(name)
    check_name(rubric, name, key=None)
    key = competency_key(name, {row.key for row in rubric.competencies})
    anchors: dict[Level, Anchor | None] = dict.fromkeys(Level)
    anchors[level] = Anchor(level, index, leftover.statement, 1.0, False, leftover.source)
    row = Competency(
        key=key,
        name=name,
        weight=1.0,
        weight_reason="",
        is_required=level.rank <= rubric.target_level.rank,
        target_level=rubric.target_level,
        anchors=anchors,
        questions=questions_of(anchors, rubric.target_level, early_career=early_career),
    )
    rest = tuple(item for item in rubric.leftovers if item != leftover)
    return replace(rubric, competencies=(*rubric.competencies, row), leftovers=rest)


def remove_competency(rubric: Rubric, key: str) -> Rubric:
    """Take a row out of the rubric; its statements become leftovers."""
    row = row_of(rubric, key)
    freed = tuple(
        Leftover(anchor.level, anchor.index, anchor.statement, anchor.source)
        for anchor in row.anchors.values()
        if anchor is not None
    )
    rest = tuple(other for other in rubric.competencies if other.key != key)
    return replace(rubric, competencies=rest, leftovers=_sorted((*rubric.leftovers, *freed)))


def rename_competency(rubric: Rubric, key: str, name: str) -> Rubric:
    """Give a row another name; its key stays, so that nothing that refers to it breaks."""
    name = clean_name(name)
    check_name(rubric, name, key=key)
    return with_row(rubric, replace(row_of(rubric, key), name=name))


def rewrite_question(rubric: Rubric, key: str, kind: QuestionKind, text: str, *, jurisdiction: str) -> Rubric:
    """Put the author's own question in place of a generated one, unless it may not be asked there."""
    row = row_of(rubric, key)
    question = clean_line(text, "The question", kind.value, longest=LONGEST_QUESTION)
    _check_question_text(question, kind, jurisdiction)
    if kind is QuestionKind.BEHAVIOURAL:
        questions = replace(row.questions, behavioural=question, needs_review=False)
    else:
        questions = replace(row.questions, situational=question, needs_review=False)
    return with_row(rubric, replace(row, questions=questions))


def set_weight(rubric: Rubric, key: str, weight: float, reason: str) -> Rubric:
    """Weigh a row otherwise than the rest; weights are equal (1) unless a reason is given."""
    if not 0 < weight <= HIGHEST_WEIGHT:
        raise RuleBroken(f"A weight is more than 0 and at most {HIGHEST_WEIGHT:g}.", "weight")
    reason = clean_text(reason, "The reason", "weight_reason", longest=LONGEST_REASON)
    if weight != 1 and not reason:
        raise RuleBroken("Give the reason for weighing this row otherwise than the rest.", "weight_reason")
    row = replace(row_of(rubric, key), weight=float(weight), weight_reason=reason)
    return with_row(rubric, row)


def set_required(rubric: Rubric, key: str, is_required: bool) -> Rubric:
    """Say whether a row must be rated before a candidate can move on."""
    return with_row(rubric, replace(row_of(rubric, key), is_required=is_required))


def set_target_level(
    rubric: Rubric, key: str, level: Level, reason: str, *, set_by: str, early_career: bool = False
) -> Rubric:
    """Set the level that one row asks for; its questions are made anew from another level's anchor.

    A level that is not the rubric's needs a reason, which is kept with who gave it.
    """
    row = row_of(rubric, key)
    reason = clean_text(reason, "The reason", "target_reason", longest=LONGEST_REASON)
    is_other = level is not rubric.target_level
    if is_other and not reason:
        raise RuleBroken("Give the reason for another level than that of the rubric.", "target_reason")
    aimed = replace(
        row,
        target_level=level,
        target_reason=reason if is_other else "",
        target_set_by=set_by if is_other else "",
    )
    if level is not row.target_level:
        anew, task = questions_of(row.anchors, level, early_career=early_career), row.questions.task
        # A task is the author's own: no statement makes it anew, so it stays to be looked at.
        aimed = replace(
            aimed, questions=replace(anew, task=task, needs_review=anew.needs_review or bool(task))
        )
    return with_row(rubric, aimed)


def check_publishable(rubric: Rubric, *, jurisdiction: str = "*") -> None:
    """Refuse a rubric that nobody could be scored with fairly; raises RuleBroken for the first fault."""
    for _key, fault in publishing_faults(rubric, jurisdiction=jurisdiction):
        raise fault


def publishing_faults(rubric: Rubric, *, jurisdiction: str = "*") -> Iterator[tuple[str, RuleBroken]]:
    """All that keeps a rubric from being published, each with the key of its row; empty for the whole."""
    if not rubric.competencies:
        yield "", RuleBroken("A rubric needs at least one competency.", "competencies")
    elif not any(row.is_required for row in rubric.competencies):
        yield "", RuleBroken("A rubric needs at least one required competency.", "competencies")
    for row in rubric.competencies:
        asked = row.questions
        for check in (
            partial(check_name, rubric, row.name, key=row.key),
            partial(_check_row, row),
            partial(_check_question_text, asked.behavioural, QuestionKind.BEHAVIOURAL, jurisdiction, row),
            partial(_check_question_text, asked.situational, QuestionKind.SITUATIONAL, jurisdiction, row),
        ):
            try:
                check()
            except RuleBroken as fault:
                yield row.key, fault
        yield from ((row.key, one) for one in hint_faults(row, jurisdiction, field=row.key))


def _check_row(row: Competency) -> None:
    if not any(row.anchors.values()):
        raise RuleBroken(f"{row.name} has no anchor: give it one or remove it.", row.key)
    if row.weight != 1 and not row.weight_reason:
        raise RuleBroken(f"{row.name} is weighed otherwise than the rest without a reason.", row.key)


def _check_question_text(
    question: str, kind: QuestionKind, jurisdiction: str, row: Competency | None = None
) -> None:
    of_row, field = (f" of {row.name}", row.key) if row else ("", kind.value)
    if not question.strip():
        raise RuleBroken(f"The {QUESTION_KIND_LABELS[kind].lower()}{of_row} is empty.", field)
    if len(question) > LONGEST_QUESTION:
        raise RuleBroken(
            f"The {QUESTION_KIND_LABELS[kind].lower()}{of_row} has over {LONGEST_QUESTION:,} characters.",
            field,
        )
    for fault in unlawful(question, jurisdiction, field):
        raise fault


def clean_name(name: str) -> str:
    """A competency's name in one line. Raises RuleBroken on `name`."""
    return clean_line(name, "The name", "name", longest=LONGEST_NAME)


def check_name(rubric: Rubric, name: str, *, key: str | None) -> None:
    """Raise RuleBroken on `name` if it is empty, too long, or that of another competency than `key`."""
    if not name.strip():
        raise RuleBroken("Give the competency a name.", "name")
    if len(" ".join(name.split())) > LONGEST_NAME:
        raise RuleBroken(f"A name has at most {LONGEST_NAME} characters.", "name")
    if any(plain(row.name) == plain(name) and row.key != key for row in rubric.competencies):
        raise RuleBroken("Another competency has this name.", "name")


def _asked_anew(row: Competency, level: Level) -> Competency:
    """Questions come from the anchor at the target level: when that is another one, they need a look."""
    if level is not row.target_level:
        return row
    return replace(row, questions=replace(row.questions, needs_review=True))


def row_of(rubric: Rubric, key: str, field: str = "key") -> Competency:
    """The row of a key. Raises RuleBroken on the field where there is none."""
    try:
        return rubric.competency(key)
    except KeyError:
        raise RuleBroken("This rubric has no such competency.", field) from None


def _anchor(rubric: Rubric, key: str, level: Level) -> Anchor:
    anchor = row_of(rubric, key).anchors.get(level)
    if anchor is None:
        raise RuleBroken(f"This competency has no {LEVEL_LABELS[level].lower()} anchor.", "level")
    return anchor


def _leftover(rubric: Rubric, level: Level, index: int) -> Leftover:
    for item in rubric.leftovers:
        if item.level is level and item.index == index:
            return item
    raise RuleBroken("This statement is not among the leftovers.", "statement")


def with_row(rubric: Rubric, changed: Competency) -> Rubric:
    """The rubric with one row in place of that of the same key."""
    rows = tuple(changed if row.key == changed.key else row for row in rubric.competencies)
    return replace(rubric, competencies=rows)


def _sorted(leftovers: tuple[Leftover, ...]) -> tuple[Leftover, ...]:
    # By their words, as the place in the file says nothing.
    return tuple(sorted(leftovers, key=lambda item: (item.level.rank, plain(item.statement))))
