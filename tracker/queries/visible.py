"""What an actor may know of: one select per noun, through which lists, pages, files, search and counts go.

Each follows the table of permissions: everywhere, on the jobs of the actor's teams, or on their panels.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric

FILE_PERMISSIONS = {
    FileKind.RESUME: Permission.FILE_READ,
    FileKind.OTHER: Permission.FILE_READ,
    FileKind.BACKGROUND_REPORT: Permission.BACKGROUND_RECORD,
    FileKind.ONBOARDING: Permission.ONBOARDING_READ,
}
"""What it takes to know of a file of each kind, and to read its words without ways to reach its person."""
WHOLE_FILE_PERMISSIONS = FILE_PERMISSIONS | dict.fromkeys(
    (FileKind.RESUME, FileKind.OTHER), Permission.CONTACT_READ
)
"""What it takes to have the file itself: a résumé says how to reach its person."""


def jobs(actor: Actor) -> Select[Job]:
    """The jobs that the actor may know of."""
    return select(Job).where(_within(actor, Permission.JOB_READ, Job.id))


def job(session: Session, actor: Actor, job_id: int) -> Job | None:
    """This job, if the actor may know of it."""
    if can(actor, Permission.JOB_READ):
        return session.get(Job, job_id)
    return session.scalars(jobs(actor).where(Job.id == job_id)).one_or_none()


def candidates(actor: Actor) -> Select[Candidate]:
    """The candidates that the actor may know of: all of them, or those with an application they may see."""
    if can(actor, Permission.CANDIDATE_READ):
        return select(Candidate)
    known = select(Application.candidate_id).where(
        _within(actor, Permission.CANDIDATE_READ, Application.job_id, _on_panel(actor, Application.id))
    )
    return select(Candidate).where(Candidate.id.in_(known))


def applications(actor: Actor, permission: Permission = Permission.APPLICATION_READ) -> Select[Application]:
    """The applications that the actor may see, or on which they may do what another permission names."""
    if can(actor, permission):
        return select(Application)
    return select(Application).where(
        _within(actor, permission, Application.job_id, _on_panel(actor, Application.id))
    )


def knows_application(session: Session, actor: Actor, application_id: int) -> bool:
    """Whether the actor may see this application, if there is one: who sees all of them need not ask."""
    if can(actor, Permission.APPLICATION_READ):
        return True
    known = applications(actor).with_only_columns(Application.id).where(Application.id == application_id)
    return session.scalar(known) is not None


def interviews(actor: Actor) -> Select[Interview]:
    """The sessions that the actor may see: those of their jobs, and those on whose panel they sit."""
    seat = Interview.id.in_(select(PanelMember.interview_id).where(PanelMember.user_id == actor.id))
    if can(actor, Permission.INTERVIEW_READ):
        return select(Interview)
    own = select(Application.id).where(Application.job_id.in_(_jobs(actor, Permission.INTERVIEW_READ)))
    return select(Interview).where(
        or_(Interview.application_id.in_(own), _if_panel(actor, Permission.INTERVIEW_READ, seat))
    )


def rubrics(actor: Actor) -> Select[Rubric]:
    """The rubrics that the actor may see: all, those of their jobs, and those they score on."""
    seats = (
        select(Interview.rubric_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .where(PanelMember.user_id == actor.id, Interview.status != InterviewStatus.CANCELLED)
    )
    return select(Rubric).where(_within(actor, Permission.RUBRIC_READ, Rubric.job_id, Rubric.id.in_(seats)))


def files(actor: Actor) -> Select[StoredFile]:
    """The files that the actor may know of; a background report takes more than a résumé does."""
    return _files(actor, FILE_PERMISSIONS)


def whole_files(actor: Actor) -> Select[StoredFile]:
    """The files that the actor may have as they are."""
    return _files(actor, WHOLE_FILE_PERMISSIONS)


def _files(actor: Actor, permissions: Mapping[FileKind, Permission]) -> Select[StoredFile]:
    within = (
        and_(StoredFile.kind == kind, _file_within(actor, permission))
        for kind, permission in permissions.items()
    )
    return select(StoredFile).where(or_(*within))


def _file_within(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """A file of an application goes with it; one of the candidate alone, with any application of theirs."""
    if can(actor, permission):
        return true()
    seen = applications(actor, permission).subquery()
    return or_(
        StoredFile.application_id.in_(select(seen.c.id)),
        and_(
            StoredFile.application_id.is_(None),
            StoredFile.candidate_id.in_(select(seen.c.candidate_id)),
        ),
    )


def _jobs(actor: Actor, permission: Permission) -> Sequence[int]:
    return sorted(job_id for job_id in actor.teams if can(actor, permission, Subject(job_id=job_id)))


def _on_panel(actor: Actor, application_id: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    """Whether the actor sits on a panel of the application that was not called off."""
    seats = (
        select(Interview.application_id)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .where(PanelMember.user_id == actor.id, Interview.status != InterviewStatus.CANCELLED)
    )
    found: ColumnElement[bool] = application_id.in_(seats)
    return found


def _if_panel(actor: Actor, permission: Permission, seat: ColumnElement[bool]) -> ColumnElement[bool]:
    if actor.id is None or not can(actor, permission, Subject(panel=frozenset({actor.id}))):
        return false()
    return seat


def _within(
    actor: Actor,
    permission: Permission,
    job_id: ColumnElement[Any] | Any,
    seat: ColumnElement[bool] | None = None,
) -> ColumnElement[bool]:
    if can(actor, permission):
        return true()
    of_jobs: ColumnElement[bool] = job_id.in_(_jobs(actor, permission))
    return of_jobs if seat is None else or_(of_jobs, _if_panel(actor, permission, seat))
