"""The interview questions of a competency, made from the statement at the job's target level.

Every candidate of a job is asked the same: one behavioural question, one situational, neutral probes (design:
rubrics, "Questions"; structured interviews after Campion, Palmer and Campion 1997).
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.frameworks import Statement
from tracker.domain.lawful_questions import (
    QUESTION_VERDICT_LABELS,
    QuestionVerdict,
    QuestionWarning,
    check_question,
)
from tracker.domain.question_parts import question_parts
from tracker.domain.statement_openings import OpeningKind, lower_first
from tracker.domain.statement_words import plain, stem, words
from tracker.domain.traits import names_trait
from tracker.domain.work_kinds import OTHER_WORK, WORK_KINDS, WorkKind
from tracker.domain.work_verbs import word_set

__all__ = [
    "EARLY_CAREER",
    "QUESTION_VERDICT_LABELS",
    "QuestionVerdict",
    "QuestionWarning",
    "Questions",
    "check_question",
    "is_early_career",
    "questions_for",
]

EARLY_CAREER = "at work, study or volunteering"
LAST_EARLY_JOB_ZONE = 2

PROBES = OTHER_WORK.probes
MOST_PROBES = 3
_ASK = "What would you do, and why?"


@dataclass(frozen=True, slots=True)
class Questions:
    """What every candidate of a job is asked on one competency, and what the interviewer listens for."""

    behavioural: str
    situational: str
    probes: tuple[str, ...]
    look_fors: tuple[str, ...]
    needs_review: bool
    task: str = ""
    """What is done in a skills assessment instead; empty where the author wrote none."""


def is_early_career(job_zone: int | None) -> bool:
    """Whether candidates come early in a career (job zones 1 and 2): then the situational question leads."""
    return job_zone is not None and job_zone <= LAST_EARLY_JOB_ZONE


def questions_for(statement: Statement, *, early_career: bool = False) -> Questions:
    """Questions from one statement; marked for review where no frame fits its words."""
    parts = question_parts(statement.behaviour, statement.topic if statement.has_own_topic else None)
    where = f" {EARLY_CAREER}" if early_career else ""
    if parts is None:
        return _fallback(statement, where)
    past = _in_the_past(parts.task, parts.opening.kind)
    observable = [one for one in parts.look_fors if not names_trait(one)]
    kind = _work_kind(statement.topic, parts.opening.main_verb, statement.behaviour)
    return Questions(
        behavioural=f"Tell me about a time{where} when you had to {past}.",
        situational=f"Suppose you have to {parts.task}. {_pick(kind.complications, statement.text)} {_ASK}",
        probes=(*parts.probes, *kind.probes)[:MOST_PROBES],
        look_fors=(_own_steps(statement), *observable, kind.look_for),
        needs_review=not parts.is_sure,
    )


def _own_steps(statement: Statement) -> str:
    return f"Describes own steps in a real or worked-through case of this: {lower_first(statement.topic)}"


def _in_the_past(task: str, kind: OpeningKind) -> str:
    if kind is not OpeningKind.PASSIVE:
        return task
    return re.sub(r"\b(?:is|are)\b", lambda found: "was" if found[0] == "is" else "were", task, count=1)


def _fallback(statement: Statement, where: str) -> Questions:
    topic = lower_first(statement.topic)
    return Questions(
        behavioural=f"Tell me about a time{where} that shows your experience with {topic}.",
        situational=f"Suppose a problem comes up with {topic}, and there is nobody to ask. {_ASK}",
        probes=PROBES,
        look_fors=(_own_steps(statement),),
        needs_review=True,
    )


_VAGUE_VERBS = word_set("apply carry conduct do employ make perform take undertake use utilise utilize")
_KIND_OF_VERB = {verb: kind for kind in WORK_KINDS for verb in sorted(kind.verbs)}
_KIND_OF_STEM = {stem(verb): kind for verb, kind in sorted(_KIND_OF_VERB.items())}


def _work_kind(topic: str, verb: str, behaviour: str) -> WorkKind:
    """The kind of work: by the matter in the topic, else the verb, else what a vague verb acts on."""
    matters = {stem(word) for word in words(topic)}
    for kind in WORK_KINDS:
        if kind.matters & matters:
            return kind
    if verb in _KIND_OF_VERB:
        return _KIND_OF_VERB[verb]
    acted_on = words(behaviour) if verb in _VAGUE_VERBS else []
    found = (_KIND_OF_STEM.get(stem(word)) for word in acted_on if word not in _VAGUE_VERBS)
    return next((kind for kind in found if kind is not None), OTHER_WORK)


def _pick(choices: Sequence[str], text: str) -> str:
    """One of the choices, the same for the same words on every machine, spread evenly over statements."""
    return choices[zlib.crc32(plain(text).encode()) % len(choices)]
