"""Agendas: what is asked in an interview session, and how its minutes are shared out."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.interview_plans import InterviewKind
from tracker.domain.questions import Questions

WELCOME, CLOSE = "Welcome and how the session runs", "The candidate's questions, and what comes next"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One part of a session: `starts_after` and `minutes` are whole minutes from the session's start."""

    title: str
    starts_after: int
    minutes: int
    key: str = ""
    """The competency asked about; empty for the welcome and the close."""


def asked_in(
    questions: Questions, kind: InterviewKind | None, *, is_situational_first: bool
) -> tuple[str, ...]:
    """What is put to the candidate on a row: the two questions, either of which will do, or the task of a
    skills assessment where its author wrote one.
    """
    if kind is InterviewKind.SKILLS_ASSESSMENT and questions.task:
        return (questions.task,)
    asked = (questions.behavioural, questions.situational)
    return asked[::-1] if is_situational_first else asked


def meeting(people: int) -> str:
    """How the candidate meets the interviewers, by their number: one to one, or several."""
    return "one to one" if people == 1 else f"{people or 'no'} interviewers"


def agenda(minutes: int, questions: Sequence[tuple[str, str]]) -> tuple[AgendaItem, ...]:
    """Share a session's minutes out: a tenth each to welcome and close, the rest evenly to the questions.

    `questions` are (key, name) of the competencies in their order; minutes left over go to the first ones.
    """
    edge = minutes // 10
    asking = minutes - 2 * edge
    each, left = divmod(asking, len(questions)) if questions else (0, 0)
    parts = [("", WELCOME, edge)]
    parts += [(key, name, each + (place < left)) for place, (key, name) in enumerate(questions)]
    parts.append(("", CLOSE, edge))
    items, start = list[AgendaItem](), 0
    for key, title, length in parts:
        if length or key:
            items.append(AgendaItem(title, start, length, key))
        start += length
    return tuple(items)
