"""What the moves of applications wait for: those that may go on, and the next step of those that may not."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveOption, next_option
from tracker.domain.facts import Facts
from tracker.domain.requirements import Owner, Requirement, Unmet
from tracker.domain.stages import STAGE_LABELS, JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.jobs import Job
from tracker.models.references import BackgroundCheck
from tracker.queries.facts import gather_facts
from tracker.queries.interviews import owing_applications
from tracker.queries.work_kinds import MOST, Waiting, Work

LOOKED_AT = 200
"""How many applications, those that stand longest in their stage first, are asked whether they may go on."""


def jobs_as(actor: Actor, role: Role) -> frozenset[int]:
    """The jobs on whose team the actor stands in this role."""
    if not actor.has_role(role):
        return frozenset()
    return frozenset(job for job, roles in actor.teams.items() if TeamRole(role.value) in roles)


def looked_after(actor: Actor, user_id: int) -> ColumnElement[bool]:
    """The applications given to this recruiter, and those of their jobs that were given to nobody."""
    unassigned = and_(
        Application.job_id.in_(jobs_as(actor, Role.RECRUITER)), Application.recruiter_id.is_(None)
    )
    return or_(Application.recruiter_id == user_id, unassigned)


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """What was begun for these applications: their sessions to be held, and checks that were ordered."""

    sessions: dict[int, int]
    ordered: frozenset[int]


def moves_waiting(session: Session, actor: Actor, now: datetime) -> dict[Work, tuple[Waiting, ...]]:
    """What may go on, what waits for the hiring manager's word alone, and the next steps that are theirs."""
    user_id, manages = actor.id or 0, jobs_as(actor, Role.HIRING_MANAGER)
    whose: list[ColumnElement[bool]] = [Application.job_id.in_(manages)] if manages else []
    if actor.has_role(Role.RECRUITER):
        whose.append(looked_after(actor, user_id))
    if not whose:
        return {}
    rows = session.execute(_standing(or_(*whose))).all()
    ids = [row.id for row in rows]
    facts = gather_facts(session, ids, now=now, with_last_move=False) if ids else {}
    owing, begun = owing_applications(session, user_id), _under_way(session, ids)
    recruits = jobs_as(actor, Role.RECRUITER)
    found: dict[Work, tuple[Waiting, ...]] = {Work.READY: (), Work.DEBRIEF: (), Work.STEP: ()}
    for row in rows:
        waiting, known = Waiting(row.id, row.id, row.name or "", row.title, row.at), facts[row.id]
        option = next_option(known, actor, now)
        if option is None:
            continue
        is_recruiter = row.recruiter_id == user_id or (row.recruiter_id is None and row.job_id in recruits)
        own = {Owner.RECRUITER} if is_recruiter else set()
        own |= {Owner.HIRING_MANAGER} if row.job_id in manages else set()
        if option.is_allowed:
            found[Work.READY] += (replace(waiting, detail=_where_to(known)),)
        elif _is_debrief(option, known, manages):
            found[Work.DEBRIEF] += (waiting,) if row.id not in owing else ()
        elif need := _step(option, known, own, begun):
            found[Work.STEP] += (replace(waiting, detail=need.detail, need=need.requirement),)
    return {work: waiting[:MOST] for work, waiting in found.items()}


def _standing(whose: ColumnElement[bool]) -> Select[Any]:
    """Active applications beyond the first stage on open jobs, those that stand longest first."""
    entered_at = Application.stage_entered_at.label("at")
    own = Application.id, Application.job_id, Application.recruiter_id
    columns: tuple[Any, ...] = (*own, Candidate.name, Job.title, entered_at)
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


def _under_way(session: Session, ids: list[int]) -> _UnderWay:
    planned = select(func.count()).where(
        Interview.application_id == Application.id, Interview.status == InterviewStatus.SCHEDULED
    )
    ordered = exists().where(
        BackgroundCheck.application_id == Application.id, BackgroundCheck.ordered_at.is_not(None)
    )
    rows = select(Application.id, planned.scalar_subquery(), ordered).where(Application.id.in_(ids))
    found = session.execute(rows).all()
    return _UnderWay({row[0]: row[1] for row in found}, frozenset(row[0] for row in found if row[2]))


def _is_debrief(option: MoveOption, facts: Facts, manages: Collection[int]) -> bool:
    is_alone = [need.requirement for need in option.unmet] == [Requirement.DEBRIEF]
    return is_alone and facts.debrief_advances is None and facts.job_id in manages


# Kinds of their own tell of these, each in its time; who plans rounds needs the rubric before.
_TOLD_APART = frozenset(
    {
        Requirement.RESUME_REVIEW,
        Requirement.COMPETENCIES_RATED,
        Requirement.DEBRIEF,
        Requirement.ONBOARDING_TASKS,
    }
)


def _step(option: MoveOption, facts: Facts, own: Collection[Owner], begun: _UnderWay) -> Unmet | None:
    """The first thing that is missing, if it is theirs to do now."""
    need = next((one for one in option.unmet if one.owner in own), None)
    if need is None or need.requirement in _TOLD_APART:
        return None
    if need.requirement is Requirement.START_DATE and facts.starts_on is not None:
        return None
    if need.requirement is Requirement.OFFER_APPROVED and (facts.has_open_offer or facts.is_offer_approved):
        return None
    if need.requirement is Requirement.BACKGROUND_CHECK and facts.application_id in begun.ordered:
        return None
    if need.requirement is Requirement.ROUNDS_HELD and facts.rounds_planned:
        begins = facts.rounds_held + begun.sessions.get(facts.application_id, 0)
        return need if begins < facts.rounds_planned else None
    return need


def _where_to(facts: Facts) -> str:
    following = facts.stage.following
    return f"to {STAGE_LABELS[following]}" if following else "onboarding is complete"
