"""What referees are asked: how the work went on a few competencies of the job, and when that was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.competencies import Competency
from tracker.domain.days import check_day
from tracker.domain.names import clean_line, clean_text
from tracker.domain.rules import RuleBroken

MOST_ASKED = 6
"""How many competencies a referee is asked about: what takes ten minutes is answered."""
LONGEST_EXAMPLE = 2_000  # characters


class Seen(StrEnum):
    """How a referee saw somebody do a part of the work."""

    NOT_SEEN = "not_seen"
    SELDOM = "seldom"
    MOSTLY = "mostly"
    ALWAYS = "always"


SEEN_LABELS = {
    Seen.NOT_SEEN: "I could not see it",
    Seen.SELDOM: "With help",
    Seen.MOSTLY: "Well, on their own",
    Seen.ALWAYS: "So well that others learnt from it",
}


@dataclass(frozen=True, slots=True)
class RefereeAnswers:
    """What a referee says: by competency key how it was seen and an example; days of working together.

    Whether the candidate worked where they say, and whether they would be welcome again, is none where the
    referee cannot or would not say.
    """

    seen: Mapping[str, Seen]
    examples: Mapping[str, str]
    role: str = ""
    worked_from_on: date | None = None
    worked_until_on: date | None = None
    has_confirmed_employment: bool | None = None
    would_rehire: bool | None = None
    comment: str = ""


def asked_of_referees(rows: Sequence[Competency]) -> tuple[Competency, ...]:
    """The competencies that a referee is asked about: required and heavy ones, in their order."""
    ranked = sorted(rows, key=lambda row: (not row.is_required, -row.weight))[:MOST_ASKED]
    return tuple(row for row in rows if row in ranked)


def checked_answers(answers: RefereeAnswers, keys: Sequence[str], today: date) -> RefereeAnswers:
    """The answers cleaned. Raises RuleBroken at the first field that cannot stand."""
    missing = next((key for key in keys if key not in answers.seen), None)
    if missing is not None:
        raise RuleBroken("Choose one, or say that you could not see it.", field=f"seen_{missing}")
    begun, over = answers.worked_from_on, answers.worked_until_on
    if begun is None:
        raise RuleBroken("Say since when you worked together.", field="worked_from_on")
    if begun.year < 1950 or begun > today:
        raise RuleBroken("This day cannot be when you began to work together.", field="worked_from_on")
    if over is not None:
        check_day(over, field="worked_until_on")
        if over < begun:
            raise RuleBroken("This ends before it begins.", field="worked_until_on")
        if over > today:
            raise RuleBroken(
                "This day is still to come: leave it empty if you still work together.",
                field="worked_until_on",
            )
    examples = {
        key: clean_text(text, "The example", f"example_{key}", longest=LONGEST_EXAMPLE)
        for key, text in answers.examples.items()
        if key in keys
    }
    return replace(
        answers,
        seen={key: answers.seen[key] for key in keys},
        examples={key: text for key, text in examples.items() if text},
        role=clean_line(answers.role, "Their work", "role", longest=200, needed=True),
        comment=clean_text(answers.comment, "The comment", "comment", longest=LONGEST_EXAMPLE),
    )
