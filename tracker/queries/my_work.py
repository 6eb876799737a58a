"""What waits for one person today, by what they are on each job, the oldest first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import next_option
from tracker.domain.onboarding import TaskOwner
from tracker.domain.requirements import Requirement
from tracker.domain.stages import STAGE_LABELS, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.queries import work_lists as lists
from tracker.queries.facts import gather_facts
from tracker.queries.interviews import owing_applications
from tracker.queries.work_lists import SHOWN, Waiting, Waitings

LOOKED_AT = 200
"""How many applications, those that stand longest in their stage first, are asked whether they may go on."""


class Work(StrEnum):
    """A kind of thing that waits for somebody."""

    SCORECARD = "scorecard"
    DEBRIEF = "debrief"
    APPROVE_OFFER = "approve_offer"
    READY = "ready"
    REVIEW = "review"
    SEND_OFFER = "send_offer"
    OFFER_ENDING = "offer_ending"
    CHASE_CARD = "chase_card"
    CHASE_REFERENCE = "chase_reference"
    ASSESS = "assess"
    OPEN_JOB = "open_job"
    TASK = "task"
    SESSION = "session"


WORK_LABELS = {
    Work.SCORECARD: "Your scorecards",
    Work.DEBRIEF: "Debriefs to decide",
    Work.APPROVE_OFFER: "Offers to approve",
    Work.READY: "Ready to move",
    Work.REVIEW: "New applications",
    Work.SEND_OFFER: "Offers to send",
    Work.OFFER_ENDING: "Offers about to end",
    Work.CHASE_CARD: "Late scorecards to ask for",
    Work.CHASE_REFERENCE: "Referees who have not answered",
    Work.ASSESS: "Background reports to assess",
    Work.OPEN_JOB: "Jobs to approve",
    Work.TASK: "Onboarding tasks",
    Work.SESSION: "Interviews this week",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind that waits: the first few, and how many there are."""

    work: Work
    label: str
    rows: tuple[Waiting, ...]
    total: int


def my_work(session: Session, actor: Actor, now: datetime) -> tuple[Group, ...]:
    """What waits for this person, most pressing first; groups with nothing in them are left out.

    A constant number of queries, whatever waits. Says nothing of others' cards to who still owes one.
    """
    found = dict(_waiting(session, actor, now))
    return tuple(
        Group(work, WORK_LABELS[work], found[work].rows, found[work].total)
        for work in Work
        if work in found and found[work].total
    )


def _waiting(session: Session, actor: Actor, now: datetime) -> Iterator[tuple[Work, Waitings]]:
    if actor.id is None:
        return
    yield Work.SCORECARD, lists.cards_due(session, actor.id, now)
    yield Work.SESSION, lists.sessions_to_come(session, actor.id, now)
    recruits, manages = _jobs_as(actor, Role.RECRUITER), _jobs_as(actor, Role.HIRING_MANAGER)
    if recruits:
        yield from _recruiting(session, recruits, actor.id, now)
    if recruits or manages:
        yield from _moving(session, recruits, manages, actor, now)
    if actor.has_role(Role.HR):
        yield from _of_hr(session, actor.id, now)
    elif manages:
        yield Work.APPROVE_OFFER, lists.offers_to_approve(session, manages, actor.id)
        yield Work.TASK, lists.tasks_due(session, manages, [TaskOwner.MANAGER], now)


def _jobs_as(actor: Actor, role: Role) -> frozenset[int]:
    """The jobs on whose team the actor stands in this role."""
    if not actor.has_role(role):
        return frozenset()
    return frozenset(job for job, roles in actor.teams.items() if TeamRole(role.value) in roles)


def _recruiting(
    session: Session, jobs: Collection[int], user_id: int, now: datetime
) -> Iterator[tuple[Work, Waitings]]:
    yield Work.REVIEW, lists.new_applications(session, jobs)
    yield Work.SEND_OFFER, lists.offers_to_send(session, jobs)
    yield Work.OFFER_ENDING, lists.offers_ending(session, jobs, now)
    yield Work.CHASE_CARD, lists.cards_to_chase(session, jobs, user_id, now)
    yield Work.CHASE_REFERENCE, lists.references_due(session, jobs, now)


def _of_hr(session: Session, user_id: int, now: datetime) -> Iterator[tuple[Work, Waitings]]:
    yield Work.APPROVE_OFFER, lists.offers_to_approve(session, None, user_id)
    yield Work.ASSESS, lists.reports_to_assess(session)
    yield Work.OPEN_JOB, _jobs_to_open(session)
    yield Work.TASK, lists.tasks_due(session, None, [TaskOwner.HR, TaskOwner.IT], now)


def _jobs_to_open(session: Session) -> Waitings:
    """Drafted jobs that HR has not approved."""
    drafts = session.scalars(
        select(Job)
        .where(Job.status == JobStatus.DRAFT, Job.approved_at.is_(None))
        .order_by(Job.created_at, Job.id)
    ).all()
    rows = tuple(Waiting(job.id, None, job.title, "", job.created_at) for job in drafts[:SHOWN])
    return Waitings(rows, len(drafts))


def _moving(
    session: Session, recruits: Collection[int], manages: Collection[int], actor: Actor, now: datetime
) -> Iterator[tuple[Work, Waitings]]:
    """What may go on, and what waits for the hiring manager's word alone."""
    rows = session.execute(
        select(Application, Candidate.name, Job.title)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .join(Job, Job.id == Application.job_id)
        .where(
            Application.job_id.in_({*recruits, *manages}),
            Application.outcome == Outcome.ACTIVE,
            Application.stage != Stage.APPLICATION,
            Job.status == JobStatus.OPEN,
        )
        .order_by(Application.stage_entered_at, Application.id)
        .limit(LOOKED_AT)
    ).all()
    facts = gather_facts(session, [row[0].id for row in rows], now=now, with_last_move=False) if rows else {}
    owing = owing_applications(session, actor.id or 0)
    ready, to_decide = [], []
    for application, name, title in rows:
        option = next_option(facts[application.id], actor, now)
        if option is None:
            continue
        waiting = Waiting(application.id, application.id, name or "", title, application.stage_entered_at)
        if option.is_allowed:
            stage = option.edge.to_stage
            ready.append(
                replace(waiting, detail=f"to {STAGE_LABELS[stage]}" if stage != application.stage else "")
            )
        missing = [need.requirement for need in option.unmet]
        if missing == [Requirement.DEBRIEF] and application.job_id in manages and application.id not in owing:
            to_decide.append(waiting)
    yield Work.READY, Waitings(tuple(ready[:SHOWN]), len(ready))
    yield Work.DEBRIEF, Waitings(tuple(to_decide[:SHOWN]), len(to_decide))
