"""What an author writes into a draft rubric without a framework: competencies, and anchors in own words.

Raises RuleBroken with the field of the form that it belongs to.
"""

from dataclasses import replace

from tracker.domain.competencies import Anchor, Competency, Rubric, competency_key
from tracker.domain.frameworks import FrameworkSource, Level
from tracker.domain.names import clean_line
from tracker.domain.questions import PROBES, Questions
from tracker.domain.rubric_edits import blank_cell, check_name, clean_name, questions_of, row_of, with_row
from tracker.domain.rules import RuleBroken

LONGEST_ANCHOR = 1_000  # characters


def no_framework(soc: str, title: str) -> FrameworkSource:
    """The source of a rubric that is written by hand: an occupation or none, the job's title, no file."""
    return FrameworkSource(soc=soc, title=title, version="", sha256="", attribution="")


def empty_rubric(target_level: Level) -> Rubric:
    """A rubric to be written from scratch."""
    return Rubric(target_level, competencies=(), leftovers=())


def begin_competency(rubric: Rubric, name: str) -> Rubric:
    """Begin a row without anchors, required at the rubric's target level."""
    name = clean_name(name)
    check_name(rubric, name, key=None)
    row = Competency(
        key=competency_key(name, {row.key for row in rubric.competencies}),
        name=name,
        weight=1.0,
        weight_reason="",
        is_required=True,
        target_level=rubric.target_level,
        anchors=dict.fromkeys(Level),
        questions=Questions("", "", PROBES, (), needs_review=True),
    )
    return replace(rubric, competencies=(*rubric.competencies, row))


def write_anchor(
    rubric: Rubric, key: str, level: Level, text: str, *, source: FrameworkSource, early_career: bool = False
) -> Rubric:
    """Put the author's own words at a level of a row; a statement that stood there becomes a leftover.

    Its `index` is below 0, as it stands in no file. Questions that nobody has written yet are made from it.
    """
    statement = clean_line(text, "The anchor", "statement", longest=LONGEST_ANCHOR)
    if not statement:
        raise RuleBroken("Write what one sees or hears at this level.", "statement")
    if (there := row_of(rubric, key).anchors.get(level)) is not None:
        if there.statement == statement:
            return rubric
        rubric = blank_cell(rubric, key, level)
    row = row_of(rubric, key)
    anchor = Anchor(level, _next_index(rubric), statement, 1.0, False, source)
    anchors = {**row.anchors, level: anchor}
    questions = row.questions
    if not questions.behavioural and not questions.situational:
        anew = questions_of(anchors, row.target_level, early_career=early_career)
        questions = replace(anew, task=questions.task)
    elif level is row.target_level:
        questions = replace(questions, needs_review=True)
    return with_row(rubric, replace(row, anchors=anchors, questions=questions))


def _next_index(rubric: Rubric) -> int:
    anchors = [anchor.index for row in rubric.competencies for anchor in row.anchors.values() if anchor]
    return min([0, *anchors, *(item.index for item in rubric.leftovers)]) - 1
