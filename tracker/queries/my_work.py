"""What waits for one person today, by what they are in hiring and on each job, the oldest first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role
from tracker.domain.onboarding import TaskOwner
from tracker.domain.permissions import Permission
from tracker.models.applications import Application
from tracker.models.onboarding import OnboardingBuddy, OnboardingTask
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries import work_lists as lists
from tracker.queries import work_of_offers as offers
from tracker.queries.buddies import new_colleagues
from tracker.queries.mentions import mentions_waiting
from tracker.queries.screening_queues import waiting_by_job
from tracker.queries.veils import pseudonym, veiled_among
from tracker.queries.work_kinds import MOST, WORK_LABELS, Group, Waiting, Work
from tracker.queries.work_steps import jobs_as, looked_after, moves_waiting


def my_work(session: Session, actor: Actor, now: datetime) -> tuple[Group, ...]:
    """What waits for this person, most pressing first; groups with nothing in them are left out.

    A constant number of queries, whatever waits. Says nothing of others' cards to who still owes one.
    """
    if actor.id is None:
        return ()
    found = {work: _rows(session, rows) for work, rows in _selects(actor, actor.id, now)}
    found |= moves_waiting(session, actor, now)
    found = veil_rows(session, actor, found)
    return tuple(Group(work, WORK_LABELS[work], found[work]) for work in Work if found.get(work))


def veil_rows(
    session: Session, actor: Actor, found: dict[Work, tuple[Waiting, ...]]
) -> dict[Work, tuple[Waiting, ...]]:
    """What waits, with the number of the application in place of a name that is hidden from the actor."""
    about = {one.application_id for rows in found.values() for one in rows if one.application_id}
    veiled = veiled_among(session, actor, about)
    if not veiled:
        return found

    def shown(one: Waiting) -> Waiting:
        number = one.application_id
        return replace(one, name=pseudonym(number)) if number in veiled and number else one

    return {work: tuple(shown(one) for one in rows) for work, rows in found.items()}


def _rows(session: Session, rows: Select[Any]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            row.id,
            getattr(row, "application_id", None),
            row.name or "",
            row.title or "",
            row.at,
            str(getattr(row, "detail", None) or ""),
        )
        for row in session.execute(rows.limit(MOST))
    )


def _selects(actor: Actor, user_id: int, now: datetime) -> Iterator[tuple[Work, Select[Any]]]:
    yield Work.SCORECARD, lists.cards_due(user_id, now)
    yield Work.SESSION, lists.sessions_to_come(user_id, now)
    may_read = visible.applications(actor, Permission.NOTE_READ).with_only_columns(Application.id)
    yield Work.NEW_COLLEAGUE, new_colleagues(user_id)
    yield Work.MENTION, mentions_waiting(Application.id.in_(may_read), user_id)
    manages, is_hr = jobs_as(actor, Role.HIRING_MANAGER), actor.has_role(Role.HR)
    if actor.has_role(Role.RECRUITER):
        yield from _recruiting(actor, user_id, now)
    if is_hr:
        yield Work.ASSESS, lists.reports_to_see_to(now.date())
        yield Work.OPEN_JOB, lists.jobs_to_open()
        yield Work.ERASURE, lists.erasures_asked()
    if is_hr or manages:
        own = Application.job_id.in_(manages)
        yield Work.APPROVE_OFFER, offers.offers_to_approve(user_id, is_hr=is_hr, manages=own)
    if tasks := _own_tasks(actor, user_id):
        yield Work.TASK, lists.tasks_due(or_(*tasks), now)


def _recruiting(actor: Actor, user_id: int, now: datetime) -> Iterator[tuple[Work, Select[Any]]]:
    own = looked_after(actor, user_id)
    # Offers are for the recruiters of the job alone, whoever looks after the application.
    own_offers = Application.job_id.in_(jobs_as(actor, Role.RECRUITER))
    yield Work.REVIEW, lists.new_applications(own)
    yield Work.SCREEN, waiting_by_job(own)
    yield Work.MAIL, lists.mails_unanswered(own)
    yield Work.CHASE_CARD, lists.cards_to_chase(own, user_id, now)
    yield Work.HANDED_OVER, lists.sessions_handed_over(own, now)
    yield Work.OTHER_TIME, lists.other_times(own, now)
    yield Work.CHASE_REFERENCE, lists.references_due(own, now)
    yield Work.NO_OPENING, offers.offers_accepted_too_late(own_offers)
    yield Work.SEND_OFFER, offers.offers_to_send(own_offers)
    yield Work.OFFER_ENDING, offers.offers_ending(own_offers, now)
    yield Work.OFFER_DECLINED, offers.offers_declined(own_offers)
    yield Work.OFFER_ACCEPTED, offers.offers_accepted(own_offers, now)


def _own_tasks(actor: Actor, user_id: int) -> list[ColumnElement[bool]]:
    """Onboarding tasks that the actor sees to; recruiters ask new hires for theirs."""
    owner = OnboardingTask.owner
    tasks: list[ColumnElement[bool]] = []
    if actor.has_role(Role.RECRUITER):
        tasks.append(and_(owner == TaskOwner.CANDIDATE, looked_after(actor, user_id)))
    if manages := jobs_as(actor, Role.HIRING_MANAGER):
        # Until a buddy who may sign in is named, their tasks are the hiring manager's.
        named = exists().where(
            OnboardingBuddy.application_id == OnboardingTask.application_id,
            OnboardingBuddy.user_id == User.id,
            User.is_active,
        )
        own = or_(owner == TaskOwner.MANAGER, and_(owner == TaskOwner.BUDDY, ~named))
        tasks.append(and_(own, Application.job_id.in_(manages)))
    if actor.has_role(Role.HR):
        tasks.append(owner.in_([TaskOwner.HR, TaskOwner.IT]))
    return tasks
