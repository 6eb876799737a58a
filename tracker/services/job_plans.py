"""How a job hires: what it asks every applicant, its interview rounds, and its days per stage."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.interview_plans import (
    DEFAULT_MINUTES,
    INTERVIEW_KIND_LABELS,
    MOST_SESSIONS,
    plan_interviews,
)
from tracker.domain.jobs import RoundDetails, checked_rounds
from tracker.domain.lawful_questions import why_not_of_applicants
from tracker.domain.names import clean_line
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rubrics import rubric_from_document
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.screening_answers import QuestionShape, checked_shape
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.jobs import InterviewRound, Job, JobQuestion, StageTarget
from tracker.models.rubrics import Rubric
from tracker.places import law_of
from tracker.services.audit import record
from tracker.services.jobs import lock_job
from tracker.services.permits import require

FREE_TEXT = QuestionShape()


def add_question(
    session: Session,
    job: Job,
    text: str,
    *,
    actor: Actor,
    is_required: bool = True,
    shape: QuestionShape = FREE_TEXT,
) -> JobQuestion:
    """Ask every applicant a question. Raises RuleBroken for one that may not be asked where the job is, or
    at a part of its shape.
    """
    require(actor, Permission.JOB_EDIT, Subject(job_id=job.id))
    question = clean_line(text, "The question", "text", longest=500, needed=True)
    shape = checked_shape(shape)
    refusal = why_not_of_applicants(" ".join((question, *shape.choices)), law_of(job.jurisdiction))
    if refusal:
        raise RuleBroken(refusal, field="text")
    lock_job(session, job)
    last = session.scalar(select(func.max(JobQuestion.position)).where(JobQuestion.job_id == job.id)) or 0
    row = JobQuestion(
        job_id=job.id,
        position=last + 1,
        text=question,
        is_required=is_required,
        kind=shape.kind,
        choices=list(shape.choices) or None,
        knock_out=shape.knock_out,
    )
    session.add(row)
    session.flush()
    session.expire(job, ["questions"])
    record(session, "job:add_question", job, actor=actor, question_id=row.id)
    return row


def retire_question(session: Session, job: Job, question: JobQuestion, *, actor: Actor) -> None:
    """Ask a question no longer; the answers that were given stay. Raises RuleBroken for another job's."""
    require(actor, Permission.JOB_EDIT, Subject(job_id=job.id))
    if question.job_id != job.id:
        raise RuleBroken("The job does not ask this question.", field="question")
    if question.retired_at is None:
        question.retired_at = clock.now()
        session.flush()
        record(session, "job:retire_question", job, actor=actor, question_id=question.id)


def set_rounds(
    session: Session, job: Job, rounds: Sequence[RoundDetails], *, version: int | None = None, actor: Actor
) -> list[InterviewRound]:
    """Set the job's interview rounds in their order; rounds keep their place, so sessions stay with them.

    `version` is that of the job which the actor saw. Raises ChangedMeanwhile for an older one, RuleBroken for
    a length out of range, a competency that the job's rubric lacks, or fewer rounds than have sessions.
    """
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    lock_job(session, job)
    if version is not None and version != job.version:
        raise ChangedMeanwhile("Somebody changed this job since you opened its plan: look at it again first.")
    checked = checked_rounds(rounds, _known_keys(session, job))
    session.refresh(job, ["rounds"])
    kept = list(job.rounds)
    if len(checked) < len(kept):
        _check_without_sessions(session, job, len(checked) + 1)
    for position, details in enumerate(checked, start=1):
        row = kept[position - 1] if position <= len(kept) else InterviewRound()
        row.position, row.title, row.kind = position, details.title, details.kind
        row.minutes, row.competencies = details.minutes, list(details.competencies)
        if position > len(kept):
            job.rounds.append(row)
    del job.rounds[len(checked) :]
    job.version += 1
    session.flush()
    record(session, "job:set_rounds", job, actor=actor, rounds=len(checked))
    return list(job.rounds)


def remove_round(
    session: Session, job: Job, position: int, *, version: int | None = None, actor: Actor
) -> list[InterviewRound]:
    """Take one round out of the plan; those after it move up.

    Raises RuleBroken if it is not planned, or if it or a later one has sessions, which would change their
    round; ChangedMeanwhile.
    """
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    lock_job(session, job)
    session.refresh(job, ["rounds"])
    if not 1 <= position <= len(job.rounds):
        raise RuleBroken("This round is not planned.", field="rounds")
    _check_without_sessions(session, job, position)
    left = [row for row in job.rounds if row.position != position]
    return set_rounds(session, job, round_details(left), version=version, actor=actor)


def round_details(rounds: Iterable[InterviewRound]) -> list[RoundDetails]:
    """Planned rounds as values, to change some of them and hand all back to `set_rounds`."""
    return [RoundDetails(row.title, row.kind, row.minutes, tuple(row.competencies)) for row in rounds]


def plan_from_rubric(
    session: Session,
    job: Job,
    rubric: Rubric,
    *,
    minutes: int = DEFAULT_MINUTES,
    most_sessions: int = MOST_SESSIONS,
    version: int | None = None,
    actor: Actor,
) -> list[InterviewRound]:
    """Plan the rounds so that every competency of the rubric is rated as often as the job asks.

    `minutes` is the length of each round. Raises RuleBroken, ChangedMeanwhile as `set_rounds` does.
    """
    if rubric.job_id != job.id:
        raise RuleBroken("This rubric belongs to another job.", field="rubric")
    plan = plan_interviews(
        rubric_from_document(rubric.content),
        minutes=minutes,
        most_sessions=most_sessions,
        ratings_needed=job.ratings_required,
    )
    rounds = [
        RoundDetails(
            f"Round {session.number}: {INTERVIEW_KIND_LABELS[session.kind].lower()}",
            session.kind,
            session.minutes,
            session.competencies,
        )
        for session in plan.sessions
    ]
    return set_rounds(session, job, rounds, version=version, actor=actor)


def set_stage_target(session: Session, job: Job, stage: Stage, days: int | None, *, actor: Actor) -> None:
    """Set the days an application should spend in a stage; none goes back to the default."""
    require(actor, Permission.JOB_SET_PLAN, Subject(job_id=job.id))
    if days is not None and not 1 <= days <= 365:
        raise RuleBroken("A target is from 1 to 365 days.", field="days")
    target = session.get(StageTarget, (job.id, stage))
    if days is None and target is not None:
        session.delete(target)
    elif days is not None:
        session.merge(StageTarget(job_id=job.id, stage=stage, days=days))
    session.flush()
    session.expire(job, ["stage_targets"])
    record(session, "job:set_stage_target", job, actor=actor, stage=stage.value, days=days)


def _check_without_sessions(session: Session, job: Job, position: int) -> None:
    """Raises RuleBroken where a session stands for the round at this position or a later one."""
    latest = session.scalar(
        select(func.max(Interview.round_position))
        .join(Application, Application.id == Interview.application_id)
        .where(Application.job_id == job.id, Interview.status != InterviewStatus.CANCELLED)
    )
    if latest is not None and latest >= position:
        raise RuleBroken(
            f"Round {latest} has sessions already, so it keeps its place: change the round instead.",
            field="rounds",
        )


def _known_keys(session: Session, job: Job) -> set[str] | None:
    if job.rubric_id is None:
        return None
    rubric = session.get_one(Rubric, job.rubric_id)
    return {row["key"] for row in rubric.content["competencies"]}
