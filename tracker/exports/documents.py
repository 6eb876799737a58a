"""What the templates of our PDF documents are given: plain values, in the words that people read."""

from collections.abc import Sequence
from typing import Any

from tracker.domain.agendas import AgendaItem, asked_in
from tracker.domain.competencies import Competency, Rubric
from tracker.domain.frameworks import LEVEL_LABELS, Level
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.move_table import TableRow
from tracker.domain.process_sheets import SheetStep

Document = dict[str, Any]
Facts = Sequence[tuple[str, str]]


def kit_document(
    title: str,
    facts: Facts,
    agenda: Sequence[AgendaItem],
    rows: Sequence[Competency],
    *,
    kind: InterviewKind,
    is_situational_first: bool,
    attribution: str,
) -> Document:
    """What is asked in a session, for how long, and where its statements come from; nothing of scores."""
    minutes = {item.key: item.minutes for item in agenda}
    asked = []
    for row in rows:
        words = [] if row.is_required else ["preferred"]
        if minutes.get(row.key):
            words.append(f"{minutes[row.key]} minutes")
        told = asked_in(row.questions, kind, is_situational_first=is_situational_first)
        asked.append(_row(row, " · ".join(words), told))
    items = [{"after": item.starts_after, "title": item.title, "minutes": item.minutes} for item in agenda]
    return _document(title, facts) | {"agenda": items, "rows": asked, "attribution": attribution}


def rubric_paper(title: str, facts: Facts, rubric: Rubric, *, attribution: str) -> Document:
    """Every competency of a rubric with its questions and anchors."""
    first = rubric.is_situational_first
    rows = [
        _row(row, _standing(row), asked_in(row.questions, None, is_situational_first=first))
        for row in rubric.competencies
    ]
    return _document(title, facts) | {"rows": rows, "attribution": attribution}


def process_document(
    title: str, facts: Facts, steps: Sequence[SheetStep], others: Sequence[TableRow]
) -> Document:
    """The stages of a job with what each asks for, and the moves beside them."""
    told = [
        {
            "stage": step.stage,
            "to": step.to,
            "note": f"Sent on by {step.who}. Target: {step.target_days} days.",
            "needs": [[need.what, need.detail or "–", need.owner] for need in step.needs],
        }
        for step in steps
    ]
    ways = [[row.move, f"{row.from_} → {row.to}", row.who, row.needs] for row in others]
    return _document(title, facts) | {"steps": told, "others": ways}


def _document(title: str, facts: Facts) -> Document:
    return {"title": title, "language": "en", "foot": title, "facts": [list(pair) for pair in facts]}


def _row(row: Competency, note: str, questions: Sequence[str]) -> Document:
    return {
        "name": row.name,
        "note": note,
        "questions": list(questions),
        "task": row.questions.task,
        "probes": list(row.questions.probes),
        "look_fors": list(row.questions.look_fors),
        "levels": [_level(row, level) for level in Level],
    }


def _level(row: Competency, level: Level) -> Document:
    anchor = row.anchors.get(level)
    return {
        "value": level.rank,
        "label": LEVEL_LABELS[level],
        "text": anchor.statement if anchor else "",
    }


def _standing(row: Competency) -> str:
    words = ["required" if row.is_required else "preferred"]
    if row.weight != 1:
        words.append(f"weight {row.weight:g}")
    return " · ".join([*words, f"target {LEVEL_LABELS[row.target_level].lower()}"])


def offer_letter(
    title: str,
    facts: Facts,
    *,
    organisation: str,
    to: str,
    dated: str,
    opening: str,
    parts: Sequence[tuple[str, str]],
    answer: str,
) -> Document:
    """The letter of an offer; `parts` are further terms (heading, text), left out where the text is empty."""
    told = [
        [heading, [line for line in text.splitlines() if line.strip()]] for heading, text in parts if text
    ]
    return _document(title, facts) | {
        "organisation": organisation,
        "to": to,
        "dated": dated,
        "opening": opening,
        "parts": told,
        "answer": answer,
        "closing": "We look forward to working with you.",
    }
