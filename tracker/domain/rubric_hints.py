"""What an interviewer has beside the questions of a row: neutral probes, what to look for, and the task of a
skills assessment.

Raises RuleBroken with the field of the form that it belongs to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.domain.competencies import Competency
from tracker.domain.names import clean_line, clean_text
from tracker.domain.questions import MOST_PROBES, QuestionVerdict, check_question
from tracker.domain.rules import RuleBroken

MOST_LOOK_FORS = 8
LONGEST_HINT = 300  # characters
LONGEST_TASK = 2_000  # characters


def rewrite_hints(
    row: Competency, probes: Sequence[str], look_fors: Sequence[str], task: str = "", *, jurisdiction: str
) -> Competency:
    """The row with the author's own probes, look-fors and task, unless one may not be asked there.

    Raises RuleBroken on `probes`, `look_fors` or `task`.
    """
    changed = replace(
        row.questions,
        probes=_cleaned(probes, "A probe", "probes"),
        look_fors=_cleaned(look_fors, "What to look for", "look_fors"),
        task=clean_text(task, "The task", "task", longest=LONGEST_TASK),
    )
    rewritten = replace(row, questions=changed)
    for fault in hint_faults(rewritten, jurisdiction):
        raise fault
    return rewritten


def hint_faults(row: Competency, jurisdiction: str, *, field: str | None = None) -> Iterator[RuleBroken]:
    """What may not stand among probes, look-fors and task of a row, each at its field or the one given."""
    asked = row.questions
    hints = {
        "probes": (asked.probes, MOST_PROBES),
        "look_fors": (asked.look_fors, MOST_LOOK_FORS),
        "task": ((asked.task,) if asked.task else (), 1),
    }
    for name, (lines, most) in hints.items():
        at = field or name
        if len(lines) > most:
            yield RuleBroken(f"At most {most} of these, a line each.", at)
        yield from (fault for line in lines for fault in unlawful(line, jurisdiction, at))


def unlawful(text: str, jurisdiction: str, field: str) -> Iterator[RuleBroken]:
    """What in a text may not be asked there, each at the field."""
    for warning in check_question(text, jurisdiction):
        if warning.verdict is QuestionVerdict.REFUSE:
            yield RuleBroken(warning.message, field)


def _cleaned(lines: Sequence[str], what: str, field: str) -> tuple[str, ...]:
    cleaned = (clean_line(line, what, field, longest=LONGEST_HINT) for line in lines)
    return tuple(dict.fromkeys(line for line in cleaned if line))
