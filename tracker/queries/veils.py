"""Whose names are hidden from whom until the résumé is decided on, where a job hides them.

HR reads every name, and so does the recruiter who writes to the candidate: who was given the application, or
while nobody was, the recruiters of the job's team. Design: decisions 0062 and 0132.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, false, not_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.screenings import ResumeReview

_UNDECIDED = (Stage.APPLICATION, Stage.SCREENING)


def pseudonym(application_id: int) -> str:
    """What stands in place of the name: the number of the application, as on the screening queue."""
    return f"Application {application_id}"


def is_veiled(actor: Actor) -> ColumnElement[bool]:
    """Whether an application's name is hidden from the actor now."""
    if reads_every_name(actor):
        return false()
    hiding = select(Job.id).where(Job.has_hidden_names)
    reviewed = exists().where(ResumeReview.application_id == Application.id)
    return and_(
        Application.outcome == Outcome.ACTIVE,
        Application.stage.in_(_UNDECIDED),
        Application.job_id.in_(hiding),
        ~reviewed,
        not_(_writes_to(actor)),
    )


def reads_every_name(actor: Actor) -> bool:
    """Whether names are hidden from the actor nowhere: from HR, and from who is no person of the house."""
    return actor.kind is not ActorKind.USER or actor.has_role(Role.HR)


def veiled_among(session: Session, actor: Actor, ids: Collection[int]) -> frozenset[int]:
    """Which of these applications have a name that is hidden from the actor."""
    if not ids or reads_every_name(actor):
        return frozenset()
    return frozenset(session.scalars(_veiled(actor).where(Application.id.in_(ids))))


def veiled_people(session: Session, actor: Actor, candidate_ids: Collection[int]) -> frozenset[int]:
    """Which of these people have an application whose name is hidden from the actor."""
    if not candidate_ids or reads_every_name(actor):
        return frozenset()
    rows = _veiled(actor).with_only_columns(Application.candidate_id)
    return frozenset(session.scalars(rows.where(Application.candidate_id.in_(candidate_ids))))


def veiled_of(session: Session, actor: Actor) -> frozenset[int]:
    """All applications whose name is hidden from the actor."""
    if reads_every_name(actor):
        return frozenset()
    return frozenset(session.scalars(_veiled(actor)))


def name_for(session: Session, actor: Actor, application: Application) -> str:
    """The name of whose application this is, or what stands in its place for the actor."""
    is_hiding = application.job.has_hidden_names and not reads_every_name(actor)
    if is_hiding and veiled_among(session, actor, [application.id]):
        return pseudonym(application.id)
    return application.candidate.name or ""


def _veiled(actor: Actor) -> Select[int]:
    return select(Application.id).where(is_veiled(actor))


def _writes_to(actor: Actor) -> ColumnElement[bool]:
    """Whether it is for the actor to write to the candidate."""
    if not actor.has_role(Role.RECRUITER):
        return false()
    own = [job for job, roles in actor.teams.items() if TeamRole.RECRUITER in roles]
    unassigned = and_(Application.recruiter_id.is_(None), Application.job_id.in_(sorted(own)))
    # Said in full: an unknown truth is no truth, and what is not it would hide nothing.
    given = and_(Application.recruiter_id.is_not(None), Application.recruiter_id == actor.id)
    return or_(given, unassigned)
