"""Jobs: drafting, editing, and the changes of status that HR and recruiters make."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.jobs import (
    JobDetails,
    checked_details,
    find_status_change,
    permission_needed,
    why_not_filled,
)
from tracker.domain.names import clean_text
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job, JobStatusChange, TeamMember
from tracker.queries.fact_columns import taken_openings
from tracker.queries.objects import refetch
from tracker.services.audit import record
from tracker.services.permits import require

LONGEST_REASON = 2_000
_LISTS = ("minimum_qualifications", "preferred_qualifications")


def lock_job(session: Session, job: Job) -> Job:
    """The job, locked against other writers, with all that they wrote before."""
    refetch(session, job, locks=True)
    return job


def create_job(session: Session, details: JobDetails, *, actor: Actor) -> Job:
    """Draft a job; who drafts it joins its hiring team. Raises RuleBroken at a field that cannot stand."""
    require(actor, Permission.JOB_CREATE)
    job = Job(status=JobStatus.DRAFT, created_at=clock.now(), created_by_id=actor.id)
    _set_details(session, job, checked_details(details))
    session.add(job)
    session.flush()
    _note_status(session, job, None, JobStatus.DRAFT, None, actor)
    _join_team(session, job, actor)
    record(session, "job:create", job, actor=actor)
    return job


def edit_job(session: Session, job: Job, details: JobDetails, *, version: int, actor: Actor) -> Job:
    """Change the details of the version that the actor saw. Raises ChangedMeanwhile for an older one."""
    require(actor, Permission.JOB_EDIT, Subject(job_id=job.id))
    checked = checked_details(details)
    lock_job(session, job)
    if job.version != version:
        raise ChangedMeanwhile(
            "Somebody changed this job since you opened it: look at it again before saving."
        )
    _check_openings(session, job, checked.openings)
    _set_details(session, job, checked)
    job.version += 1
    session.flush()
    record(session, "job:edit", job, actor=actor, version=job.version)
    return job


def details_of(job: Job) -> JobDetails:
    """The details of a job as they stand, to change some of them and hand all back to `edit_job`."""
    values = {name: getattr(job, name) for name in JobDetails.__slots__}
    return JobDetails(**{**values, **{name: tuple(values[name]) for name in _LISTS}})


def set_openings(session: Session, job: Job, openings: int, *, actor: Actor) -> Job:
    """Set how many people the job may hire. Raises RuleBroken for fewer than are taken already."""
    require(actor, Permission.JOB_EDIT, Subject(job_id=job.id))
    lock_job(session, job)
    changed = JobDetails(title=job.title, openings=openings)
    _check_openings(session, job, checked_details(changed).openings)
    job.openings = openings
    job.version += 1
    session.flush()
    record(session, "job:set_openings", job, actor=actor, openings=openings)
    return job


def open_job(session: Session, job: Job, *, actor: Actor) -> Job:
    """Approve a drafted job and open it to applications; the instant of approval is kept for good."""
    return _change_status(session, job, "open", None, actor)


def hold_job(session: Session, job: Job, *, actor: Actor, reason: str | None = None) -> Job:
    """Stop applications and forward moves for a while."""
    return _change_status(session, job, "hold", reason, actor)


def resume_job(session: Session, job: Job, *, actor: Actor, reason: str | None = None) -> Job:
    """Let a held job go on."""
    return _change_status(session, job, "resume", reason, actor)


def fill_job(session: Session, job: Job, *, actor: Actor, reason: str | None = None) -> Job:
    """Mark a job as filled. Raises RuleBroken while openings are free."""
    return _change_status(session, job, "fill", reason, actor)


def close_job(session: Session, job: Job, *, actor: Actor, reason: str | None = None) -> Job:
    """End a job without filling all of it; a draft that nobody needs any more too."""
    return _change_status(session, job, "close", reason, actor)


def reopen_job(session: Session, job: Job, reason: str, *, actor: Actor) -> Job:
    """Open a filled or closed job again. Raises RuleBroken without a reason."""
    return _change_status(session, job, "reopen", reason, actor)


def _change_status(session: Session, job: Job, name: str, reason: str | None, actor: Actor) -> Job:
    # Permission first: who may not act learns nothing of the job's status.
    permission = Permission.JOB_OPEN if name == "open" else Permission.JOB_CHANGE_STATUS
    require(actor, permission, Subject(job_id=job.id))
    lock_job(session, job)
    change = find_status_change(name, job.status)
    needed = permission_needed(change, is_approved=job.approved_at is not None)
    require(actor, needed, Subject(job_id=job.id))
    text = clean_text(reason or "", "The reason", "reason", longest=LONGEST_REASON, needed=False) or None
    if change.needs_reason and text is None:
        raise RuleBroken("Give a reason for opening the job again.", field="reason")
    if change.to_status is JobStatus.FILLED:
        _check_filled(session, job)
    if change.to_status is JobStatus.OPEN and job.approved_at is None:
        job.approved_at, job.approved_by_id = clock.now(), actor.id
    _note_status(session, job, job.status, change.to_status, text, actor)
    job.status = change.to_status
    session.flush()
    record(session, f"job:{name}", job, actor=actor)
    return job


def _note_status(
    session: Session, job: Job, before: JobStatus | None, after: JobStatus, reason: str | None, actor: Actor
) -> None:
    change = JobStatusChange(
        job_id=job.id, from_status=before, to_status=after, reason=reason, actor=actor.key, at=clock.now()
    )
    session.add(change)
    session.flush()
    session.expire(job, ["status_changes"])


def _set_details(session: Session, job: Job, details: JobDetails) -> None:
    if details.soc != job.soc:
        # Only a new occupation changes the framework: a newer version of it changes nothing that runs.
        job.framework_id = _newest_framework(session, details.soc)
    for name in JobDetails.__slots__:
        value = getattr(details, name)
        setattr(job, name, list(value) if name in _LISTS else value)


def _newest_framework(session: Session, soc: str | None) -> int | None:
    if soc is None:
        return None
    newest = select(FrameworkRow.id).where(FrameworkRow.soc == soc).order_by(FrameworkRow.id.desc())
    return session.scalar(newest.limit(1))


def _taken(session: Session, job: Job) -> int:
    return session.scalar(select(taken_openings(Job.id)).where(Job.id == job.id)) or 0  # type: ignore[arg-type]


def _check_openings(session: Session, job: Job, openings: int) -> None:
    taken = _taken(session, job)
    if openings < taken:
        taken_text = "1 opening is" if taken == 1 else f"{taken} openings are"
        raise RuleBroken(f"{taken_text} taken already, so the job cannot have fewer.", field="openings")


def _check_filled(session: Session, job: Job) -> None:
    why_not = why_not_filled(job.openings - _taken(session, job))
    if why_not:
        raise RuleBroken(why_not, field="status")


def _join_team(session: Session, job: Job, actor: Actor) -> None:
    """Whoever drafts a job as its recruiter or hiring manager is on its team from the start."""
    if actor.id is None:
        return
    for role, team_role in (
        (Role.HIRING_MANAGER, TeamRole.HIRING_MANAGER),
        (Role.RECRUITER, TeamRole.RECRUITER),
    ):
        if actor.has_role(role):
            session.add(TeamMember(job_id=job.id, user_id=actor.id, role=team_role))
    session.flush()
    session.expire(job, ["team"])
