"""What waits, one select a kind, the oldest first: the rows that a page shows, and how many there are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import Job
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import BackgroundCheck, BackgroundResult, Reference
from tracker.models.scorecards import Scorecard
from tracker.models.users import User

SHOWN = 8
"""How many of a kind My work shows before it says how many more there are."""
REFERENCE_DAYS = 5
"""After how many days without an answer a referee is asked again."""
EXPIRY_DAYS = 3
"""How many days before its end an open offer is worth a call."""
TASK_DAYS = 2
"""How many days before it is due an onboarding task begins to wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for somebody: whose application, on which job, since or until when."""

    id: int
    """Of what waits: an application, session, offer or job."""
    application_id: int | None
    name: str
    job: str
    at: Any
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waitings:
    """The first of one kind, and how many there are."""

    rows: tuple[Waiting, ...]
    total: int


_LATER = InterviewStatus.CANCELLED


def _owed(user_id: Any) -> Any:
    """Whether the person of a panel seat has not handed in their card for its session."""
    return ~exists().where(
        Scorecard.interview_id == Interview.id,
        Scorecard.interviewer_id == user_id,
        Scorecard.amends_id.is_(None),
        Scorecard.submitted_at.is_not(None),
    )


def _owes_on(user_id: int) -> Select[Any]:
    """The applications on which this person still owes a card."""
    return (
        select(Interview.application_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .where(PanelMember.user_id == user_id, Interview.status != _LATER, _owed(user_id))
    )


def _first(session: Session, rows: Select[Any], *order: Any) -> Waitings:
    found = session.execute(
        rows.add_columns(func.count().over().label("total")).order_by(*order).limit(SHOWN)
    ).all()
    waiting = tuple(
        Waiting(r.id, r.application_id, r.name or "", r.title, r.at, getattr(r, "detail", None) or "")
        for r in found
    )
    return Waitings(waiting, found[0].total if found else 0)


def _of_applications(id_: Any, at: Any, *more: Any) -> Select[Any]:
    """What waits on active applications, with the candidate's name and the job's title."""
    return (
        select(
            id_.label("id"),
            Application.id.label("application_id"),
            Candidate.name,
            Job.title,
            at.label("at"),
            *more,
        )
        .select_from(Application)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(Application.outcome == Outcome.ACTIVE)
    )


def new_applications(session: Session, jobs: Collection[int]) -> Waitings:
    """Applications to these jobs that nobody has taken further yet."""
    rows = _of_applications(Application.id, Application.applied_at, Application.source.label("detail"))
    rows = rows.where(
        Application.job_id.in_(jobs), Application.stage == Stage.APPLICATION, Job.status == JobStatus.OPEN
    )
    return _first(session, rows, Application.stage_entered_at, Application.id)


def cards_due(session: Session, user_id: int, now: datetime) -> Waitings:
    """The person's own scorecards for sessions that have begun."""
    rows = (
        _of_applications(Interview.id, Interview.starts_at, Interview.title.label("detail"))
        .join(Interview, Interview.application_id == Application.id)
        .join(PanelMember, and_(PanelMember.interview_id == Interview.id, PanelMember.user_id == user_id))
        .where(Interview.status != _LATER, Interview.starts_at <= now, _owed(user_id))
    )
    return _first(session, rows, Interview.starts_at, Interview.id)


def sessions_to_come(session: Session, user_id: int, now: datetime) -> Waitings:
    """The sessions of the next seven days on whose panel the person sits."""
    rows = (
        _of_applications(Interview.id, Interview.starts_at, Interview.title.label("detail"))
        .join(Interview, Interview.application_id == Application.id)
        .join(PanelMember, and_(PanelMember.interview_id == Interview.id, PanelMember.user_id == user_id))
        .where(
            Interview.status == InterviewStatus.SCHEDULED,
            Interview.starts_at > now,
            Interview.starts_at <= now + timedelta(days=7),
        )
    )
    return _first(session, rows, Interview.starts_at, Interview.id)


