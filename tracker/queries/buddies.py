"""Reads about buddies: who is one of a new hire, and what a buddy may know of whom they look after."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingBuddy, OnboardingTask
from tracker.models.users import User


def buddy_of(session: Session, application_id: int) -> User | None:
    """The buddy of a new hire, if one is named who may sign in."""
    return session.scalar(
        select(User)
        .join(OnboardingBuddy, OnboardingBuddy.user_id == User.id)
        .where(OnboardingBuddy.application_id == application_id, User.is_active)
    )


def colleagues_to_name(session: Session) -> Sequence[User]:
    """Who can be named as a buddy: everybody who may sign in, by name."""
    return session.scalars(select(User).where(User.is_active).order_by(User.name, User.id)).all()


def looked_after(actor: Actor) -> Select[Application]:
    """The new hires whose buddy the actor is, while they start and after that; nobody who was erased."""
    return (
        select(Application)
        .join(OnboardingBuddy, OnboardingBuddy.application_id == Application.id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(OnboardingBuddy.user_id == actor.id, _has_started(), Candidate.erased_at.is_(None))
    )


def _has_started() -> ColumnElement[bool]:
    return and_(
        Application.stage == Stage.ONBOARDING, Application.outcome.in_([Outcome.ACTIVE, Outcome.HIRED])
    )


def buddy_tasks(session: Session, application_id: int) -> Sequence[OnboardingTask]:
    """The onboarding tasks that are the buddy's own, earliest due first."""
    return session.scalars(
        select(OnboardingTask)
        .where(OnboardingTask.application_id == application_id, OnboardingTask.owner == TaskOwner.BUDDY)
        .order_by(OnboardingTask.due_on, OnboardingTask.position, OnboardingTask.id)
    ).all()


def starts_on(session: Session, application_id: int) -> date | None:
    """The first day of work that the accepted offer names; none where no offer was accepted."""
    return session.scalar(_start().where(Offer.application_id == application_id))


def _start() -> Select[date]:
    return (
        select(Offer.starts_on)
        .where(Offer.accepted_at.is_not(None), Offer.voided_at.is_(None))
        .order_by(Offer.id.desc())
        .limit(1)
    )


def new_colleagues(user_id: int) -> Select[Any]:
    """Whom this person is buddy of, with the first day of work and how many tasks of theirs are open.

    Until onboarding is complete, and after that while such a task is open.
    """
    task = OnboardingTask
    still_open = (
        select(func.count())
        .select_from(task)
        .where(task.application_id == Application.id, task.owner == TaskOwner.BUDDY, task.done_at.is_(None))
        .correlate(Application)
        .scalar_subquery()
    )
    begins = _start().where(Offer.application_id == Application.id).correlate(Application)
    columns: tuple[Any, ...] = (
        Application.id,
        Application.id.label("application_id"),
        Candidate.name,
        literal("").label("title"),
        begins.scalar_subquery().label("at"),
        still_open.label("detail"),
    )
    return (
        select(*columns)
        .select_from(Application)
        .join(OnboardingBuddy, OnboardingBuddy.application_id == Application.id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            OnboardingBuddy.user_id == user_id,
            _has_started(),
            Candidate.erased_at.is_(None),
            or_(Application.outcome == Outcome.ACTIVE, still_open > 0),
        )
        .order_by(Application.id)
    )
