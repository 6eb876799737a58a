"""The interview questions of a competency, made from the statement at the job's target level.

Every candidate of a job is asked the same: one behavioural question, one situational, neutral probes (design:
rubrics, "Questions"; structured interviews after Campion, Palmer and Campion 1997).
"""

import re
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

PROBES = (
    "What was your own part in it?",
    "What made it difficult?",
    "How did it turn out?",
)
_ALWAYS_LOOK_FOR = "Describes own steps in a real or worked-through case"
_ASK = "What would you do, and why?"


@dataclass(frozen=True, slots=True)
class Questions:
    """What every candidate of a job is asked on one competency, and what the interviewer listens for."""

    behavioural: str
    situational: str
    probes: tuple[str, ...]
    look_fors: tuple[str, ...]
    needs_review: bool


def is_early_career(job_zone: int | None) -> bool:
    """Whether candidates come early in a career (job zones 1 and 2): then the situational question leads."""
    return job_zone is not None and job_zone <= LAST_EARLY_JOB_ZONE


def questions_for(statement: Statement, *, early_career: bool = False) -> Questions:
    """Questions from one statement; marked for review where no frame fits its words."""
    parts = question_parts(statement.behaviour, statement.topic if statement.has_own_topic else None)
    where = f" {EARLY_CAREER}" if early_career else ""
    if parts is None:
        return _fallback(lower_first(statement.topic), where)
    past = _in_the_past(parts.task, parts.opening.kind)
    return Questions(
        behavioural=f"Tell me about a time{where} when you had to {past}.",
        situational=f"Suppose you have to {parts.task}. {_complication(parts.opening.main_verb)} {_ASK}",
        probes=PROBES,
        look_fors=(*parts.look_fors, _ALWAYS_LOOK_FOR),
        needs_review=not parts.is_sure,
    )


def _in_the_past(task: str, kind: OpeningKind) -> str:
    if kind is not OpeningKind.PASSIVE:
        return task
    return re.sub(r"\b(?:is|are)\b", lambda found: "was" if found[0] == "is" else "were", task, count=1)


def _fallback(topic: str, where: str) -> Questions:
    return Questions(
        behavioural=f"Tell me about a time{where} that shows your experience with {topic}.",
        situational=f"Suppose a problem comes up with {topic}, and there is nobody to ask. {_ASK}",
        probes=PROBES,
        look_fors=(_ALWAYS_LOOK_FOR,),
        needs_review=True,
    )


# A dilemma that belongs to the kind of work, and leaves open how it is solved.
_COMPLICATIONS: tuple[tuple[str, str], ...] = (
    (
        """
        advise answer assist comfort greet listen negotiate offer persuade receive recommend reply resolve
        respond sell serve suggest welcome
        """,
        "The other person wants something that the rules do not allow, and somebody else is waiting.",
    ),
    (
        """
        analyse analyze assess audit check compare count diagnose evaluate examine inspect interpret
        investigate measure monitor observe query reconcile review test trace troubleshoot validate verify
        """,
        "Two things that you rely on for it disagree, and others are waiting for your result.",
    ),
    (
        """
        administer calculate chart collect compile complete compose compute copy document draft enter file
        fill format input key log note obtain post prepare present process read record report send transcribe
        update write
        """,
        "Halfway through, part of what you were given does not add up, and the deadline is close.",
    ),
    (
        "appraise coach educate guide help instruct mentor onboard supervise support teach train tutor",
        "The other person has a different way of doing it, and your own work is waiting.",
    ),
    (
        """
        align build champion create define design develop devise direct establish foster formulate implement
        improve introduce launch lead manage model organise organize oversee plan redesign reinforce set shape
        standardise standardize streamline
        """,
        "The people whom it concerns disagree about what matters most, and you cannot please them all.",
    ),
    (
        """
        attend collaborate communicate connect consult contact coordinate deliver exchange follow inform
        liaise notify partner participate relay schedule share
        """,
        "Two people whom you depend on each want something different first, and time is short.",
    ),
)
_COMPLICATION_OF = {verb: text for verbs, text in _COMPLICATIONS for verb in word_set(verbs)}
_ANY_COMPLICATION = "Something that you counted on is missing, and the work cannot wait for long."


def _complication(verb: str) -> str:
    return _COMPLICATION_OF.get(verb, _ANY_COMPLICATION)