def cards_to_chase(session: Session, jobs: Collection[int], user_id: int, now: datetime) -> Waitings:
    """Cards of others that are late by a day, on applications where the person owes none themselves."""
    rows = (
        _of_applications(Interview.id, Interview.starts_at, User.name.label("detail"))
        .join(Interview, Interview.application_id == Application.id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .join(User, User.id == PanelMember.user_id)
        .where(
            Application.job_id.in_(jobs),
            Application.stage == Stage.INTERVIEW,
            PanelMember.user_id != user_id,
            Interview.status != _LATER,
            Interview.starts_at <= now - timedelta(days=1),
            _owed(PanelMember.user_id),
            Application.id.not_in(_owes_on(user_id)),
        )
    )
    return _first(session, rows, Interview.starts_at, Interview.id, User.id)


def references_due(session: Session, jobs: Collection[int], now: datetime) -> Waitings:
    """Referees who were asked five days ago or more and have not answered."""
    rows = (
        _of_applications(Application.id, Reference.requested_at, Reference.referee_name.label("detail"))
        .join(Reference, Reference.application_id == Application.id)
        .where(
            Application.job_id.in_(jobs),
            Application.stage == Stage.REFERENCES,
            Reference.result.is_(None),
            Reference.requested_at <= now - timedelta(days=REFERENCE_DAYS),
        )
    )
    return _first(session, rows, Reference.requested_at, Reference.id)


_OPEN_OFFER = and_(
    Offer.accepted_at.is_(None),
    Offer.declined_at.is_(None),
    Offer.withdrawn_at.is_(None),
    Offer.voided_at.is_(None),
)


def offers_to_approve(session: Session, jobs: Collection[int] | None, user_id: int) -> Waitings:
    """Drafted offers of these jobs, or of all, that somebody else drafted."""
    rows = (
        _of_applications(Offer.id, Offer.created_at, User.name.label("detail"))
        .join(Offer, Offer.application_id == Application.id)
        .outerjoin(User, User.id == Offer.drafted_by_id)
        .where(
            _OPEN_OFFER,
            Offer.approved_at.is_(None),
            or_(Offer.drafted_by_id.is_(None), Offer.drafted_by_id != user_id),
        )
    )
    if jobs is not None:
        rows = rows.where(Application.job_id.in_(jobs))
    return _first(session, rows, Offer.created_at, Offer.id)


def offers_to_send(session: Session, jobs: Collection[int]) -> Waitings:
    """Approved offers that have not gone out."""
    rows = (
        _of_applications(Offer.id, Offer.approved_at)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            Application.job_id.in_(jobs), _OPEN_OFFER, Offer.approved_at.is_not(None), Offer.sent_at.is_(None)
        )
    )
    return _first(session, rows, Offer.approved_at, Offer.id)


def offers_ending(session: Session, jobs: Collection[int], now: datetime) -> Waitings:
    """Offers that candidates have not answered and that end within three days, or ended unanswered."""
    rows = (
        _of_applications(Offer.id, Offer.expires_at)
        .join(Offer, Offer.application_id == Application.id)
        .where(
            Application.job_id.in_(jobs),
            Application.stage == Stage.OFFER,
            _OPEN_OFFER,
            Offer.sent_at.is_not(None),
            Offer.expires_at <= now + timedelta(days=EXPIRY_DAYS),
        )
    )
    return _first(session, rows, Offer.expires_at, Offer.id)


def tasks_due(
    session: Session, jobs: Collection[int] | None, owners: Sequence[TaskOwner], now: datetime
) -> Waitings:
    """Required onboarding tasks of these owners that are due in two days or late, on these jobs or on all."""
    until = (now + timedelta(days=TASK_DAYS)).date()
    rows = (
        _of_applications(Application.id, OnboardingTask.due_on, OnboardingTask.title.label("detail"))
        .join(OnboardingTask, OnboardingTask.application_id == Application.id)
        .where(
            OnboardingTask.owner.in_(owners),
            OnboardingTask.is_required,
            OnboardingTask.done_at.is_(None),
            OnboardingTask.due_on <= until,
            Application.stage == Stage.ONBOARDING,
        )
    )
    if jobs is not None:
        rows = rows.where(Application.job_id.in_(jobs))
    return _first(session, rows, OnboardingTask.due_on, OnboardingTask.id)


def reports_to_assess(session: Session) -> Waitings:
    """Background reports that need an individual assessment."""
    rows = (
        _of_applications(Application.id, BackgroundCheck.result_at)
        .join(BackgroundCheck, BackgroundCheck.application_id == Application.id)
        .where(BackgroundCheck.result == BackgroundResult.CONSIDER, BackgroundCheck.assessment.is_(None))
    )
    return _first(session, rows, BackgroundCheck.result_at, Application.id)
