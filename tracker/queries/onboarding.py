"""Reads about onboarding: the tasks of a new hire."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.onboarding import OnboardingTask


def tasks_of(session: Session, application_id: int) -> Sequence[OnboardingTask]:
    """The onboarding tasks of an application, earliest due first."""
    return session.scalars(
        select(OnboardingTask)
        .where(OnboardingTask.application_id == application_id)
        .order_by(OnboardingTask.due_on, OnboardingTask.position, OnboardingTask.id)
    ).all()
