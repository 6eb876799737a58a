"""What is many of one application: statements for several applications at a time, by their ids."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, literal_column, select

from tracker.models.applications import Application, ApplicationAnswer
from tracker.models.jobs import JobQuestion
from tracker.models.moves import Move
from tracker.models.onboarding import OnboardingTask
from tracker.queries.by_ids import among
from tracker.queries.prepared import prepared


@prepared
def unanswered() -> Select[int, str]:
    """The required questions of its job that an application does not answer."""
    answered = exists().where(
        ApplicationAnswer.application_id == Application.id,
        ApplicationAnswer.question_id == JobQuestion.id,
        func.length(func.trim(func.coalesce(ApplicationAnswer.answer, literal_column("''"))))
        > literal_column("0"),
    )
    return (
        select(Application.id, JobQuestion.text)
        .join(JobQuestion, JobQuestion.job_id == Application.job_id)
        .where(among(Application.id), JobQuestion.is_required, JobQuestion.retired_at.is_(None), ~answered)
        .order_by(JobQuestion.position)
    )


@prepared
def open_tasks() -> Select[int, str]:
    """The required onboarding tasks of an application that are not done."""
    return (
        select(OnboardingTask.application_id, OnboardingTask.title)
        .where(
            among(OnboardingTask.application_id),
            OnboardingTask.is_required,
            OnboardingTask.done_at.is_(None),
        )
        .order_by(OnboardingTask.position, OnboardingTask.id)
    )


@prepared
def last_moves_of() -> Select[*tuple[Any, ...]]:
    """The latest move of each application, as undo needs it."""
    return (
        select(
            Move.application_id,
            Move.kind,
            Move.actor,
            Move.recorded_at,
            Move.from_stage,
            Move.from_outcome,
        )
        .join(Application, and_(Application.id == Move.application_id, Application.version == Move.version))
        .where(among(Application.id))
    )
