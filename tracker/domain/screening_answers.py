"""Questions to every applicant: what kind of answer each takes, and which answers suggest a no.

A suggestion is shown to a person who decides; nothing is ever rejected by it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from tracker.domain.days import check_day, day_in_words
from tracker.domain.names import clean_line, clean_text
from tracker.domain.rules import RuleBroken

LONGEST_ANSWER = 4_000  # characters
MOST_CHOICES = 20


class QuestionKind(StrEnum):
    """What an answer is made of."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


QUESTION_KIND_LABELS = {
    QuestionKind.TEXT: "Text",
    QuestionKind.CHOICE: "One of a list",
    QuestionKind.NUMBER: "Number",
    QuestionKind.DATE: "Date",
    QuestionKind.FILE: "File",
}


@dataclass(frozen=True, slots=True)
class QuestionShape:
    """How a question is answered; `knock_out` holds what suggests a no: `choices` (a list), or `least` and
    `most` (numbers or days, as text).
    """

    kind: QuestionKind = QuestionKind.TEXT
    choices: tuple[str, ...] = ()
    knock_out: dict[str, Any] | None = None


def checked_shape(shape: QuestionShape) -> QuestionShape:
    """The shape cleaned. Raises RuleBroken at `choices`, `no_choices`, `least` or `most`."""
    rule = {name: value for name, value in (shape.knock_out or {}).items() if value}
    if shape.kind is QuestionKind.CHOICE:
        choices = _lines(shape.choices, "choices")
        if not 2 <= len(choices) <= MOST_CHOICES:
            raise RuleBroken(f"Give from 2 to {MOST_CHOICES} choices, one a line.", field="choices")
        against = _lines(rule.get("choices", ()), "no_choices")
        unknown = [one for one in against if one not in choices]
        if unknown:
            raise RuleBroken(f"“{unknown[0]}” is none of the choices.", field="no_choices")
        if len(against) == len(choices):
            raise RuleBroken("Every choice suggests a no: who could answer this?", field="no_choices")
        return QuestionShape(shape.kind, choices, {"choices": list(against)} if against else None)
    if shape.kind in (QuestionKind.NUMBER, QuestionKind.DATE):
        bounds = {name: str(rule[name]).strip() for name in ("least", "most") if rule.get(name)}
        values = {name: _value(shape.kind, text, name) for name, text in bounds.items()}
        if len(values) == 2 and values["least"] > values["most"]:
            raise RuleBroken("The range ends before it begins.", field="most")
        return QuestionShape(shape.kind, (), bounds or None)
    return QuestionShape(shape.kind)


def checked_answer(shape: QuestionShape, text: str, field: str = "answers") -> str:
    """An answer as it is kept: a number or day in its usual writing; empty where nothing was said.

    Raises RuleBroken at `field` for what is no answer of this kind. The answer to a question for a file is
    the name of a file that was handed in.
    """
    if shape.kind is QuestionKind.TEXT:
        return clean_text(text, "The answer", field, longest=LONGEST_ANSWER)
    line = clean_line(text, "The answer", field, longest=255)
    if not line or shape.kind is QuestionKind.FILE:
        return line
    if shape.kind is QuestionKind.CHOICE:
        if line not in shape.choices:
            raise RuleBroken("Choose one of the answers.", field=field)
        return line
    value = _value(shape.kind, line, field)
    return value.isoformat() if isinstance(value, date) else format(value.normalize(), "f")


def suggests_no(shape: QuestionShape, answer: str | None) -> str:
    """Why an answer suggests a no, in one sentence; empty where it does not, or is missing."""
    rule, given = shape.knock_out, (answer or "").strip()
    if not rule or not given:
        return ""
    if shape.kind is QuestionKind.CHOICE:
        return "This answer was named as one that rules out." if given in rule["choices"] else ""
    try:
        value = _value(shape.kind, given, "answers")
        least, most = (_value(shape.kind, rule[n], n) if n in rule else None for n in ("least", "most"))
    except RuleBroken:
        return ""
    if least is not None and value < least:
        word = "no earlier than" if isinstance(value, date) else "at least"
        return f"The job asks for {word} {_said(shape, rule['least'])}."
    if most is not None and value > most:
        word = "no later than" if isinstance(value, date) else "at most"
        return f"The job asks for {word} {_said(shape, rule['most'])}."
    return ""


def describe_rule(shape: QuestionShape) -> str:
    """Which answers suggest a no, in words for those who set it; empty where none does."""
    rule = shape.knock_out or {}
    if "choices" in rule:
        return f"suggests a no: {', '.join(rule['choices'])}"
    words = [
        f"{'below' if n == 'least' else 'above'} {_said(shape, rule[n])}"
        for n in ("least", "most")
        if n in rule
    ]
    if shape.kind is QuestionKind.DATE:
        words = [word.replace("below", "before").replace("above", "after") for word in words]
    return f"suggests a no: {' or '.join(words)}" if words else ""


def answer_in_words(shape: QuestionShape, answer: str) -> str:
    """An answer as people read it: a day as they write it, all else as it was given."""
    return _said(shape, answer)


def _said(shape: QuestionShape, text: str) -> str:
    if shape.kind is not QuestionKind.DATE:
        return text
    try:
        return day_in_words(date.fromisoformat(text.strip()))
    except ValueError:
        return text


def _value(kind: QuestionKind, text: str, field: str) -> Any:
    if kind is QuestionKind.DATE:
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            raise RuleBroken("Write the day as 2026-11-23.", field=field) from None
        check_day(day, field=field)
        return day
    try:
        number = Decimal(text.strip().replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise RuleBroken("Write a number.", field=field) from None
    if not number.is_finite() or abs(number) > 10**12 or number.as_tuple().exponent < -6:  # type: ignore[operator]
        raise RuleBroken("Write a number of usual size.", field=field)
    return number


def _lines(lines: Any, field: str) -> tuple[str, ...]:
    cleaned = (clean_line(str(line), "A choice", field, longest=200) for line in lines)
    return tuple(dict.fromkeys(line for line in cleaned if line))
