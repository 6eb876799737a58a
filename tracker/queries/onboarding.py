"""Reads about onboarding: the tasks of a new hire, and those that new hires start with."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.onboarding import CHECKLIST, TaskTemplate
from tracker.models.files import StoredFile
from tracker.models.jobs import Job
from tracker.models.onboarding import OnboardingTask, OnboardingTaskFile, OnboardingTemplate


def tasks_of(session: Session, application_id: int) -> Sequence[OnboardingTask]:
    """The onboarding tasks of an application, earliest due first."""
    return session.scalars(
        select(OnboardingTask)
        .where(OnboardingTask.application_id == application_id)
        .order_by(OnboardingTask.due_on, OnboardingTask.position, OnboardingTask.id)
    ).all()


def papers_of(session: Session, application_id: int) -> dict[int, list[StoredFile]]:
    """The papers that a new hire handed in for their tasks, by task, earliest first."""
    rows = session.execute(
        select(OnboardingTaskFile.task_id, StoredFile)
        .join(StoredFile, StoredFile.id == OnboardingTaskFile.file_id)
        .join(OnboardingTask, OnboardingTask.id == OnboardingTaskFile.task_id)
        .where(OnboardingTask.application_id == application_id)
        .order_by(StoredFile.id)
    )
    papers: dict[int, list[StoredFile]] = {}
    for task_id, file in rows:
        papers.setdefault(task_id, []).append(file)
    return papers


def onboarding_templates(session: Session) -> Sequence[OnboardingTemplate]:
    """The tasks that HR gives new hires, earliest due first; none while the checklist is as delivered."""
    order = (OnboardingTemplate.days_after_start, OnboardingTemplate.id)
    return session.scalars(select(OnboardingTemplate).order_by(*order)).all()


def template_of(row: OnboardingTemplate) -> TaskTemplate:
    """A kept task of the checklist, as the domain reads it."""
    return TaskTemplate(
        title=row.title,
        owner=row.owner,
        days_after_start=row.days_after_start,
        is_required=row.is_required,
        department=row.department,
        location=row.location,
        needs_file=row.needs_file,
    )


def checklist_for(session: Session, job: Job) -> list[TaskTemplate]:
    """The tasks that somebody who starts on this job begins with, in the order of their days."""
    kept = [template_of(row) for row in onboarding_templates(session)]
    return [one for one in kept or CHECKLIST if one.fits(job.department, job.location)]
