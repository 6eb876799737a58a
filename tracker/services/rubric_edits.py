"""The edits of a draft rubric, one verb each; `edits` is the number of edits that the actor had seen."""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.orm import Session

from tracker.domain import rubric_edits as rules
from tracker.domain import rubric_hints as hints
from tracker.domain import rubric_writing as writing
from tracker.domain.actors import Actor
from tracker.domain.frameworks import Level
from tracker.domain.rubric_edits import QuestionKind
from tracker.domain.rubrics import Rubric as RubricValue
from tracker.domain.rubrics import rubric_from_document
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.places import law_of
from tracker.services.rubrics import edit_draft, source_of

Change = Callable[[RubricValue], RubricValue]


def rename_competency(
    session: Session, rubric: Rubric, key: str, name: str, *, edits: int, actor: Actor
) -> Rubric:
    """Give a competency another name. Raises RuleBroken on `name`."""
    change: Change = partial(rules.rename_competency, key=key, name=name)
    return edit_draft(session, rubric, change, "rename_competency", edits=edits, actor=actor)


def move_anchor(
    session: Session, rubric: Rubric, key: str, level: Level, to_key: str, *, edits: int, actor: Actor
) -> Rubric:
    """Move a statement to the same level of another competency."""
    change: Change = partial(rules.move_anchor, key=key, level=level, to_key=to_key)
    return edit_draft(session, rubric, change, "move_anchor", edits=edits, actor=actor)


def blank_cell(
    session: Session, rubric: Rubric, key: str, level: Level, *, edits: int, actor: Actor
) -> Rubric:
    """Leave a level of a competency without an anchor."""
    change: Change = partial(rules.blank_cell, key=key, level=level)
    return edit_draft(session, rubric, change, "blank_cell", edits=edits, actor=actor)


def place_leftover(
    session: Session, rubric: Rubric, level: Level, index: int, to_key: str, *, edits: int, actor: Actor
) -> Rubric:
    """Put a leftover statement into a competency."""
    change: Change = partial(rules.place_leftover, level=level, index=index, to_key=to_key)
    return edit_draft(session, rubric, change, "place_leftover", edits=edits, actor=actor)


def confirm_anchor(
    session: Session, rubric: Rubric, key: str, level: Level, *, edits: int, actor: Actor
) -> Rubric:
    """Keep a weak anchor where it stands."""
    change: Change = partial(rules.confirm_anchor, key=key, level=level)
    return edit_draft(session, rubric, change, "confirm_anchor", edits=edits, actor=actor)


def add_competency(
    session: Session, rubric: Rubric, level: Level, index: int, name: str, *, edits: int, actor: Actor
) -> Rubric:
    """Begin a new competency with a leftover statement."""
    early = rubric_from_document(rubric.content).is_situational_first
    change: Change = partial(rules.add_competency, level=level, index=index, name=name, early_career=early)
    return edit_draft(session, rubric, change, "add_competency", edits=edits, actor=actor)


def begin_competency(session: Session, rubric: Rubric, name: str, *, edits: int, actor: Actor) -> Rubric:
    """Begin a new competency without an anchor."""
    change: Change = partial(writing.begin_competency, name=name)
    return edit_draft(session, rubric, change, "begin_competency", edits=edits, actor=actor)


def write_anchor(
    session: Session, rubric: Rubric, key: str, level: Level, text: str, *, edits: int, actor: Actor
) -> Rubric:
    """Put the author's own words at a level of a competency; what stood there becomes a leftover."""
    early = rubric_from_document(rubric.content).is_situational_first
    change: Change = partial(
        writing.write_anchor, key=key, level=level, text=text, source=source_of(rubric), early_career=early
    )
    return edit_draft(session, rubric, change, "write_anchor", edits=edits, actor=actor)


def remove_competency(session: Session, rubric: Rubric, key: str, *, edits: int, actor: Actor) -> Rubric:
    """Take a competency out; its statements become leftovers."""
    change: Change = partial(rules.remove_competency, key=key)
    return edit_draft(session, rubric, change, "remove_competency", edits=edits, actor=actor)


def rewrite_question(
    session: Session, rubric: Rubric, key: str, kind: QuestionKind, text: str, *, edits: int, actor: Actor
) -> Rubric:
    """Put the author's own question in place of a generated one, if it may be asked where the job is."""
    where = law_of(session.get_one(Job, rubric.job_id).jurisdiction)
    change: Change = partial(rules.rewrite_question, key=key, kind=kind, text=text, jurisdiction=where)
    return edit_draft(session, rubric, change, "rewrite_question", edits=edits, actor=actor)


def rewrite_hints(
    session: Session,
    rubric: Rubric,
    key: str,
    probes: Sequence[str],
    look_fors: Sequence[str],
    task: str = "",
    *,
    edits: int,
    actor: Actor,
) -> Rubric:
    """Put the author's own probes, look-fors and task beside the questions, if they may stand there."""
    where = law_of(session.get_one(Job, rubric.job_id).jurisdiction)

    def change(value: RubricValue) -> RubricValue:
        row = rules.row_of(value, key)
        return rules.with_row(value, hints.rewrite_hints(row, probes, look_fors, task, jurisdiction=where))

    return edit_draft(session, rubric, change, "rewrite_hints", edits=edits, actor=actor)


def set_weight(
    session: Session, rubric: Rubric, key: str, weight: float, reason: str, *, edits: int, actor: Actor
) -> Rubric:
    """Weigh a competency otherwise than the rest, with a reason."""
    change: Change = partial(rules.set_weight, key=key, weight=weight, reason=reason)
    return edit_draft(session, rubric, change, "set_weight", edits=edits, actor=actor)


def set_required(
    session: Session, rubric: Rubric, key: str, is_required: bool, *, edits: int, actor: Actor
) -> Rubric:
    """Say whether a competency must be rated before a candidate can move on."""
    change: Change = partial(rules.set_required, key=key, is_required=is_required)
    return edit_draft(session, rubric, change, "set_required", edits=edits, actor=actor)


def set_target_level(
    session: Session, rubric: Rubric, key: str, level: Level, reason: str, *, edits: int, actor: Actor
) -> Rubric:
    """Set the level that one competency asks for, with a reason where it is not the rubric's; its questions
    are made anew.
    """
    early = rubric_from_document(rubric.content).is_situational_first
    change: Change = partial(
        rules.set_target_level, key=key, level=level, reason=reason, set_by=actor.key, early_career=early
    )
    return edit_draft(session, rubric, change, "set_target_level", edits=edits, actor=actor)
