"""What waits for one person today, by what they are in hiring and on each job, the oldest first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import next_option
from tracker.domain.facts import Facts
from tracker.domain.onboarding import TaskOwner
from tracker.domain.permissions import Permission
from tracker.domain.requirements import Requirement
from tracker.domain.stages import STAGE_LABELS, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.onboarding import OnboardingBuddy, OnboardingTask
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries import work_lists as lists
from tracker.queries import work_of_offers as offers
from tracker.queries.buddies import new_colleagues
from tracker.queries.facts import gather_facts
from tracker.queries.interviews import owing_applications
from tracker.queries.mentions import mentions_waiting
from tracker.queries.screening_queues import waiting_by_job
from tracker.queries.veils import pseudonym, veiled_among

SHOWN = 8
"""How many of a kind stand on the page before it offers to show all."""
MOST = 100
"""How many of a kind are counted and shown at most; nobody does more in a day."""
LOOKED_AT = 200
"""How many applications, those that stand longest in their stage first, are asked whether they may go on."""


class Work(StrEnum):
    """A kind of thing that waits for somebody, the most pressing first."""

    SCORECARD = "scorecard"
    DEBRIEF = "debrief"
    APPROVE_OFFER = "approve_offer"
    MENTION = "mention"
    READY = "ready"
    REVIEW = "review"
    SCREEN = "screen"
    NO_OPENING = "no_opening"
    SEND_OFFER = "send_offer"
    OFFER_ENDING = "offer_ending"
    OFFER_DECLINED = "offer_declined"
    OFFER_ACCEPTED = "offer_accepted"
    MAIL = "mail"
    CHASE_CARD = "chase_card"
    HANDED_OVER = "handed_over"
    OTHER_TIME = "other_time"
    CHASE_REFERENCE = "chase_reference"
    ASSESS = "assess"
    OPEN_JOB = "open_job"
    ERASURE = "erasure"
    TASK = "task"
    NEW_COLLEAGUE = "new_colleague"
    SESSION = "session"


WORK_LABELS = {
    Work.SCORECARD: "Your scorecards",
    Work.DEBRIEF: "Debriefs to decide",
    Work.APPROVE_OFFER: "Offers to approve",
    Work.MENTION: "Notes that mention you",
    Work.READY: "Ready to move",
    Work.REVIEW: "New applications",
    Work.SCREEN: "Résumés to screen",
    Work.NO_OPENING: "Accepted, but no opening left",
    Work.SEND_OFFER: "Offers to send",
    Work.OFFER_ENDING: "Offers about to end",
    Work.OFFER_DECLINED: "Offers declined",
    Work.OFFER_ACCEPTED: "Offers just accepted",
    Work.MAIL: "Mails that nobody has answered",
    Work.CHASE_CARD: "Late scorecards to ask for",
    Work.HANDED_OVER: "Sessions that need another interviewer",
    Work.OTHER_TIME: "Candidates who ask for another time",
    Work.CHASE_REFERENCE: "Referees who have not answered",
    Work.ASSESS: "Background reports to assess",
    Work.OPEN_JOB: "Jobs to approve",
    Work.ERASURE: "Requests for erasure",
    Work.TASK: "Onboarding tasks",
    Work.NEW_COLLEAGUE: "New colleagues you are buddy of",
    Work.SESSION: "Interviews in the next seven days",
}


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
class Group:
    """What waits of one kind, the oldest first, at most a hundred."""

    work: Work
    label: str
    rows: tuple[Waiting, ...]

    @property
    def number(self) -> str:
        """How many they are, `100+` where there may be more."""
        return f"{MOST}+" if len(self.rows) >= MOST else str(len(self.rows))


def my_work(session: Session, actor: Actor, now: datetime) -> tuple[Group, ...]:
    """What waits for this person, most pressing first; groups with nothing in them are left out.

    A constant number of queries, whatever waits. Says nothing of others' cards to who still owes one.
    """
    if actor.id is None:
        return ()
    found = {work: _rows(session, rows) for work, rows in _selects(actor, actor.id, now)}
    found |= _moving(session, actor, now)
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
    manages, is_hr = _jobs_as(actor, Role.HIRING_MANAGER), actor.has_role(Role.HR)
    if actor.has_role(Role.RECRUITER):
        yield from _recruiting(actor, user_id, now)
    if is_hr:
        yield Work.ASSESS, lists.reports_to_assess()
        yield Work.OPEN_JOB, lists.jobs_to_open()
        yield Work.ERASURE, lists.erasures_asked()
    if is_hr or manages:
        own = Application.job_id.in_(manages)
        yield Work.APPROVE_OFFER, offers.offers_to_approve(user_id, is_hr=is_hr, manages=own)
    if tasks := _own_tasks(actor, user_id):
        yield Work.TASK, lists.tasks_due(or_(*tasks), now)


def _recruiting(actor: Actor, user_id: int, now: datetime) -> Iterator[tuple[Work, Select[Any]]]:
    own = _looked_after(actor, user_id)
    # Offers are for the recruiters of the job alone, whoever looks after the application.
    own_offers = Application.job_id.in_(_jobs_as(actor, Role.RECRUITER))
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


def _jobs_as(actor: Actor, role: Role) -> frozenset[int]:
    """The jobs on whose team the actor stands in this role."""
    if not actor.has_role(role):
        return frozenset()
    return frozenset(job for job, roles in actor.teams.items() if TeamRole(role.value) in roles)


def _looked_after(actor: Actor, user_id: int) -> ColumnElement[bool]:
    """The applications given to this recruiter, and those of their jobs that were given to nobody."""
    unassigned = and_(
        Application.job_id.in_(_jobs_as(actor, Role.RECRUITER)), Application.recruiter_id.is_(None)
    )
    return or_(Application.recruiter_id == user_id, unassigned)


def _own_tasks(actor: Actor, user_id: int) -> list[ColumnElement[bool]]:
    """Onboarding tasks that the actor sees to; recruiters ask new hires for theirs."""
    owner = OnboardingTask.owner
    tasks: list[ColumnElement[bool]] = []
    if actor.has_role(Role.RECRUITER):
        tasks.append(and_(owner == TaskOwner.CANDIDATE, _looked_after(actor, user_id)))
    if manages := _jobs_as(actor, Role.HIRING_MANAGER):
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


def _moving(session: Session, actor: Actor, now: datetime) -> dict[Work, tuple[Waiting, ...]]:
    """What may go on, and what waits for the hiring manager's word alone."""
    user_id, manages = actor.id or 0, _jobs_as(actor, Role.HIRING_MANAGER)
    whose: list[ColumnElement[bool]] = [Application.job_id.in_(manages)] if manages else []
    if actor.has_role(Role.RECRUITER):
        whose.append(_looked_after(actor, user_id))
    if not whose:
        return {}
    rows = session.execute(_standing(or_(*whose))).all()
    ids = [row.id for row in rows]
    facts = gather_facts(session, ids, now=now, with_last_move=False) if ids else {}
    owing = owing_applications(session, user_id)
    found: dict[Work, tuple[Waiting, ...]] = {Work.READY: (), Work.DEBRIEF: ()}
    for row in rows:
        waiting = Waiting(row.id, row.id, row.name or "", row.title, row.at)
        work = _of_move(facts[row.id], actor, now, manages)
        if work is Work.READY:
            found[work] += (replace(waiting, detail=_where_to(facts[row.id])),)
        elif work is Work.DEBRIEF and row.id not in owing:
            found[work] += (waiting,)
    return {work: waiting[:MOST] for work, waiting in found.items()}


def _standing(whose: ColumnElement[bool]) -> Select[Any]:
    """Active applications beyond the first stage on open jobs, those that stand longest first."""
    entered_at = Application.stage_entered_at.label("at")
    columns: tuple[Any, ...] = (Application.id, Candidate.name, Job.title, entered_at)
    return (
        select(*columns)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(
            whose,
            Application.outcome == Outcome.ACTIVE,
            Application.stage != Stage.APPLICATION,
            Job.status == JobStatus.OPEN,
        )
        .order_by(Application.stage_entered_at, Application.id)
        .limit(LOOKED_AT)
    )


def _of_move(facts: Facts, actor: Actor, now: datetime, manages: Collection[int]) -> Work | None:
    option = next_option(facts, actor, now)
    if option is None:
        return None
    if option.is_allowed:
        return Work.READY
    is_debrief = [need.requirement for need in option.unmet] == [Requirement.DEBRIEF]
    is_open = facts.debrief_advances is None and facts.job_id in manages
    return Work.DEBRIEF if is_debrief and is_open else None


def _where_to(facts: Facts) -> str:
    following = facts.stage.following
    return f"to {STAGE_LABELS[following]}" if following else "onboarding is complete"
